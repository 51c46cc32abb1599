//! Gap-free numbers: the next one is taken in the transaction that uses it.

use diesel::prelude::*;

use super::db::{DbConn, schema::counters};
use crate::per_backend;

/// Takes the next number of a series, beginning with 1. Runs inside `Db::write`.
///
/// # Errors
/// The database's.
pub fn next(conn: &mut DbConn, series: &str) -> QueryResult<i64> {
    let unused = (counters::name.eq(series), counters::value.eq(0_i64));
    per_backend!(conn, |c| {
        diesel::insert_into(counters::table)
            .values(unused)
            .on_conflict_do_nothing()
            .execute(c)
    })?;
    diesel::update(counters::table.find(series))
        .set(counters::value.eq(counters::value + 1))
        .returning(counters::value)
        .get_result(conn)
}
