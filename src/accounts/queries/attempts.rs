//! Statements on tries to sign in.

use diesel::prelude::*;

use crate::accounts::slowdown::{History, MINUTE, WINDOW_SECONDS};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::sign_in_attempts as attempts;
use crate::platform::ids::id;

id!(
    /// A try to sign in.
    AttemptId
);

/// The latest failures that count: under a NIP, from an address. What lies in
/// the future, after the clock was put back, locks nobody out.
pub(in crate::accounts) fn failures(
    conn: &mut DbConn,
    nip_hash: &str,
    address: &str,
    now: Moment,
) -> QueryResult<History> {
    let minute = now.plus_seconds(-MINUTE);
    let of_nip = failures_of_nip(conn, nip_hash, now)?;
    let of_address: Vec<(String, Moment)> = attempts::table
        .filter(attempts::address.eq(address))
        .filter(attempts::succeeded.eq(false))
        .filter(attempts::at.gt(minute))
        .filter(attempts::at.le(now))
        .order(attempts::at.desc())
        .limit(100)
        .offset(0)
        .select((attempts::nip_hash, attempts::at))
        .load(conn)?;
    let here = of_address.iter().filter(|(hash, _)| hash == nip_hash);
    Ok(History {
        of_nip_here: here.map(|(_, at)| *at).collect(),
        of_address: of_address.iter().map(|(_, at)| *at).collect(),
        of_nip,
    })
}

fn failures_of_nip(conn: &mut DbConn, nip_hash: &str, now: Moment) -> QueryResult<Vec<Moment>> {
    let latest: Vec<(bool, Moment)> = attempts::table
        .filter(attempts::nip_hash.eq(nip_hash))
        .filter(attempts::at.gt(now.plus_seconds(-WINDOW_SECONDS)))
        .filter(attempts::at.le(now))
        .order((attempts::at.desc(), attempts::id.desc()))
        .limit(10)
        .offset(0)
        .select((attempts::succeeded, attempts::at))
        .load(conn)?;
    let in_a_row = latest.into_iter().take_while(|(succeeded, _)| !succeeded);
    Ok(in_a_row.map(|(_, at)| at).collect())
}

/// Notes a try; it counts as a failure until it is marked otherwise.
pub(in crate::accounts) fn record_attempt(
    conn: &mut DbConn,
    nip_hash: &str,
    address: &str,
    now: Moment,
) -> QueryResult<AttemptId> {
    let id = AttemptId::generate();
    diesel::insert_into(attempts::table)
        .values((
            attempts::id.eq(id),
            attempts::nip_hash.eq(nip_hash),
            attempts::address.eq(address),
            attempts::at.eq(now),
            attempts::succeeded.eq(false),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Notes that a try succeeded.
pub(in crate::accounts) fn mark_succeeded(conn: &mut DbConn, id: AttemptId) -> QueryResult<()> {
    diesel::update(attempts::table.find(id))
        .set(attempts::succeeded.eq(true))
        .execute(conn)
        .map(drop)
}

/// Forgets tries that no longer count.
pub(in crate::accounts) fn forget_attempts_before(
    conn: &mut DbConn,
    moment: Moment,
) -> QueryResult<usize> {
    diesel::delete(attempts::table.filter(attempts::at.lt(moment))).execute(conn)
}
