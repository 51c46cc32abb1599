//! Putting a mail into the outbox, and what becomes of it there.

use diesel::prelude::*;
use serde_json::json;

use super::model::{Mail, MailId, MailState, Outcome, StoredMail, next_try, one_line};
use super::queries;
use crate::audit::{self, Entry};
use crate::platform::clock::Moment;
use crate::platform::db::{DbConn, schema::mails};
use crate::platform::mail::Failure;

/// Seconds that a claim holds unless it is renewed: how long a mail waits when
/// the program that was sending it dies.
const LEASE_SECONDS: i64 = 15;

/// Characters of a server's answer that are kept.
const RESPONSE_CHARACTERS: usize = 500;

/// Why a mail is not sent again.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// Its one-time secret was forgotten when it was sent or given up.
    #[error("the secret of the mail is gone")]
    SecretGone,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Puts a mail into the outbox. Runs inside `Db::write`, with the deed itself.
///
/// # Errors
/// The database's.
pub fn post(conn: &mut DbConn, mail: &Mail, now: Moment) -> QueryResult<MailId> {
    let id = MailId::generate();
    let name = one_line(&mail.recipient_name);
    let subject = one_line(&mail.subject);
    let search_text = format!("{name} {} {subject}", mail.recipient).to_lowercase();
    diesel::insert_into(mails::table)
        .values((
            mails::id.eq(id),
            mails::message_id.eq(format!("<{id}@[[host]]>")),
            mails::kind.eq(mail.kind),
            mails::institution_id.eq(&mail.institution),
            mails::recipient_name.eq(name),
            mails::recipient.eq(mail.recipient.trim()),
            mails::subject.eq(subject),
            mails::body_text.eq(&mail.body_text),
            mails::body_html.eq(&mail.body_html),
            mails::secret.eq(&mail.secret),
            mails::search_text.eq(search_text),
            mails::created_at.eq(now),
            mails::run_after.eq(now),
            mails::attempts.eq(0),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Claims mails that are due, at most `limit`, and no more in a minute than the
/// installation allows.
pub(super) fn claim_due(
    conn: &mut DbConn,
    claim: &str,
    (limit, per_minute): (i64, i64),
    now: Moment,
) -> QueryResult<Vec<StoredMail>> {
    queries::release_handed(conn, now)?;
    let begun = queries::attempts_since(conn, now.plus_seconds(-60))?;
    let limit = limit.min(per_minute - begun);
    if limit <= 0 {
        return Ok(Vec::new());
    }
    let due = queries::due(conn, limit, now)?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    queries::claim(conn, &due, claim, lease(now), now)?;
    queries::open_attempts(conn, claim, now)?;
    queries::claimed(conn, claim)
}

/// Holds on to a claim for another while.
pub(super) fn renew(conn: &mut DbConn, claim: &str, now: Moment) -> QueryResult<()> {
    queries::renew(conn, claim, lease(now)).map(drop)
}

/// Notes, before it is done, that a mail is handed over: from here on nobody may
/// do so again. `false` when somebody else holds the mail by now.
pub(super) fn hand_over(conn: &mut DbConn, mail: &StoredMail, now: Moment) -> QueryResult<bool> {
    Ok(queries::mark_handed(conn, mail, now)? == 1)
}

/// Notes how a try ended, and what follows from it.
pub(super) fn note(
    conn: &mut DbConn,
    mail: &StoredMail,
    result: &Result<String, Failure>,
    keeps_secret: bool,
    now: Moment,
) -> QueryResult<()> {
    let (outcome, response) = match result {
        Ok(answer) => (Outcome::Sent, answer),
        Err(Failure::Temporary(answer)) => (Outcome::Deferred, answer),
        Err(Failure::Permanent(answer)) => (Outcome::Refused, answer),
        Err(Failure::Unknown(answer)) => (Outcome::Unknown, answer),
    };
    let response: String = one_line(response)
        .chars()
        .take(RESPONSE_CHARACTERS)
        .collect();
    queries::close_attempt(conn, mail, outcome, &response, now)?;
    let is_over = match outcome {
        Outcome::Sent => {
            queries::mark_sent(conn, mail, &response, now)?;
            true
        }
        Outcome::Deferred | Outcome::Refused => {
            let again = next_try(mail.attempts, now).filter(|_| outcome == Outcome::Deferred);
            queries::mark_unsent(conn, mail, &response, again, now)? == 1 && again.is_none()
        }
        Outcome::Unknown => {
            queries::mark_unsure(conn, mail, &response)?;
            false
        }
    };
    if is_over && !keeps_secret {
        queries::forget_secret(conn, mail.id)?;
    }
    Ok(())
}

/// Puts a mail that was sent, given up or is unsure back into the queue, as it is. One
/// that waits already is left alone, so that a second click changes nothing.
///
/// # Errors
/// When the mail cannot be whole again, or the database's; not found when there
/// is no such mail.
pub fn resend(conn: &mut DbConn, actor: &str, id: MailId, now: Moment) -> Result<(), ResendError> {
    let mail = queries::find(conn, id)?;
    if mail.state() == MailState::Waiting {
        return Ok(());
    }
    if mail.has_lost_its_secret() {
        return Err(ResendError::SecretGone);
    }
    if queries::put_back(conn, id, now)? == 0 {
        return Ok(());
    }
    Ok(record(conn, actor, &mail, "mail.resent", now)?)
}

/// Records that a mail of which nobody knew did arrive. On any other it changes
/// nothing, so that a second click is harmless.
///
/// # Errors
/// The database's; not found when there is no such mail.
pub fn settle(conn: &mut DbConn, actor: &str, id: MailId, now: Moment) -> QueryResult<()> {
    let mail = queries::find(conn, id)?;
    if queries::settle(conn, id)? == 0 {
        return Ok(());
    }
    queries::forget_secret(conn, id)?;
    record(conn, actor, &mail, "mail.settled", now)
}

fn record(
    conn: &mut DbConn,
    actor: &str,
    mail: &StoredMail,
    action: &'static str,
    now: Moment,
) -> QueryResult<()> {
    let entry = Entry {
        actor: actor.to_owned(),
        institution: mail.institution_id.clone(),
        action,
        subject: ("mail", mail.id.to_string()),
        detail: json!({ "kind": mail.kind, "state": mail.state().word() }),
    };
    audit::record(conn, entry, now)
}

fn lease(now: Moment) -> Moment {
    now.plus_seconds(LEASE_SECONDS)
}
