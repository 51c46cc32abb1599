//! Whom records are about.

use diesel::prelude::*;

use crate::platform::db::DbConn;
use crate::platform::db::schema::register_people;

/// ID PNS and NIP of the persons with these IDs.
pub fn nips_of(conn: &mut DbConn, ids: &[&str]) -> QueryResult<Vec<(String, String)>> {
    register_people::table
        .filter(register_people::id_pns.eq_any(ids))
        .select((register_people::id_pns, register_people::nip))
        .load(conn)
}
