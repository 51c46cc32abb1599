//! Statements on the sessions of an account.

use diesel::prelude::*;

use crate::accounts::model::AccountId;
use crate::accounts::session::OwnSession;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::sessions;
use crate::platform::web::SessionRules;

/// The sessions of an account that are not too old, the latest used first. Some
/// may have gone idle.
pub(in crate::accounts) fn sessions_of(
    conn: &mut DbConn,
    account: AccountId,
    now: Moment,
) -> QueryResult<Vec<OwnSession>> {
    let begun_after = now.plus_seconds(-SessionRules::TOTAL_SECONDS);
    sessions::table
        .filter(sessions::account_id.eq(account.to_string()))
        .filter(sessions::created_at.gt(begun_after))
        .order((sessions::seen_at.desc(), sessions::created_at.desc()))
        .select(OwnSession::as_select())
        .load(conn)
}

/// Ends every session of an account.
pub(in crate::accounts) fn end_sessions(
    conn: &mut DbConn,
    account: AccountId,
) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account.to_string())))
        .execute(conn)
}

/// Ends these sessions; how many there were.
pub(in crate::accounts) fn end_these(
    conn: &mut DbConn,
    key_hashes: &[String],
) -> QueryResult<usize> {
    let these = sessions::table.filter(sessions::key_hash.eq_any(key_hashes.to_vec()));
    diesel::delete(these).execute(conn)
}

/// Forgets sessions that began before a moment.
pub(in crate::accounts) fn forget_sessions_before(
    conn: &mut DbConn,
    moment: Moment,
) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::created_at.lt(moment))).execute(conn)
}

/// Forgets sessions of nobody that were last seen before a moment.
pub(in crate::accounts) fn forget_anonymous_before(
    conn: &mut DbConn,
    moment: Moment,
) -> QueryResult<usize> {
    let nobody = sessions::table
        .filter(sessions::account_id.is_null())
        .filter(sessions::seen_at.lt(moment));
    diesel::delete(nobody).execute(conn)
}
