//! The outbox as a test sees it.

use diesel::prelude::*;
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

impl TestApp {
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
