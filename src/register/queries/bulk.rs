//! Writing many rows of an extract.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::insert_many;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    register_people, register_records, register_rejects, register_units,
};
use crate::register::model::{Profile, Record, Reject, Unit};

/// PostgreSQL takes the old ones out at once and the new ones by a COPY; SQLite
/// changes row by row, which leaves indexes alone whose columns stay.
macro_rules! replace_many {
    ($conn:expr, $table:ident, $rows:expr, $them:expr) => {
        match $conn {
            DbConn::Postgres(c) => {
                diesel::delete($them).execute(c)?;
                diesel::copy_from($table::table)
                    .from_insertable($rows)
                    .execute(c)
                    .map(drop)
            }
            DbConn::Sqlite(c) => $rows
                .iter()
                .try_for_each(|row| diesel::update(row).set(row).execute(c).map(drop)),
        }
    };
}

/// The highest number given to a person; no other import gives one until the
/// end of the transaction.
pub fn last_number(conn: &mut DbConn) -> QueryResult<i32> {
    if let DbConn::Postgres(c) = conn {
        c.batch_execute("LOCK TABLE register_people IN SHARE ROW EXCLUSIVE MODE")?;
    }
    let last: Option<i32> = register_people::table
        .select(diesel::dsl::max(register_people::number))
        .first(conn)?;
    Ok(last.unwrap_or_default())
}

/// Writes profiles.
pub fn insert_people(conn: &mut DbConn, rows: &[Profile]) -> QueryResult<()> {
    insert_many!(conn, register_people, rows)
}

/// Writes units.
pub fn insert_units(conn: &mut DbConn, rows: &[Unit]) -> QueryResult<()> {
    insert_many!(conn, register_units, rows)
}

/// Writes records.
pub fn insert_records(conn: &mut DbConn, rows: &[Record]) -> QueryResult<()> {
    insert_many!(conn, register_records, rows)
}

/// Writes rejected rows.
pub fn insert_rejects(conn: &mut DbConn, rows: &[Reject]) -> QueryResult<()> {
    insert_many!(conn, register_rejects, rows)
}

/// The persons with these IDs.
pub fn people(conn: &mut DbConn, ids: &[&str]) -> QueryResult<Vec<Profile>> {
    crate::per_backend!(conn, |c| register_people::table
        .filter(register_people::id_pns.eq_any(ids))
        .select(Profile::as_select())
        .load(c))
}

/// ID PNS and NIP of whoever has one of these NIPs.
pub fn holders(conn: &mut DbConn, nips: &[&str]) -> QueryResult<Vec<(String, String)>> {
    crate::per_backend!(conn, |c| register_people::table
        .filter(register_people::nip.eq_any(nips))
        .select((register_people::id_pns, register_people::nip))
        .load(c))
}

/// Takes their NIPs from people who get another one within the transaction: the
/// ID PNS stands in its place until then.
pub fn give_up_nips(conn: &mut DbConn, ids: &[&str]) -> QueryResult<()> {
    crate::per_backend!(conn, |c| diesel::update(register_people::table)
        .filter(register_people::id_pns.eq_any(ids))
        .set(register_people::nip.eq(register_people::id_pns))
        .execute(c))
    .map(drop)
}

/// The units with these IDs.
pub fn units(conn: &mut DbConn, ids: &[&str]) -> QueryResult<Vec<Unit>> {
    crate::per_backend!(conn, |c| register_units::table
        .filter(register_units::id.eq_any(ids))
        .select(Unit::as_select())
        .load(c))
}

/// The records of a data set with these keys.
pub fn records(conn: &mut DbConn, dataset: &str, keys: &[&str]) -> QueryResult<Vec<Record>> {
    crate::per_backend!(conn, |c| register_records::table
        .filter(register_records::dataset.eq(dataset))
        .filter(register_records::record_key.eq_any(keys))
        .select(Record::as_select())
        .load(c))
}

/// Writes profiles over those with their numbers.
pub fn replace_people(conn: &mut DbConn, rows: &[Profile]) -> QueryResult<()> {
    let numbers: Vec<i32> = rows.iter().map(|row| row.number).collect();
    let them = register_people::table.filter(register_people::number.eq_any(numbers));
    replace_many!(conn, register_people, rows, them)
}

/// Writes units over those with their IDs.
pub fn replace_units(conn: &mut DbConn, rows: &[Unit]) -> QueryResult<()> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let them = register_units::table.filter(register_units::id.eq_any(ids));
    replace_many!(conn, register_units, rows, them)
}

/// Writes records of one data set over those with their keys.
pub fn replace_records(conn: &mut DbConn, rows: &[Record]) -> QueryResult<()> {
    let Some(dataset) = rows.first().map(|row| row.dataset.as_str()) else {
        return Ok(());
    };
    let keys: Vec<&str> = rows.iter().map(|row| row.record_key.as_str()).collect();
    let them = register_records::table
        .filter(register_records::dataset.eq(dataset))
        .filter(register_records::record_key.eq_any(keys));
    replace_many!(conn, register_records, rows, them)
}

/// Lets SQLite keep more of its indexes at hand, in KiB, for the time of an
/// import, and write them back to the file less often, after so many pages: new
/// keys fall anywhere among millions, so that each batch touches most of them.
pub fn widen_cache(conn: &mut DbConn, kibibytes: u32, pages: u32) -> QueryResult<()> {
    match conn {
        DbConn::Postgres(_) => Ok(()),
        DbConn::Sqlite(c) => c.batch_execute(&format!(
            "PRAGMA cache_size = -{kibibytes}; PRAGMA wal_autocheckpoint = {pages}"
        )),
    }
}
