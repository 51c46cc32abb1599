//! Reading lists, versions, codes and imports.

use diesel::prelude::*;

use crate::platform::db::schema::{
    reference_changes, reference_codes, reference_imports, reference_lists, reference_versions,
};
use crate::platform::db::{DbConn, MultiBackend, containing};
use crate::references::model::{
    Change, ChangeKind, Code, CodeFilter, List, ReferenceImport, ReferenceImportId, Version,
};

/// Every list with its version in force, by title.
pub fn lists(conn: &mut DbConn) -> QueryResult<Vec<(List, Version)>> {
    reference_lists::table
        .inner_join(reference_versions::table)
        .filter(reference_versions::number.eq(reference_lists::current_version))
        .order(reference_lists::title)
        .select((List::as_select(), Version::as_select()))
        .load(conn)
}

/// A list, if there is one of this name.
pub fn list(conn: &mut DbConn, name: &str) -> QueryResult<Option<List>> {
    reference_lists::table
        .find(name)
        .select(List::as_select())
        .first(conn)
        .optional()
}

/// The versions of a list, the latest first.
pub fn versions(conn: &mut DbConn, list: &str) -> QueryResult<Vec<Version>> {
    reference_versions::table
        .filter(reference_versions::list.eq(list))
        .order(reference_versions::number.desc())
        .select(Version::as_select())
        .load(conn)
}

/// Number, label and moment of the version in force of each of these lists.
pub fn current_versions(
    conn: &mut DbConn,
    lists: &[&str],
) -> QueryResult<Vec<(String, i32, String)>> {
    reference_lists::table
        .inner_join(reference_versions::table)
        .filter(reference_versions::number.eq(reference_lists::current_version))
        .filter(reference_lists::name.eq_any(lists))
        .select((
            reference_lists::name,
            reference_versions::number,
            reference_versions::label,
        ))
        .load(conn)
}

/// Every code in force of these lists: list, code, name.
pub fn codes_in_force(
    conn: &mut DbConn,
    lists: &[&str],
) -> QueryResult<Vec<(String, String, String)>> {
    reference_codes::table
        .filter(reference_codes::list.eq_any(lists))
        .filter(reference_codes::until.is_null())
        .select((
            reference_codes::list,
            reference_codes::code,
            reference_codes::name,
        ))
        .load(conn)
}

/// What is said of the codes in force of these lists besides their names, as
/// JSON objects of texts: list, code, object.
pub fn attributes_in_force(
    conn: &mut DbConn,
    lists: &[&str],
) -> QueryResult<Vec<(String, String, String)>> {
    reference_codes::table
        .filter(reference_codes::list.eq_any(lists))
        .filter(reference_codes::until.is_null())
        .select((
            reference_codes::list,
            reference_codes::code,
            reference_codes::attributes,
        ))
        .load(conn)
}

/// Codes of these lists that another took the place of, with the moment from
/// which the version without them is in force: list, old code, new code, when.
pub fn replaced_codes(
    conn: &mut DbConn,
    lists: &[&str],
) -> QueryResult<Vec<(String, String, String, crate::platform::clock::Moment)>> {
    let next =
        reference_versions::table.on(reference_versions::list.eq(reference_codes::list).and(
            reference_versions::number
                .nullable()
                .eq(reference_codes::until + 1),
        ));
    reference_codes::table
        .inner_join(next)
        .filter(reference_codes::list.eq_any(lists))
        .filter(reference_codes::replaced_by.is_not_null())
        .select((
            reference_codes::list,
            reference_codes::code,
            reference_codes::replaced_by.assume_not_null(),
            reference_versions::taken_at,
        ))
        .load(conn)
}

/// The codes of a list that are in force.
pub fn standing(conn: &mut DbConn, list: &str) -> QueryResult<Vec<Code>> {
    reference_codes::table
        .filter(reference_codes::list.eq(list))
        .filter(reference_codes::until.is_null())
        .select(Code::as_select())
        .load(conn)
}

/// A code as it stood last, in force or not.
pub fn last_of(conn: &mut DbConn, list: &str, code: &str) -> QueryResult<Option<Code>> {
    reference_codes::table
        .filter(reference_codes::list.eq(list))
        .filter(reference_codes::code.eq(code))
        .order(reference_codes::since.desc())
        .select(Code::as_select())
        .first(conn)
        .optional()
}

/// How many codes a filter finds.
pub fn count_codes(conn: &mut DbConn, filter: &CodeFilter) -> QueryResult<i64> {
    filtered(filter).count().get_result(conn)
}

/// A page of the codes that a filter finds, by code.
pub fn codes(
    conn: &mut DbConn,
    filter: &CodeFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<Code>> {
    filtered(filter)
        .order((reference_codes::code, reference_codes::since))
        .select(Code::as_select())
        .limit(limit)
        .offset(offset)
        .load(conn)
}

/// Codes that a filter finds after another, by code: for a download that is
/// written piece by piece.
pub fn codes_after(
    conn: &mut DbConn,
    filter: &CodeFilter,
    after: &(String, i32),
    limit: i64,
) -> QueryResult<Vec<Code>> {
    let (code, since) = (after.0.clone(), after.1);
    let later = reference_codes::code.gt(code.clone());
    let same = reference_codes::code
        .eq(code)
        .and(reference_codes::since.gt(since));
    filtered(filter)
        .filter(later.or(same))
        .order((reference_codes::code, reference_codes::since))
        .select(Code::as_select())
        .limit(limit)
        .load(conn)
}

fn filtered(filter: &CodeFilter) -> reference_codes::BoxedQuery<'static, MultiBackend> {
    let mut query = reference_codes::table
        .filter(reference_codes::list.eq(filter.list.clone()))
        .into_boxed();
    query = match filter.ended {
        true => query.filter(reference_codes::until.is_not_null()),
        false => query.filter(reference_codes::until.is_null()),
    };
    if !filter.term.is_empty() {
        let pattern = containing(&filter.term);
        query = query.filter(reference_codes::search_text.like(pattern).escape('\\'));
    }
    query
}

/// An import, if there is one.
///
/// # Errors
/// The database's.
pub fn import(conn: &mut DbConn, id: ReferenceImportId) -> QueryResult<Option<ReferenceImport>> {
    reference_imports::table
        .find(id)
        .select(ReferenceImport::as_select())
        .first(conn)
        .optional()
}

/// The import that a form's one-time key led to.
pub fn import_of_key(conn: &mut DbConn, key: &str) -> QueryResult<Option<ReferenceImport>> {
    reference_imports::table
        .filter(reference_imports::form_key.eq(key))
        .select(ReferenceImport::as_select())
        .first(conn)
        .optional()
}

/// A page of an import's changes of one kind.
pub fn changes(
    conn: &mut DbConn,
    import: ReferenceImportId,
    kind: ChangeKind,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<Change>> {
    reference_changes::table
        .filter(reference_changes::import_id.eq(import))
        .filter(reference_changes::kind.eq(kind))
        .order(reference_changes::position)
        .select(Change::as_select())
        .limit(limit)
        .offset(offset)
        .load(conn)
}

/// Changes of an import from a place on.
pub fn changes_from(
    conn: &mut DbConn,
    import: ReferenceImportId,
    position: i32,
    limit: i64,
) -> QueryResult<Vec<Change>> {
    reference_changes::table
        .filter(reference_changes::import_id.eq(import))
        .filter(reference_changes::position.ge(position))
        .order(reference_changes::position)
        .select(Change::as_select())
        .limit(limit)
        .load(conn)
}

/// The latest imports that were compared and not taken.
pub fn waiting_imports(conn: &mut DbConn) -> QueryResult<Vec<ReferenceImport>> {
    reference_imports::table
        .filter(reference_imports::taken_at.is_null())
        .order((
            reference_imports::staged_at.desc(),
            reference_imports::id.desc(),
        ))
        .select(ReferenceImport::as_select())
        .limit(10)
        .offset(0)
        .load(conn)
}
