//! To whom mail about an institution's affairs goes.

use diesel::prelude::*;

use super::model::{Account, AccountId, Role};
use crate::institutions::InstitutionId;
use crate::platform::db::DbConn;
use crate::platform::db::schema::accounts;

/// The open accounts of an institution's PICs, by name. Observers get no mail.
///
/// # Errors
/// The database's.
pub fn pics_of(conn: &mut DbConn, institution: InstitutionId) -> QueryResult<Vec<Account>> {
    accounts::table
        .filter(accounts::institution_id.eq(institution))
        .filter(accounts::role.eq_any([Role::LeadPic, Role::Pic]))
        .filter(accounts::deactivated_at.is_null())
        .select(Account::as_select())
        .order(accounts::name)
        .load(conn)
}

/// An account, while it is open.
///
/// # Errors
/// The database's.
pub fn find_open(conn: &mut DbConn, id: AccountId) -> QueryResult<Option<Account>> {
    accounts::table
        .find(id)
        .filter(accounts::deactivated_at.is_null())
        .select(Account::as_select())
        .first(conn)
        .optional()
}
