//! Nominating people: an account and the invitation to use it.

use serde_json::json;

use super::entering::entry_by;
use super::linking::invite;
use super::{Failure, takes_failures};
use crate::accounts::model::{Account, AccountId, Role};
use crate::accounts::{Scope, queries};
use crate::audit::{self, Entry};
use crate::institutions::{InstitutionId, InstitutionKind};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Who is nominated for what.
#[derive(Debug, Clone)]
pub struct Nomination {
    /// Where the person works.
    pub institution: InstitutionId,
    /// 18 digits with possible parts.
    pub nip: String,
    /// The person's name.
    pub name: String,
    /// An address that mail can be sent to.
    pub email: String,
    /// What the person shall work as.
    pub role: Role,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why a nomination is refused.
#[derive(Debug, thiserror::Error)]
pub enum NominateError {
    /// No such institution within reach.
    #[error("no such institution")]
    NoInstitution,
    /// The role is not one that the institution, or the nominator, can give.
    #[error("not a role to give")]
    RoleNotToGive,
    /// The NIP has an open account.
    #[error("the NIP has an open account")]
    NipTaken,
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}
takes_failures!(NominateError);

/// Makes an account and mails its invitation. The NIP of a closed account opens
/// that account anew, with what is nominated now and without its old password.
/// The same form sent twice makes one account.
///
/// # Errors
/// Why the nomination is refused.
pub fn nominate(
    conn: &mut DbConn,
    by: &Account,
    nomination: &Nomination,
    now: Moment,
) -> Result<AccountId, NominateError> {
    if let Some(made) = queries::by_form_key(conn, &nomination.form_key)? {
        return Ok(made.id);
    }
    let institution = queries::institution(conn, nomination.institution)?
        .filter(|institution| Scope::of(by).reaches(institution.id))
        .ok_or(NominateError::NoInstitution)?;
    let of_institution = Role::of_institution(institution.kind == InstitutionKind::Home);
    if !of_institution.contains(&nomination.role) || !by.role.appoints(nomination.role) {
        return Err(NominateError::RoleNotToGive);
    }
    let earlier = queries::by_nip(conn, &nomination.nip)?;
    if earlier
        .as_ref()
        .is_some_and(|found| found.deactivated_at.is_none())
    {
        return Err(NominateError::NipTaken);
    }
    let was_closed = earlier.is_some();
    let account = nominated(nomination, earlier, now);
    if was_closed {
        queries::save(conn, &account)?;
    } else {
        queries::insert(conn, &account)?;
    }
    invite(conn, &account, &institution, now)?;
    let entry = Entry {
        detail: json!({ "role": account.role.word(), "anew": was_closed }),
        ..entry_by(by, &account, "accounts.nominated")
    };
    audit::record(conn, entry, now)?;
    Ok(account.id)
}

fn nominated(nomination: &Nomination, earlier: Option<Account>, now: Moment) -> Account {
    let new = Account::new(
        nomination.institution,
        &nomination.nip,
        &nomination.name,
        &nomination.email,
        nomination.role,
        now,
    );
    Account {
        id: earlier.as_ref().map_or(new.id, |earlier| earlier.id),
        created_at: earlier.map_or(now, |earlier| earlier.created_at),
        form_key: Some(nomination.form_key.clone()),
        ..new
    }
}
