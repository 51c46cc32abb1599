//! Messages to a mail server.

use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{Error, PoolConfig, response::Response};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::error::Error as _;
use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

use super::{CONCURRENT, Failure};
use crate::platform::config::ConfigError;

/// A pool of connections to one mail server.
pub(super) type Smtp = AsyncSmtpTransport<Tokio1Executor>;

/// How long a connection may take to come about.
const CONNECTING: Duration = Duration::from_secs(20);

/// Answers of 5xx that speak of our login and not of the message (RFC 4954,
/// section 6): the message may be taken once the installation is mended.
const OF_THE_LOGIN: [u16; 4] = [530, 534, 535, 538];

/// Makes the pool; nothing is connected yet.
pub(super) fn connector(url: &str, ca_file: Option<&Path>) -> Result<Smtp, ConfigError> {
    let unusable = |reason: &dyn Display| ConfigError::new("PADAN_SMTP_URL", reason);
    let parsed: url::Url = url.parse().map_err(|error| unusable(&error))?;
    if !["smtp", "smtps"].contains(&parsed.scheme()) {
        return Err(unusable(
            &"must begin with smtp:// or smtps://, as in smtp://host:587?tls=required",
        ));
    }
    let mut builder = Smtp::from_url(url).map_err(|error| unusable(&error))?;
    if let Some(path) = ca_file {
        let host = parsed.host_str().unwrap_or_default();
        let trust = trusting(host, path)?;
        builder = builder.tls(match parsed.scheme() {
            "smtps" => Tls::Wrapper(trust),
            _ => Tls::Required(trust),
        });
    }
    let pool = PoolConfig::new().max_size(CONCURRENT);
    Ok(builder.timeout(Some(CONNECTING)).pool_config(pool).build())
}

fn trusting(host: &str, ca_file: &Path) -> Result<TlsParameters, ConfigError> {
    let unusable = |reason: &dyn Display| ConfigError::new("PADAN_SMTP_CA_FILE", reason);
    let pem = std::fs::read(ca_file).map_err(|error| unusable(&error))?;
    let certificate = Certificate::from_pem(&pem).map_err(|error| unusable(&error))?;
    TlsParameters::builder(host.to_owned())
        .add_root_certificate(certificate)
        .build()
        .map_err(|error| unusable(&error))
}

/// Sends a message. lettre bounds only the connecting, so the wait for answers
/// is bounded here.
pub(super) async fn send(
    server: &Smtp,
    message: Message,
    timeout: Duration,
) -> Result<String, Failure> {
    match tokio::time::timeout(timeout, server.send(message)).await {
        Ok(Ok(answer)) => Ok(words(&answer)),
        Ok(Err(error)) => Err(failure(&error)),
        Err(_) => {
            let seconds = timeout.as_secs();
            Err(Failure::Temporary(format!("no answer in {seconds} s")))
        }
    }
}

fn words(answer: &Response) -> String {
    let lines: Vec<&str> = answer.message().collect();
    format!("{} {}", answer.code(), lines.join(" "))
}

fn failure(error: &Error) -> Failure {
    let said = error.source().map(ToString::to_string);
    let Some(code) = error.status() else {
        return Failure::Temporary(error.to_string());
    };
    let answer = format!("{code} {}", said.unwrap_or_default());
    if error.is_permanent() && !OF_THE_LOGIN.contains(&u16::from(code)) {
        Failure::Permanent(answer)
    } else {
        Failure::Temporary(answer)
    }
}
