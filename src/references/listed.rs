//! The codes of a list as they are handed over: each once, as it last stood,
//! page by page in the order of the codes.

use diesel::dsl::count;
use diesel::prelude::*;
use serde::Deserialize;

use crate::platform::db::DbConn;
use crate::platform::db::schema::reference_codes;

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
    attributes: String,
}

impl CodeLine {
    /// Whether the version in force has it, and BKN's list does not call it old:
    /// `O`, or `0` (jabatanFungsional.json, pendidikan.json).
    pub fn is_in_force(&self) -> bool {
        self.until.is_none() && !is_old(&self.attributes)
    }
}

/// Whether the attributes of a code call it old.
pub(super) fn is_old(attributes: &str) -> bool {
    #[derive(Deserialize)]
    struct Attributes {
        #[serde(default)]
        status: String,
    }
    let found = serde_json::from_str::<Attributes>(attributes);
    found.is_ok_and(|found| matches!(found.status.as_str(), "O" | "0"))
}

/// Which codes of a list are handed over: all, or these alone.
pub type Only<'a> = Option<&'a [String]>;

/// The codes of a list after a code, each once. At least `limit` rows have to
/// hold two codes, which any number above that of a list's versions does.
///
/// # Errors
/// The database's.
pub fn listed_after(
    conn: &mut DbConn,
    (list, only): (&str, Only<'_>),
    (code, limit): (&str, i64),
) -> QueryResult<Vec<CodeLine>> {
    let mut query = reference_codes::table
        .filter(reference_codes::list.eq(list))
        .filter(reference_codes::code.gt(code))
        .order((reference_codes::code, reference_codes::since))
        .select(CodeLine::as_select())
        .limit(limit)
        .offset(0)
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(reference_codes::code.eq_any(only));
    }
    let rows: Vec<CodeLine> = query.load(conn)?;
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

/// How many codes a list ever had, among those handed over.
///
/// # Errors
/// The database's.
pub fn count_listed(conn: &mut DbConn, list: &str, only: Only<'_>) -> QueryResult<i64> {
    let mut query = reference_codes::table
        .filter(reference_codes::list.eq(list))
        .select(count(reference_codes::code).aggregate_distinct())
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(reference_codes::code.eq_any(only));
    }
    query.first(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bkn_s_list_calls_old_is_not_in_force() {
        for (attributes, expected) in [
            (r#"{"status":"O","usiaBup":"58"}"#, true),
            (r#"{"status":"0"}"#, true),
            (r#"{"status":"N"}"#, false),
            (r#"{"usiaBup":"58"}"#, false),
            ("", false),
        ] {
            assert_eq!(is_old(attributes), expected, "{attributes}");
        }
    }
}
