//! Sending one message: over SMTP, or into a file when there is no mail server.

mod files;
mod server;
mod smtp;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use secrecy::ExposeSecret;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::clock::Moment;
use super::config::{Config, ConfigError};

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
    /// It was handed over, and no answer came: it may have been taken or not.
    #[error("{0}")]
    Unknown(String),
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
    Smtp(server::Server, Duration),
    Files(PathBuf),
}

/// A message on the threshold: nobody has it yet.
pub struct Offer(Threshold);

enum Threshold {
    Smtp(Box<smtp::Offer>),
    File(PathBuf, Letter, Vec<u8>),
}

impl Mailer {
    /// The mailer that the configuration describes.
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
                    server::Server::parse(url.expose_secret(), mail.ca_file.as_deref())?,
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

    /// Brings a message to the point where the server waits for it.
    ///
    /// # Errors
    /// The refusal, and whether it is for good; never [`Failure::Unknown`].
    pub async fn offer(&self, letter: &Letter) -> Result<Offer, Failure> {
        let message = self.compose(letter)?;
        let threshold = match &self.way {
            Way::Files(folder) => {
                Threshold::File(folder.clone(), letter.clone(), message.formatted())
            }
            Way::Smtp(server, timeout) => {
                Threshold::Smtp(Box::new(smtp::offer(server, message, *timeout).await?))
            }
        };
        Ok(Offer(threshold))
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

impl Offer {
    /// Whether handing it over again would make a second copy. A file only
    /// replaces itself.
    pub fn is_final(&self) -> bool {
        matches!(self.0, Threshold::Smtp(_))
    }

    /// Hands the message over; what the server answered.
    ///
    /// # Errors
    /// The refusal, or that nobody knows.
    pub async fn hand_over(self) -> Result<String, Failure> {
        match self.0 {
            Threshold::Smtp(offer) => offer.hand_over().await,
            Threshold::File(folder, letter, bytes) => files::keep(&folder, &letter, &bytes).await,
        }
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
