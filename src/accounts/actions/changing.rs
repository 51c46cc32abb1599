//! Giving an account another role or another e-mail address.

use serde_json::json;

use super::entering::entry_by;
use super::linking::invite;
use super::reach::within_reach;
use super::{Failure, takes_failures};
use crate::accounts::model::{Account, AccountId, Role, State};
use crate::accounts::{mails, queries};
use crate::audit::{self, Entry};
use crate::correspondence;
use crate::institutions::InstitutionKind;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// What an account shall be, and what it was when the form was shown.
#[derive(Debug, Clone)]
pub struct Change {
    /// The role from now on.
    pub role: Role,
    /// The address from now on; mail can be sent to it.
    pub email: String,
    /// The role that the form showed.
    pub seen_role: Role,
    /// The address that the form showed.
    pub seen_email: String,
}

/// Why an account is not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// No such account within reach.
    #[error("no such account")]
    NotFound,
    /// The account is closed.
    #[error("the account is closed")]
    Closed,
    /// Somebody else changed it after the form was shown.
    #[error("changed by somebody else")]
    Overtaken,
    /// Nobody changes the own role: an administrator always remains.
    #[error("the own role")]
    OwnRole,
    /// The role is not one that the institution can give.
    #[error("not a role to give")]
    RoleNotToGive,
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}
takes_failures!(ChangeError);

/// Changes role and address, ends every session and link of the account, and
/// tells the owner under the old and the new address. Who has no password yet
/// gets a new invitation instead.
///
/// # Errors
/// Why it is not changed.
pub fn change(
    conn: &mut DbConn,
    by: &Account,
    id: AccountId,
    change: &Change,
    now: Moment,
) -> Result<(), ChangeError> {
    let (before, institution) = within_reach(conn, by, id)?.ok_or(ChangeError::NotFound)?;
    if before.role == change.role && before.email == change.email {
        return Ok(());
    }
    let is_home = institution.kind == InstitutionKind::Home;
    guard(by, &before, change, is_home)?;
    queries::set_role_and_email(conn, id, change.role, &change.email)?;
    queries::withdraw_links(conn, id, now)?;
    queries::end_sessions(conn, id)?;
    let after = Account {
        role: change.role,
        email: change.email.clone(),
        ..before.clone()
    };
    if after.state() == State::Invited {
        invite(conn, &after, &institution, now)?;
    } else {
        tell(conn, &before, &after, now)?;
    }
    let entry = Entry {
        detail: json!({
            "role": after.role.word(),
            "role_before": before.role.word(),
            "email_changed": before.email != after.email,
        }),
        ..entry_by(by, &after, "accounts.changed")
    };
    audit::record(conn, entry, now)?;
    Ok(())
}

fn guard(
    by: &Account,
    before: &Account,
    change: &Change,
    is_home: bool,
) -> Result<(), ChangeError> {
    if before.deactivated_at.is_some() {
        return Err(ChangeError::Closed);
    }
    if before.role != change.seen_role || before.email != change.seen_email {
        return Err(ChangeError::Overtaken);
    }
    if before.id == by.id && before.role != change.role {
        return Err(ChangeError::OwnRole);
    }
    if !Role::of_institution(is_home).contains(&change.role) || !by.role.appoints(change.role) {
        return Err(ChangeError::RoleNotToGive);
    }
    Ok(())
}

/// Mails the notice to the old address, and to the new one if there is one.
fn tell(conn: &mut DbConn, before: &Account, after: &Account, now: Moment) -> Result<(), Failure> {
    let change = mails::AccountChange::between(before, after, now);
    correspondence::post(conn, &mails::changed(before, &change)?, now)?;
    if before.email != after.email {
        correspondence::post(conn, &mails::changed(after, &change)?, now)?;
    }
    Ok(())
}
