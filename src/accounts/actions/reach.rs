//! Whose account somebody may change.

use diesel::QueryResult;

use crate::accounts::model::{Account, AccountId};
use crate::accounts::{Scope, queries};
use crate::institutions::Institution;
use crate::platform::counters;
use crate::platform::db::DbConn;

/// The account that somebody may change, with its institution.
///
/// Changes queue up here, and whoever makes one is looked at again: of two
/// administrators who take each other's access at the same moment, one remains.
pub(super) fn within_reach(
    conn: &mut DbConn,
    by: &Account,
    id: AccountId,
) -> QueryResult<Option<(Account, Institution)>> {
    counters::next(conn, "account_changes")?;
    let Some((by, _)) = queries::open_account(conn, by.id)? else {
        return Ok(None);
    };
    let found = queries::with_institution(conn, id)?;
    Ok(found.filter(|(account, _)| {
        Scope::of(&by).reaches(account.institution_id) && by.role.appoints(account.role)
    }))
}
