//! Putting a mail into the outbox.

use diesel::prelude::*;

use super::model::{Mail, MailId};
use crate::platform::clock::Moment;
use crate::platform::db::{DbConn, schema::mails};

/// Puts a mail into the outbox. Runs inside `Db::write`, with the deed itself.
///
/// # Errors
/// The database's.
pub fn post(conn: &mut DbConn, mail: &Mail, now: Moment) -> QueryResult<MailId> {
    let id = MailId::generate();
    diesel::insert_into(mails::table)
        .values((
            mails::id.eq(id),
            mails::message_id.eq(format!("<{id}@padan>")),
            mails::kind.eq(mail.kind),
            mails::institution_id.eq(&mail.institution),
            mails::recipient_name.eq(&mail.recipient_name),
            mails::recipient.eq(&mail.recipient),
            mails::subject.eq(mail.subject.replace(['\r', '\n'], " ")),
            mails::body_text.eq(&mail.body_text),
            mails::body_html.eq(&mail.body_html),
            mails::secret.eq(&mail.secret),
            mails::created_at.eq(now),
            mails::run_after.eq(now),
            mails::attempts.eq(0),
        ))
        .execute(conn)?;
    Ok(id)
}
