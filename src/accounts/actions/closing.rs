//! Closing accounts and opening them again.

use super::entering::entry_by;
use super::linking::invite;
use super::reach::within_reach;
use super::{Failure, takes_failures};
use crate::accounts::model::{Account, AccountId};
use crate::accounts::{mails, queries};
use crate::audit;
use crate::correspondence;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Why an account is not closed.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// No such account within reach.
    #[error("no such account")]
    NotFound,
    /// It is closed already.
    #[error("closed already")]
    AlreadyClosed,
    /// Nobody closes the own account.
    #[error("the own account")]
    OwnAccount,
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// Why an account is not opened again.
#[derive(Debug, thiserror::Error)]
pub enum ReopenError {
    /// No such account within reach.
    #[error("no such account")]
    NotFound,
    /// It is open.
    #[error("open already")]
    NotClosed,
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}
takes_failures!(CloseError, ReopenError);

/// Closes an account for a reason, ends its sessions and links at once, and
/// tells its owner.
///
/// # Errors
/// Why it is not closed.
pub fn close(
    conn: &mut DbConn,
    by: &Account,
    id: AccountId,
    reason: &str,
    now: Moment,
) -> Result<(), CloseError> {
    let (mut account, _) = within_reach(conn, by, id)?.ok_or(CloseError::NotFound)?;
    if account.deactivated_at.is_some() {
        return Err(CloseError::AlreadyClosed);
    }
    if account.id == by.id {
        return Err(CloseError::OwnAccount);
    }
    account.deactivated_at = Some(now);
    account.deactivation_reason = Some(reason.trim().to_owned());
    queries::save(conn, &account)?;
    queries::withdraw_links(conn, id, now)?;
    queries::end_sessions(conn, id)?;
    let mail = mails::closed(&account, now).map_err(Failure::from)?;
    correspondence::post(conn, &mail, now)?;
    audit::record(conn, entry_by(by, &account, "accounts.closed"), now)?;
    Ok(())
}

/// Opens a closed account again. Its old password no longer counts: the owner
/// gets an invitation.
///
/// # Errors
/// Why it is not opened.
pub fn reopen(
    conn: &mut DbConn,
    by: &Account,
    id: AccountId,
    now: Moment,
) -> Result<(), ReopenError> {
    let (mut account, institution) = within_reach(conn, by, id)?.ok_or(ReopenError::NotFound)?;
    if account.deactivated_at.is_none() {
        return Err(ReopenError::NotClosed);
    }
    account.deactivated_at = None;
    account.deactivation_reason = None;
    account.password_hash = None;
    account.password_set_at = None;
    queries::save(conn, &account)?;
    invite(conn, &account, &institution, now)?;
    audit::record(conn, entry_by(by, &account, "accounts.reopened"), now)?;
    Ok(())
}
