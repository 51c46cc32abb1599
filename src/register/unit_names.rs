//! The names of a few units.

use diesel::prelude::*;
use std::collections::HashMap;

use crate::platform::db::DbConn;
use crate::platform::db::schema::register_units;

/// Names of the units with these IDs, by ID.
///
/// # Errors
/// The database's.
pub fn unit_names(conn: &mut DbConn, ids: &[&str]) -> QueryResult<HashMap<String, String>> {
    let rows: Vec<(String, String)> = register_units::table
        .filter(register_units::id.eq_any(ids))
        .select((register_units::id, register_units::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
