//! Statements on one-time links.

use diesel::prelude::*;

use crate::accounts::link::{AccountLink, LinkId, LinkPurpose};
use crate::accounts::model::{Account, AccountId};
use crate::institutions::Institution;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{account_links, accounts, institutions};

/// A link by the hash of its secret, with the open account that it belongs to.
pub(in crate::accounts) fn link_by_hash(
    conn: &mut DbConn,
    hash: &str,
) -> QueryResult<Option<(AccountLink, Account, Institution)>> {
    account_links::table
        .inner_join(accounts::table.inner_join(institutions::table))
        .filter(account_links::token_hash.eq(hash))
        .filter(accounts::deactivated_at.is_null())
        .select((
            AccountLink::as_select(),
            Account::as_select(),
            Institution::as_select(),
        ))
        .first(conn)
        .optional()
}

/// The link that an account was given last.
pub(in crate::accounts) fn latest_link(
    conn: &mut DbConn,
    account: AccountId,
) -> QueryResult<Option<AccountLink>> {
    account_links::table
        .filter(account_links::account_id.eq(account))
        .order((account_links::created_at.desc(), account_links::id.desc()))
        .select(AccountLink::as_select())
        .first(conn)
        .optional()
}

/// How many reset links an account was given since a moment.
pub(in crate::accounts) fn resets_since(
    conn: &mut DbConn,
    account: AccountId,
    since: Moment,
) -> QueryResult<i64> {
    account_links::table
        .filter(account_links::account_id.eq(account))
        .filter(account_links::purpose.eq(LinkPurpose::Reset))
        .filter(account_links::created_at.gt(since))
        .count()
        .get_result(conn)
}

/// Adds a link.
pub(in crate::accounts) fn insert_link(conn: &mut DbConn, link: &AccountLink) -> QueryResult<()> {
    diesel::insert_into(account_links::table)
        .values(link)
        .execute(conn)
        .map(drop)
}

/// Withdraws every unused link of an account.
pub(in crate::accounts) fn withdraw_links(
    conn: &mut DbConn,
    account: AccountId,
    now: Moment,
) -> QueryResult<usize> {
    let unused = account_links::table
        .filter(account_links::account_id.eq(account))
        .filter(account_links::used_at.is_null());
    diesel::update(unused)
        .set(account_links::used_at.eq(now))
        .execute(conn)
}

/// Uses a link up. `false` when it was used already: one of two who try at the
/// same time gets `true`.
pub(in crate::accounts) fn use_link(
    conn: &mut DbConn,
    id: LinkId,
    now: Moment,
) -> QueryResult<bool> {
    let unused = account_links::table
        .find(id)
        .filter(account_links::used_at.is_null())
        .filter(account_links::expires_at.gt(now));
    diesel::update(unused)
        .set(account_links::used_at.eq(now))
        .execute(conn)
        .map(|count| count == 1)
}

/// Forgets links that ran out before a moment.
pub(in crate::accounts) fn forget_links_before(
    conn: &mut DbConn,
    moment: Moment,
) -> QueryResult<usize> {
    diesel::delete(account_links::table.filter(account_links::expires_at.lt(moment))).execute(conn)
}
