//! Units: the data set `unit-kerja`.

use diesel::QueryResult;

use super::batch::{Names, Target};
use super::cells::{Cells, Fault};
use crate::platform::db::DbConn;
use crate::register::model::Unit;
use crate::register::queries::{bulk, removal};

/// The fields, in the order in which `read` asks for them.
pub const FIELDS: [&str; 5] = [
    "unit_kerja_id",
    "unit_kerja",
    "instansi_kerja_id",
    "instansi",
    "unor_induk",
];

/// The columns that a file must have.
pub const NEEDED: [&str; 3] = ["unit_kerja_id", "unit_kerja", "instansi_kerja_id"];

pub struct Units;

impl Target for Units {
    type Row = Unit;

    fn read(&self, cells: &Cells<'_>) -> Result<Unit, Fault> {
        let (id, name) = (cells.needed_id(0)?, cells.needed(1)?);
        Ok(Unit {
            search_text: format!("{id} {name}").to_lowercase(),
            id,
            name,
            institution_code: cells.needed_id(2)?,
            institution_name: cells.owned(3)?,
            parent: cells.owned(4)?,
        })
    }

    fn key(row: &Unit) -> &str {
        &row.id
    }

    const ABOUT: &'static str = FIELDS[0];
    const BY_PERSON: bool = false;

    fn names(&self, cells: &Cells<'_>) -> Names {
        Names::alone(cells.needed_id(0).ok())
    }

    fn named_after(&self, conn: &mut DbConn, key: &str, limit: i64) -> QueryResult<Vec<Names>> {
        let ids = removal::units_after(conn, key, limit)?;
        Ok(ids.into_iter().map(|id| Names::alone(Some(id))).collect())
    }

    fn remove(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<usize> {
        removal::units(conn, keys)
    }

    fn standing(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<Vec<Unit>> {
        bulk::units(conn, keys)
    }

    fn replace(&self, conn: &mut DbConn, rows: &[Unit]) -> QueryResult<()> {
        bulk::replace_units(conn, rows)
    }

    fn insert(&self, conn: &mut DbConn, rows: &[Unit]) -> QueryResult<()> {
        bulk::insert_units(conn, rows)
    }
}
