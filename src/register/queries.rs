//! Statements on the register.

use diesel::prelude::*;

use crate::platform::db::DbConn;
use crate::platform::db::schema::register_people;

/// Whether anybody is on record.
pub(super) fn is_loaded(conn: &mut DbConn) -> QueryResult<bool> {
    let first = register_people::table
        .select(register_people::id_pns)
        .first::<String>(conn);
    Ok(first.optional()?.is_some())
}

/// ID PNS and NIP of the persons with one of these IDs or NIPs, of one
/// institution or of any.
pub(super) fn people_of(
    conn: &mut DbConn,
    ids: &[String],
    nips: &[String],
    institution: Option<&str>,
) -> QueryResult<Vec<(String, String)>> {
    let either = register_people::id_pns
        .eq_any(ids)
        .or(register_people::nip.eq_any(nips));
    let mut query = register_people::table
        .filter(either)
        .select((register_people::id_pns, register_people::nip))
        .into_boxed();
    if let Some(institution) = institution {
        query = query.filter(register_people::institution_code.eq(institution.to_owned()));
    }
    query.load(conn)
}
