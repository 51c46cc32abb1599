//! Statements on reference lists.

use diesel::prelude::*;

use crate::platform::db::DbConn;
use crate::platform::db::schema::reference_codes;

/// Every code: its list, itself, its name.
pub(super) fn all_codes(conn: &mut DbConn) -> QueryResult<Vec<(String, String, String)>> {
    reference_codes::table
        .select((
            reference_codes::list,
            reference_codes::code,
            reference_codes::name,
        ))
        .load(conn)
}
