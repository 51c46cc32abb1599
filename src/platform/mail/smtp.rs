//! One message to a mail server, in two steps: up to the point where the server
//! waits for it, and the message itself.
//!
//! Before the second step the server has nothing; once it has begun, only the
//! answer tells (RFC 5321, section 4.1.1.4).

use lettre::Message;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::{Error, response::Response};
use std::error::Error as _;
use std::time::Duration;

use super::Failure;
use super::server::Server;

/// Answers of 5xx that speak of our login and not of the message (RFC 4954,
/// section 6): the message may be taken once the installation is mended.
const OF_THE_LOGIN: [u16; 4] = [530, 534, 535, 538];

/// How long saying goodbye may take; nothing depends on it.
const GOODBYE: Duration = Duration::from_secs(2);

/// A message that the server waits for.
pub(super) struct Offer {
    connection: AsyncSmtpConnection,
    message: Vec<u8>,
    timeout: Duration,
}

/// Goes as far as the server's "354": it knows sender and recipient then, and
/// has nothing yet. lettre bounds only the connecting, so the wait for answers
/// is bounded here.
pub(super) async fn offer(
    server: &Server,
    message: Message,
    timeout: Duration,
) -> Result<Offer, Failure> {
    match tokio::time::timeout(timeout, begin(server, &message)).await {
        Ok(Ok(connection)) => Ok(Offer {
            connection,
            message: message.formatted(),
            timeout,
        }),
        Ok(Err(error)) => Err(failure(&error, Failure::Temporary)),
        Err(_) => Err(Failure::Temporary(silence(timeout))),
    }
}

async fn begin(server: &Server, message: &Message) -> Result<AsyncSmtpConnection, Error> {
    let mut connection = server.connect().await?;
    match introduce(&mut connection, message).await {
        Ok(()) => Ok(connection),
        Err(error) => {
            connection.abort().await;
            Err(error)
        }
    }
}

async fn introduce(connection: &mut AsyncSmtpConnection, message: &Message) -> Result<(), Error> {
    let envelope = message.envelope();
    let sender = Mail::new(envelope.from().cloned(), Vec::new());
    connection.command(sender).await?;
    for recipient in envelope.to() {
        let recipient = Rcpt::new(recipient.clone(), Vec::new());
        connection.command(recipient).await?;
    }
    connection.command(Data).await.map(drop)
}

impl Offer {
    /// Sends the message and waits for what the server says to it.
    pub async fn hand_over(mut self) -> Result<String, Failure> {
        let sent = self.connection.message(&self.message);
        let answer = tokio::time::timeout(self.timeout, sent).await;
        if matches!(answer, Ok(Ok(_))) {
            // The message is taken, whatever becomes of the connection.
            let _ = tokio::time::timeout(GOODBYE, self.connection.quit()).await;
        }
        match answer {
            Ok(Ok(answer)) => Ok(words(&answer)),
            Ok(Err(error)) => Err(failure(&error, Failure::Unknown)),
            Err(_) => Err(Failure::Unknown(silence(self.timeout))),
        }
    }
}

fn silence(timeout: Duration) -> String {
    format!("no answer in {} s", timeout.as_secs())
}

fn words(answer: &Response) -> String {
    let lines: Vec<&str> = answer.message().collect();
    format!("{} {}", answer.code(), lines.join(" "))
}

/// What an error means; `unanswered` is what it means that the server gave none
/// of its codes.
fn failure(error: &Error, unanswered: fn(String) -> Failure) -> Failure {
    let said = error.source().map(ToString::to_string);
    let Some(code) = error.status() else {
        return unanswered(error.to_string());
    };
    let answer = format!("{code} {}", said.unwrap_or_default());
    if error.is_permanent() && !OF_THE_LOGIN.contains(&u16::from(code)) {
        Failure::Permanent(answer)
    } else {
        Failure::Temporary(answer)
    }
}
