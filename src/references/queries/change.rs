//! Recording lists, versions, codes and imports.

use diesel::prelude::*;

use crate::per_backend;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    reference_changes, reference_codes, reference_imports, reference_lists, reference_versions,
};
use crate::references::model::{Change, Code, List, ReferenceImport, ReferenceImportId, Version};

/// Records an import.
pub fn insert_import(conn: &mut DbConn, import: &ReferenceImport) -> QueryResult<()> {
    diesel::insert_into(reference_imports::table)
        .values(import)
        .execute(conn)
        .map(drop)
}

/// Records changes.
pub fn insert_changes(conn: &mut DbConn, changes: &[Change]) -> QueryResult<()> {
    per_backend!(conn, |c| diesel::insert_into(reference_changes::table)
        .values(changes)
        .execute(c))
    .map(drop)
}

/// Marks an import as taken; `false` when it was before.
pub fn mark_taken(conn: &mut DbConn, id: ReferenceImportId, now: Moment) -> QueryResult<bool> {
    let open = reference_imports::table
        .find(id)
        .filter(reference_imports::taken_at.is_null());
    diesel::update(open)
        .set(reference_imports::taken_at.eq(now))
        .execute(conn)
        .map(|count| count == 1)
}

/// Records a list; `false` when there is one of its name.
pub fn insert_list(conn: &mut DbConn, list: &List) -> QueryResult<bool> {
    per_backend!(conn, |c| diesel::insert_into(reference_lists::table)
        .values(list)
        .on_conflict_do_nothing()
        .execute(c))
    .map(|count| count == 1)
}

/// Sets a list's version in force; `false` when it was another than `before`.
pub fn advance(conn: &mut DbConn, list: &List, before: i32) -> QueryResult<bool> {
    let as_expected = reference_lists::table
        .find(&list.name)
        .filter(reference_lists::current_version.eq(before));
    diesel::update(as_expected)
        .set((
            reference_lists::current_version.eq(list.current_version),
            reference_lists::title.eq(&list.title),
        ))
        .execute(conn)
        .map(|count| count == 1)
}

/// Records a version.
pub fn insert_version(conn: &mut DbConn, version: &Version) -> QueryResult<()> {
    diesel::insert_into(reference_versions::table)
        .values(version)
        .execute(conn)
        .map(drop)
}

/// Records codes.
pub fn insert_codes(conn: &mut DbConn, codes: &[Code]) -> QueryResult<()> {
    per_backend!(conn, |c| diesel::insert_into(reference_codes::table)
        .values(codes)
        .execute(c))
    .map(drop)
}

/// Ends codes with a version.
pub fn end_codes(
    conn: &mut DbConn,
    list: &str,
    codes: &[&str],
    last_version: i32,
) -> QueryResult<()> {
    let standing = reference_codes::table
        .filter(reference_codes::list.eq(list))
        .filter(reference_codes::code.eq_any(codes))
        .filter(reference_codes::until.is_null());
    diesel::update(standing)
        .set(reference_codes::until.eq(last_version))
        .execute(conn)
        .map(drop)
}

/// Notes what took the place of codes that end with a version, as the import's
/// changes say.
pub fn note_replacements(
    conn: &mut DbConn,
    list: &str,
    import: ReferenceImportId,
    last_version: i32,
) -> QueryResult<()> {
    let successor = reference_changes::table
        .filter(reference_changes::import_id.eq(import))
        .filter(reference_changes::code.eq(reference_codes::code))
        .select(reference_changes::replaced_by)
        .single_value();
    let ended = reference_codes::table
        .filter(reference_codes::list.eq(list))
        .filter(reference_codes::until.eq(last_version));
    let ended_by_this = ended.filter(
        reference_codes::code.eq_any(
            reference_changes::table
                .filter(reference_changes::import_id.eq(import))
                .filter(reference_changes::replaced_by.is_not_null())
                .select(reference_changes::code),
        ),
    );
    diesel::update(ended_by_this)
        .set(reference_codes::replaced_by.eq(successor))
        .execute(conn)
        .map(drop)
}

/// Notes what took the place of a code as it stood last.
pub fn note_successor(conn: &mut DbConn, ended: &Code, by: &str) -> QueryResult<()> {
    let last = reference_codes::table.find((&ended.list, &ended.code, ended.since));
    diesel::update(last)
        .set(reference_codes::replaced_by.eq(by))
        .execute(conn)
        .map(drop)
}
