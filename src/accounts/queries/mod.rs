//! Statements on accounts.

mod attempts;
mod links;
mod listing;
mod sessions;

pub(super) use attempts::{
    AttemptId, failures, forget_attempts_before, mark_succeeded, record_attempt,
};
pub(super) use links::{
    forget_links_before, insert_link, latest_link, link_by_hash, resets_since, use_link,
    withdraw_links,
};
pub(super) use listing::{Filter, Listed, list};
pub(super) use sessions::{
    end_sessions, end_these, forget_anonymous_before, forget_sessions_before, sessions_of,
};

use diesel::prelude::*;

use super::model::{Account, AccountId, Role};
use crate::institutions::{Institution, InstitutionId, InstitutionKind};
use crate::platform::clock::Moment;
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
pub(super) fn open_by_nip(conn: &mut DbConn, nip: &str) -> QueryResult<Option<Account>> {
    accounts::table
        .filter(accounts::nip.eq(nip))
        .filter(accounts::deactivated_at.is_null())
        .select(Account::as_select())
        .first(conn)
        .optional()
}

/// The account of a NIP, open or closed.
pub(super) fn by_nip(conn: &mut DbConn, nip: &str) -> QueryResult<Option<Account>> {
    accounts::table
        .filter(accounts::nip.eq(nip))
        .select(Account::as_select())
        .first(conn)
        .optional()
}

/// The account that a form made, by the form's one-time key.
pub(super) fn by_form_key(conn: &mut DbConn, key: &str) -> QueryResult<Option<Account>> {
    accounts::table
        .filter(accounts::form_key.eq(key))
        .select(Account::as_select())
        .first(conn)
        .optional()
}

/// An account with its institution, open or closed.
pub(super) fn with_institution(
    conn: &mut DbConn,
    id: AccountId,
) -> QueryResult<Option<(Account, Institution)>> {
    accounts::table
        .inner_join(institutions::table)
        .filter(accounts::id.eq(id))
        .select((Account::as_select(), Institution::as_select()))
        .first(conn)
        .optional()
}

/// The open accounts of an institution with one of some roles, by name.
pub(super) fn colleagues(
    conn: &mut DbConn,
    institution: InstitutionId,
    roles: &[Role],
) -> QueryResult<Vec<Account>> {
    accounts::table
        .filter(accounts::institution_id.eq(institution))
        .filter(accounts::role.eq_any(roles.to_vec()))
        .filter(accounts::deactivated_at.is_null())
        .order((accounts::name, accounts::id))
        .select(Account::as_select())
        .load(conn)
}

/// Adds an account.
pub(super) fn insert(conn: &mut DbConn, account: &Account) -> QueryResult<()> {
    diesel::insert_into(accounts::table)
        .values(account)
        .execute(conn)
        .map(drop)
}

/// Writes every field of an account anew.
pub(super) fn save(conn: &mut DbConn, account: &Account) -> QueryResult<()> {
    diesel::update(accounts::table.find(account.id))
        .set(account)
        .execute(conn)
        .map(drop)
}

/// Gives an account another role and address.
pub(super) fn set_role_and_email(
    conn: &mut DbConn,
    id: AccountId,
    role: Role,
    email: &str,
) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::role.eq(role), accounts::email.eq(email)))
        .execute(conn)
        .map(drop)
}

/// Sets the password of an account.
pub(super) fn set_password(
    conn: &mut DbConn,
    id: AccountId,
    hash: &str,
    now: Moment,
) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::password_hash.eq(hash),
            accounts::password_set_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Writes the same password's hash anew, unless it was changed meanwhile.
pub(super) fn replace_hash(
    conn: &mut DbConn,
    id: AccountId,
    old: &str,
    new: &str,
) -> QueryResult<()> {
    let unchanged = accounts::table
        .find(id)
        .filter(accounts::password_hash.eq(old));
    diesel::update(unchanged)
        .set(accounts::password_hash.eq(new))
        .execute(conn)
        .map(drop)
}

/// Notes that the statement was accepted. `false` when it was before.
pub(super) fn accept_statement(conn: &mut DbConn, id: AccountId, now: Moment) -> QueryResult<bool> {
    let open = accounts::table
        .find(id)
        .filter(accounts::confidentiality_accepted_at.is_null());
    diesel::update(open)
        .set(accounts::confidentiality_accepted_at.eq(now))
        .execute(conn)
        .map(|count| count == 1)
}

/// Every institution: BKN first, then the partners by name.
pub(super) fn institutions(conn: &mut DbConn) -> QueryResult<Vec<Institution>> {
    institutions::table
        .order((institutions::kind, institutions::name))
        .select(Institution::as_select())
        .load(conn)
}

/// BKN, if it is on record.
pub(super) fn home(conn: &mut DbConn) -> QueryResult<Option<Institution>> {
    institutions::table
        .filter(institutions::kind.eq(InstitutionKind::Home))
        .select(Institution::as_select())
        .first(conn)
        .optional()
}

/// Records an institution.
pub(super) fn insert_institution(conn: &mut DbConn, home: &Institution) -> QueryResult<()> {
    diesel::insert_into(institutions::table)
        .values(home)
        .execute(conn)
        .map(drop)
}
