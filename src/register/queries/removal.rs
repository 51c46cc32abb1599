//! Taking rows out that an extract no longer has.

use diesel::prelude::*;

use crate::per_backend;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{register_people, register_records, register_units};

/// ID PNS after one, in order.
pub fn people_after(conn: &mut DbConn, id: &str, limit: i64) -> QueryResult<Vec<String>> {
    register_people::table
        .filter(register_people::id_pns.gt(id))
        .order(register_people::id_pns)
        .select(register_people::id_pns)
        .limit(limit)
        .offset(0)
        .load(conn)
}

/// IDs of units after one, in order.
pub fn units_after(conn: &mut DbConn, id: &str, limit: i64) -> QueryResult<Vec<String>> {
    register_units::table
        .filter(register_units::id.gt(id))
        .order(register_units::id)
        .select(register_units::id)
        .limit(limit)
        .offset(0)
        .load(conn)
}

/// Keys of a data set's records after one, in order, each with its person.
pub fn records_after(
    conn: &mut DbConn,
    dataset: &str,
    key: &str,
    limit: i64,
) -> QueryResult<Vec<(String, String)>> {
    register_records::table
        .filter(register_records::dataset.eq(dataset))
        .filter(register_records::record_key.gt(key))
        .order(register_records::record_key)
        .select((register_records::record_key, register_records::id_pns))
        .limit(limit)
        .offset(0)
        .load(conn)
}

/// Takes people out.
pub fn people(conn: &mut DbConn, ids: &[&str]) -> QueryResult<usize> {
    per_backend!(conn, |c| diesel::delete(register_people::table)
        .filter(register_people::id_pns.eq_any(ids))
        .execute(c))
}

/// Takes units out.
pub fn units(conn: &mut DbConn, ids: &[&str]) -> QueryResult<usize> {
    per_backend!(conn, |c| diesel::delete(register_units::table)
        .filter(register_units::id.eq_any(ids))
        .execute(c))
}

/// Takes records of a data set out.
pub fn records(conn: &mut DbConn, dataset: &str, keys: &[&str]) -> QueryResult<usize> {
    per_backend!(conn, |c| diesel::delete(register_records::table)
        .filter(register_records::dataset.eq(dataset))
        .filter(register_records::record_key.eq_any(keys))
        .execute(c))
}
