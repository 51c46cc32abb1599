//! Names of those who acted, and whom to tell.

use diesel::prelude::*;
use std::collections::HashMap;

use crate::accounts::{AccountId, Role};
use crate::platform::db::DbConn;
use crate::platform::db::schema::accounts;

/// Whom a mail goes to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Recipient {
    /// The person's name.
    pub name: String,
    /// The address.
    pub email: String,
}

/// Names of accounts.
pub fn names(
    conn: &mut DbConn,
    ids: impl IntoIterator<Item = AccountId>,
) -> QueryResult<HashMap<AccountId, String>> {
    let ids: Vec<AccountId> = ids.into_iter().collect();
    let rows: Vec<(AccountId, String)> = accounts::table
        .filter(accounts::id.eq_any(ids))
        .select((accounts::id, accounts::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The open accounts of BKN's verifiers.
pub fn verifiers(conn: &mut DbConn) -> QueryResult<Vec<Recipient>> {
    accounts::table
        .filter(accounts::role.eq(Role::Verifier))
        .filter(accounts::deactivated_at.is_null())
        .select((accounts::name, accounts::email))
        .order(accounts::email)
        .load(conn)
}

/// Those of some accounts that are still open.
pub fn open_accounts(conn: &mut DbConn, ids: &[AccountId]) -> QueryResult<Vec<Recipient>> {
    accounts::table
        .filter(accounts::id.eq_any(ids))
        .filter(accounts::deactivated_at.is_null())
        .select((accounts::name, accounts::email))
        .order(accounts::email)
        .load(conn)
}
