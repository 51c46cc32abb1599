//! What a person does to the own account.

use diesel::QueryResult;
use serde_json::json;

use super::Failure;
use super::entering::own_entry;
use super::linking::replace_password;
use crate::accounts::model::Account;
use crate::accounts::session::OwnSession;
use crate::accounts::{mails, queries};
use crate::audit::{self, Entry};
use crate::correspondence;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::web::SessionRules;

/// Records that a person accepted the confidentiality statement. A second time
/// changes nothing.
///
/// # Errors
/// The database's.
pub fn accept_statement(
    conn: &mut DbConn,
    account: &Account,
    edition: &'static str,
    now: Moment,
) -> QueryResult<()> {
    if queries::accept_statement(conn, account.id, now)? {
        let entry = Entry {
            detail: json!({ "edition": edition }),
            ..own_entry(account, "accounts.confidentiality_accepted")
        };
        audit::record(conn, entry, now)?;
    }
    Ok(())
}

/// Changes the password of a person who has shown the old one, tells the owner
/// by mail and ends every session; the page begins a new one.
///
/// # Errors
/// What any deed can meet.
pub fn change_password(
    conn: &mut DbConn,
    account: &Account,
    hash: &str,
    now: Moment,
) -> Result<(), Failure> {
    replace_password(conn, account, hash, now)?;
    correspondence::post(conn, &mails::password_changed(account, now)?, now)?;
    audit::record(conn, own_entry(account, "accounts.password_changed"), now)?;
    Ok(())
}

/// Ends one of a person's sessions, by its mark. An unknown mark ends nothing.
///
/// # Errors
/// The database's.
pub fn end_session(
    conn: &mut DbConn,
    account: &Account,
    mark: &str,
    now: Moment,
) -> QueryResult<()> {
    end_where(conn, account, now, |session| session.mark() == mark)
}

/// Ends all of a person's sessions but the one with this mark.
///
/// # Errors
/// The database's.
pub fn end_other_sessions(
    conn: &mut DbConn,
    account: &Account,
    mark: &str,
    now: Moment,
) -> QueryResult<()> {
    end_where(conn, account, now, |session| session.mark() != mark)
}

fn end_where(
    conn: &mut DbConn,
    account: &Account,
    now: Moment,
    is_meant: impl Fn(&OwnSession) -> bool,
) -> QueryResult<()> {
    let begun_after = now.plus_seconds(-SessionRules::TOTAL_SECONDS);
    let sessions = queries::sessions_of(conn, account.id, begun_after)?;
    let keys: Vec<String> = sessions
        .into_iter()
        .filter(is_meant)
        .map(|session| session.key_hash)
        .collect();
    let ended = queries::end_these(conn, &keys)?;
    if ended > 0 {
        let entry = Entry {
            detail: json!({ "sessions": ended }),
            ..own_entry(account, "accounts.sessions_ended")
        };
        audit::record(conn, entry, now)?;
    }
    Ok(())
}
