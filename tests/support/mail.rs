//! The outbox as a test sees it.

use diesel::prelude::*;
use padan::correspondence::{self, Mail, MailId};
use padan::platform::clock::Moment;
use padan::platform::db::schema::mails;
use padan::schedule;

use super::TestApp;

/// A mail in the outbox, as the recipient reads it.
#[derive(Debug, Clone)]
pub struct SentMail {
    pub kind: String,
    pub subject: String,
    pub recipient: String,
    /// The text part, its links and secret filled in.
    pub text: String,
}

/// A mail to a fictional person, with a one-time link.
pub fn invitation(number: usize) -> Mail {
    Mail {
        kind: "accounts.invitation",
        institution: None,
        recipient_name: "Ratna Contoh".to_owned(),
        recipient: format!("ratna{number}@contoh.example"),
        subject: format!("Undangan nomor {number}"),
        body_text: "Atur kata sandi:\n[[base]]/atur/[[secret]]\n".to_owned(),
        body_html: "<p><a href=\"[[base]]/atur/[[secret]]\">Atur kata sandi</a></p>".to_owned(),
        secret: Some(format!("rahasia-{number}")),
    }
}

impl TestApp {
    /// Starts with a mail server on a port of this machine.
    pub async fn start_with_smtp(now: &str, port: u16) -> Self {
        let url = format!("smtp://127.0.0.1:{port}");
        Self::start_with(now, |config| config.mail.smtp_url = Some(url.into())).await
    }

    /// Posts a mail as a deed would.
    pub fn post(&self, mail: &Mail) -> MailId {
        let conn = &mut *self.db.connection().unwrap();
        correspondence::post(conn, mail, self.clock.now()).unwrap()
    }

    /// Posts a mail without a one-time link.
    pub fn post_notice(&self, number: usize) -> MailId {
        let body_text = "Tenggat sudah dekat.".to_owned();
        let plain = Mail {
            secret: None,
            body_text,
            ..invitation(number)
        };
        self.post(&plain)
    }

    /// Where a mail stands: tries so far, whether taken, whether given up, and
    /// the server's last answer.
    pub fn mail_state(&self, id: MailId) -> (i32, bool, bool, String) {
        let conn = &mut *self.db.connection().unwrap();
        let row: (i32, Option<Moment>, Option<Moment>, Option<String>) = mails::table
            .find(id)
            .select((
                mails::attempts,
                mails::sent_at,
                mails::failed_at,
                mails::last_response,
            ))
            .first(conn)
            .unwrap();
        (
            row.0,
            row.1.is_some(),
            row.2.is_some(),
            row.3.unwrap_or_default(),
        )
    }

    /// Runs every job that is due until nothing is left; how much was done.
    pub async fn work(&self) -> usize {
        schedule::work_off(&self.parts).await.unwrap()
    }

    /// Every mail posted so far, the oldest first, sent or not.
    pub fn mails(&self) -> Vec<SentMail> {
        let conn = &mut *self.db.connection().unwrap();
        let rows: Vec<(String, String, String, String, Option<String>)> = mails::table
            .order((mails::created_at, mails::id))
            .select((
                mails::kind,
                mails::subject,
                mails::recipient,
                mails::body_text,
                mails::secret,
            ))
            .load(conn)
            .unwrap();
        let filled = |text: String, secret: Option<String>| {
            text.replace("[[base]]", &self.address)
                .replace("[[secret]]", secret.as_deref().unwrap_or("[[secret]]"))
        };
        rows.into_iter()
            .map(|(kind, subject, recipient, text, secret)| SentMail {
                kind,
                subject,
                recipient,
                text: filled(text, secret),
            })
            .collect()
    }
}
