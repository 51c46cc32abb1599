//! The worker that empties the outbox.

use std::time::Duration;

use super::actions;
use super::model::{MailId, StoredMail, masked};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::mail::{Failure, Letter, Mailer};

/// Mails that are claimed together. They go out one after the other: when the
/// program dies, no more than one can be in the mail server's hands.
const TOGETHER: i64 = 4;

/// How often the claim of mails under way is renewed: well within its lease.
const RENEWAL: Duration = Duration::from_secs(5);

/// How often the end of a try is noted again when the database is away, a
/// second apart. Without the note a person is asked what became of the mail.
const NOTE_TRIES: usize = 10;

/// Why the outbox could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// There is no connection.
    #[error(transparent)]
    Connection(#[from] DbError),
    /// A statement failed.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// What sending works with.
struct Desk {
    db: Db,
    clock: Clock,
    mailer: Mailer,
}

/// Sends mails that are due, a few; how many were tried. Any number of programs
/// may do so on one database: each mail is claimed by one of them.
///
/// # Errors
/// When the outbox cannot be read. A mail that the server does not take is no
/// error: that is noted with the mail.
pub async fn send_due(db: &Db, clock: &Clock, mailer: &Mailer) -> Result<usize, SendError> {
    let (claim, now) = (MailId::generate().to_string(), clock.now());
    let limits = (TOGETHER, mailer.per_minute());
    let mails = {
        let claim = claim.clone();
        db.write(move |conn| actions::claim_due(conn, &claim, limits, now))
            .await??
    };
    let count = mails.len();
    let desk = Desk {
        db: db.clone(),
        clock: clock.clone(),
        mailer: mailer.clone(),
    };
    desk.deliver_all(mails, &claim).await;
    Ok(count)
}

impl Desk {
    /// Sends one mail after the other, holding on to their claim.
    async fn deliver_all(&self, mails: Vec<StoredMail>, claim: &str) {
        let mut work = std::pin::pin!(async {
            for mail in mails {
                self.deliver(mail).await;
            }
        });
        while tokio::time::timeout(RENEWAL, work.as_mut()).await.is_err() {
            self.renew(claim.to_owned()).await;
        }
    }

    async fn renew(&self, claim: String) {
        let now = self.clock.now();
        let renewed = self.db.write(move |conn| actions::renew(conn, &claim, now));
        if let Err(error) = flat(renewed.await) {
            tracing::warn!(%error, "the claim on mails could not be renewed");
        }
    }

    async fn deliver(&self, mail: StoredMail) {
        let Some(result) = self.send(&mail).await else {
            return;
        };
        let to = masked(&mail.recipient);
        match &result {
            Ok(answer) => tracing::info!(mail = %mail.id, to, answer, "mail sent"),
            Err(Failure::Unknown(error)) => {
                tracing::error!(mail = %mail.id, to, error, "nobody knows whether a mail was taken");
            }
            Err(error) => {
                tracing::warn!(mail = %mail.id, to, %error, attempt = mail.attempts, "mail not sent");
            }
        }
        for _ in 0..NOTE_TRIES {
            match self.note(mail.clone(), result.clone()).await {
                Ok(()) => return,
                Err(error) => tracing::error!(mail = %mail.id, %error, "no note of a mail"),
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    /// What became of a mail; nothing when it was left to others.
    async fn send(&self, mail: &StoredMail) -> Option<Result<String, Failure>> {
        let offer = match self.mailer.offer(&self.letter(mail)).await {
            Ok(offer) => offer,
            Err(failure) => return Some(Err(failure)),
        };
        if offer.is_final() && !self.is_ours_to_hand_over(mail.clone()).await {
            return None;
        }
        Some(offer.hand_over().await)
    }

    /// Without the note nothing is handed over: the claim then runs out.
    async fn is_ours_to_hand_over(&self, mail: StoredMail) -> bool {
        let (id, now) = (mail.id, self.clock.now());
        let noted = self
            .db
            .write(move |conn| actions::hand_over(conn, &mail, now));
        match flat(noted.await) {
            Ok(true) => true,
            Ok(false) => {
                tracing::warn!(mail = %id, "the claim on a mail was lost");
                false
            }
            Err(error) => {
                tracing::error!(mail = %id, %error, "no note that a mail is handed over");
                false
            }
        }
    }

    fn letter(&self, mail: &StoredMail) -> Letter {
        let base = self.mailer.base_url();
        Letter {
            message_id: mail.message_id(base),
            written_at: mail.created_at,
            recipient_name: mail.recipient_name.clone(),
            recipient: mail.recipient.clone(),
            subject: mail.subject.clone(),
            text: mail.filled(&mail.body_text, base),
            html: mail.filled(&mail.body_html, base),
        }
    }

    async fn note(
        &self,
        mail: StoredMail,
        result: Result<String, Failure>,
    ) -> Result<(), SendError> {
        // Without a mail server the admin reads one-time links in the portal:
        // the secret must then outlive the sending. It lies in a file anyway.
        let (keeps_secret, now) = (self.mailer.keeps_files(), self.clock.now());
        let noted = self
            .db
            .write(move |conn| actions::note(conn, &mail, &result, keeps_secret, now));
        flat(noted.await)
    }
}

fn flat<T>(result: Result<Result<T, diesel::result::Error>, DbError>) -> Result<T, SendError> {
    Ok(result??)
}
