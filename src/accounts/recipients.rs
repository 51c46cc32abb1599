//! To whom mail about an institution's affairs goes.

use diesel::QueryResult;

use super::model::{Account, AccountId, Role};
use super::queries;
use crate::institutions::InstitutionId;
use crate::platform::db::DbConn;

/// The open accounts of an institution's PICs, by name. Observers get no mail.
///
/// # Errors
/// The database's.
pub fn pics_of(conn: &mut DbConn, institution: InstitutionId) -> QueryResult<Vec<Account>> {
    queries::colleagues(conn, institution, &[Role::LeadPic, Role::Pic])
}

/// An account, while it is open.
///
/// # Errors
/// The database's.
pub fn find_open(conn: &mut DbConn, id: AccountId) -> QueryResult<Option<Account>> {
    let found = queries::open_account(conn, id)?;
    Ok(found.map(|(account, _)| account))
}
