//! Units and reference codes, page by page in the order of their keys.

use diesel::prelude::*;

use crate::platform::db::DbConn;
use crate::platform::db::schema::{reference_codes, register_units};
use crate::register::{Reach, Unit};

/// The units after an ID, of the institutions within reach.
pub fn units_after(
    conn: &mut DbConn,
    reach: &Reach,
    (id, limit): (&str, i64),
) -> QueryResult<Vec<Unit>> {
    let mut query = register_units::table
        .filter(register_units::id.gt(id))
        .order(register_units::id)
        .select(Unit::as_select())
        .limit(limit)
        .offset(0)
        .into_boxed();
    if let Some(institutions) = &reach.institutions {
        query = query.filter(register_units::institution_code.eq_any(institutions));
    }
    query.load(conn)
}

/// A code as its list last had it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reference_codes)]
pub struct CodeLine {
    /// The code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What took its place.
    pub replaced_by: Option<String>,
    until: Option<i32>,
}

impl CodeLine {
    /// Whether the version in force has it.
    pub fn is_in_force(&self) -> bool {
        self.until.is_none()
    }
}

/// The codes of a list after a code, each once. At least `limit` rows have to
/// hold two codes, which any number above that of a list's versions does.
pub fn codes_after(
    conn: &mut DbConn,
    list: &str,
    (code, limit): (&str, i64),
) -> QueryResult<Vec<CodeLine>> {
    let rows: Vec<CodeLine> = reference_codes::table
        .filter(reference_codes::list.eq(list))
        .filter(reference_codes::code.gt(code))
        .order((reference_codes::code, reference_codes::since))
        .select(CodeLine::as_select())
        .limit(limit)
        .offset(0)
        .load(conn)?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == limit);
    let mut codes: Vec<CodeLine> = Vec::with_capacity(rows.len());
    for row in rows {
        match codes.last_mut().filter(|last| last.code == row.code) {
            Some(last) => *last = row,
            None => codes.push(row),
        }
    }
    // The last one may go on behind the page.
    if is_full && codes.len() > 1 {
        codes.pop();
    }
    Ok(codes)
}
