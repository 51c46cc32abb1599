//! Sending one message: over SMTP, or into a file when there is no mail server.

mod files;
mod smtp;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use secrecy::ExposeSecret;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::clock::Moment;
use super::config::{Config, ConfigError};

/// Messages that are under way to the mail server at once.
pub const CONCURRENT: u32 = 4;

/// A message to one recipient, ready to go.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The same at every try, so that a second copy is known as one.
    pub message_id: String,
    /// When it was written.
    pub written_at: Moment,
    /// The recipient's name or office.
    pub recipient_name: String,
    /// The recipient's address.
    pub recipient: String,
    /// The subject line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It may be taken later: 4xx, no connection, no answer in time.
    #[error("{0}")]
    Temporary(String),
    /// It will never be taken: 5xx, or an address that is none.
    #[error("{0}")]
    Permanent(String),
}

/// Sends messages in the way that the installation set.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    reply_to: Option<Mailbox>,
    base_url: String,
    per_minute: i64,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(smtp::Smtp, Duration),
    Files(PathBuf),
}

impl Mailer {
    /// The mailer that the configuration describes. Its connections live on the
    /// runtime that is running.
    ///
    /// # Errors
    /// Names the variable that cannot be used.
    pub fn new(config: &Config) -> Result<Self, ConfigError> {
        let mail = &config.mail;
        let reply_to = mail.reply_to.as_deref();
        Ok(Self {
            from: mailbox("PADAN_MAIL_FROM", &mail.from)?,
            reply_to: reply_to
                .map(|address| mailbox("PADAN_MAIL_REPLY_TO", address))
                .transpose()?,
            base_url: config.web.base_url.to_string(),
            per_minute: mail.per_minute.into(),
            way: match &mail.smtp_url {
                Some(url) => Way::Smtp(
                    smtp::connector(url.expose_secret(), mail.ca_file.as_deref())?,
                    Duration::from_secs(mail.timeout_seconds),
                ),
                None => Way::Files(config.storage.data_dir.join("mail")),
            },
        })
    }

    /// Whether messages go into files, where nobody but this machine reads them.
    pub fn keeps_files(&self) -> bool {
        matches!(self.way, Way::Files(_))
    }

    /// The portal's address, with which links in messages begin.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Messages that may be tried in a minute.
    pub fn per_minute(&self) -> i64 {
        self.per_minute
    }

    /// Sends a message; what the server answered.
    ///
    /// # Errors
    /// The refusal, and whether it is for good.
    pub async fn send(&self, letter: &Letter) -> Result<String, Failure> {
        let message = self.compose(letter)?;
        match &self.way {
            Way::Files(folder) => files::keep(folder, letter, &message.formatted()).await,
            Way::Smtp(server, timeout) => smtp::send(server, message, *timeout).await,
        }
    }

    fn compose(&self, letter: &Letter) -> Result<Message, Failure> {
        let to = Mailbox::new(
            Some(letter.recipient_name.clone()),
            address(&letter.recipient)?,
        );
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .date(SystemTime::from(letter.written_at.utc()))
            .message_id(Some(letter.message_id.clone()))
            .raw_header(HeaderValue::new(
                // RFC 3834: no out-of-office notes in answer to a machine.
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let parts = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
        builder
            .multipart(parts)
            .map_err(|error| Failure::Permanent(error.to_string()))
    }
}

/// The address, if it is one that mail servers anywhere can deliver to: lettre
/// also takes names without a dot and addresses of machines.
fn address(text: &str) -> Result<Address, Failure> {
    let address: Option<Address> = text.parse().ok();
    address
        .filter(|address| address.domain().contains('.') && !address.domain().starts_with('['))
        .filter(|_| text.is_ascii())
        .ok_or_else(|| Failure::Permanent("the address is not an e-mail address".to_owned()))
}

fn mailbox(name: &'static str, text: &str) -> Result<Mailbox, ConfigError> {
    text.parse()
        .map_err(|error: lettre::address::AddressError| ConfigError::new(name, &error))
}
