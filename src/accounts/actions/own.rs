//! What a person does to the own account.

use diesel::QueryResult;
use serde_json::json;

use super::Failure;
use super::entering::own_entry;
use super::linking::replace_password;
use crate::accounts::model::Account;
use crate::accounts::{mails, queries};
use crate::audit::{self, Entry};
use crate::correspondence;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

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
