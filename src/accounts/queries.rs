//! Statements on accounts.

use diesel::prelude::*;

use super::model::{Account, AccountId};
use crate::platform::db::DbConn;
use crate::platform::db::schema::{accounts, institutions};

/// An account that is still open, with the short name of its institution.
pub(super) fn open_account(
    conn: &mut DbConn,
    id: AccountId,
) -> QueryResult<Option<(Account, String)>> {
    accounts::table
        .inner_join(institutions::table)
        .filter(accounts::id.eq(id))
        .filter(accounts::deactivated_at.is_null())
        .select((Account::as_select(), institutions::short_name))
        .first(conn)
        .optional()
}

/// The open account of a NIP.
pub(super) fn by_nip(conn: &mut DbConn, nip: &str) -> QueryResult<Option<Account>> {
    accounts::table
        .filter(accounts::nip.eq(nip))
        .filter(accounts::deactivated_at.is_null())
        .select(Account::as_select())
        .first(conn)
        .optional()
}
