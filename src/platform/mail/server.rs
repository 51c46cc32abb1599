//! The mail server: where it is, how it is spoken to, and a connection to it.

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use std::fmt::Display;
use std::path::Path;
use std::time::Duration;
use url::Url;

use crate::platform::config::ConfigError;

/// How long a connection may take to come about.
const CONNECTING: Duration = Duration::from_secs(20);

/// Ports that stand for themselves: relay, submission, submission over TLS.
const RELAY: u16 = 25;
const SUBMISSION: u16 = 587;
const SUBMISSION_OVER_TLS: u16 = 465;

/// A mail server as the installation names it.
#[derive(Clone)]
pub(super) struct Server {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    login: Option<Credentials>,
}

impl Server {
    /// Reads `smtp://` or `smtps://`; nothing is connected yet.
    pub fn parse(text: &str, ca_file: Option<&Path>) -> Result<Self, ConfigError> {
        let url: Url = text.parse().map_err(|error| unusable(&error))?;
        let host = url.host_str().unwrap_or_default();
        let host = host.trim_matches(['[', ']']).to_owned();
        if host.is_empty() || !["smtp", "smtps"].contains(&url.scheme()) {
            return Err(unusable(
                &"must begin with smtp:// or smtps://, as in smtp://host:587?tls=required",
            ));
        }
        let (tls, port) = tls(&url, trust(&host, ca_file)?, ca_file.is_some())?;
        Ok(Self {
            port: url.port().unwrap_or(port),
            tls,
            hello: hello(&url),
            login: login(&url)?,
            host,
        })
    }

    /// Connects, secures the connection and signs in.
    pub async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let at_once = match &self.tls {
            Tls::Wrapper(trust) => Some(trust.clone()),
            _ => None,
        };
        let address = (self.host.as_str(), self.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            address,
            Some(CONNECTING),
            &self.hello,
            at_once,
            None,
        )
        .await?;
        match &self.tls {
            Tls::Required(trust) => connection.starttls(trust.clone(), &self.hello).await?,
            Tls::Opportunistic(trust) if connection.can_starttls() => {
                connection.starttls(trust.clone(), &self.hello).await?;
            }
            _ => {}
        }
        if let Some(login) = &self.login {
            let ways = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&ways, login).await?;
        }
        Ok(connection)
    }
}

fn unusable(reason: &dyn Display) -> ConfigError {
    ConfigError::new("PADAN_SMTP_URL", reason)
}

/// How the connection is secured, and the port that goes with it. An authority
/// of one's own is only named by who wants encryption.
fn tls(url: &Url, trust: TlsParameters, has_own: bool) -> Result<(Tls, u16), ConfigError> {
    let asked = url.query_pairs().find(|(key, _)| key == "tls");
    let asked = asked.map(|(_, value)| value.into_owned());
    match (url.scheme(), asked.as_deref()) {
        ("smtps", _) => Ok((Tls::Wrapper(trust), SUBMISSION_OVER_TLS)),
        (_, None) if has_own => Ok((Tls::Required(trust), RELAY)),
        (_, None) => Ok((Tls::None, RELAY)),
        (_, Some("required")) => Ok((Tls::Required(trust), SUBMISSION)),
        (_, Some("opportunistic")) if has_own => Ok((Tls::Required(trust), SUBMISSION)),
        (_, Some("opportunistic")) => Ok((Tls::Opportunistic(trust), SUBMISSION)),
        (_, Some(_)) => Err(unusable(&"tls= must be required or opportunistic")),
    }
}

fn trust(host: &str, ca_file: Option<&Path>) -> Result<TlsParameters, ConfigError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = ca_file {
        let unusable = |reason: &dyn Display| ConfigError::new("PADAN_SMTP_CA_FILE", reason);
        let pem = std::fs::read(path).map_err(|error| unusable(&error))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| unusable(&error))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(|error| unusable(&error))
}

/// The path names us to the server, where it wants another name than the host's.
fn hello(url: &Url) -> ClientId {
    match url.path().trim_matches('/') {
        "" => ClientId::default(),
        name => ClientId::Domain(name.to_owned()),
    }
}

fn login(url: &Url) -> Result<Option<Credentials>, ConfigError> {
    let Some(password) = url.password() else {
        return Ok(None);
    };
    let plain = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        text.map(String::from).map_err(|error| unusable(&error))
    };
    let login = Credentials::new(plain(url.username())?, plain(password)?);
    Ok(Some(login))
}
