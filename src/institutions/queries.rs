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

/// The institution of a name.
pub(super) fn by_name(conn: &mut DbConn, name: &str) -> QueryResult<Option<Institution>> {
    institutions::table
        .filter(institutions::name.eq(name))
        .select(Institution::as_select())
        .first(conn)
        .optional()
}

pub(super) fn insert(conn: &mut DbConn, institution: &Institution) -> QueryResult<()> {
    diesel::insert_into(institutions::table)
        .values(institution)
        .execute(conn)
        .map(drop)
}

pub(super) fn update(conn: &mut DbConn, institution: &Institution) -> QueryResult<()> {
    diesel::update(institutions::table.find(institution.id))
        .set((
            institutions::name.eq(&institution.name),
            institutions::short_name.eq(&institution.short_name),
            institutions::reference_code.eq(&institution.reference_code),
            institutions::search_text.eq(&institution.search_text),
        ))
        .execute(conn)
        .map(drop)
}
