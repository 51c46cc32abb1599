//! Statements on institutions.

use diesel::prelude::*;

use super::model::{Institution, InstitutionId, InstitutionKind};
use crate::platform::db::DbConn;
use crate::platform::db::schema::institutions;

/// An institution, if there is one of that id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut DbConn, id: InstitutionId) -> QueryResult<Option<Institution>> {
    institutions::table
        .find(id)
        .select(Institution::as_select())
        .first(conn)
        .optional()
}

/// Every partner of BKN, by name.
///
/// # Errors
/// The database's.
pub fn all_partners(conn: &mut DbConn) -> QueryResult<Vec<Institution>> {
    institutions::table
        .filter(institutions::kind.eq(InstitutionKind::Partner))
        .select(Institution::as_select())
        .order(institutions::name)
        .load(conn)
}
