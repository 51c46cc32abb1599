//! Which version of each reference list a check used.

use diesel::prelude::*;

use crate::per_backend;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{reference_lists, reference_versions, submission_references};
use crate::references::UsedVersion;
use crate::submissions::model::VersionId;

/// Forgets what an earlier run of the check used.
pub fn clear(conn: &mut DbConn, version: VersionId) -> QueryResult<()> {
    let noted = submission_references::table.filter(submission_references::version_id.eq(version));
    diesel::delete(noted).execute(conn).map(drop)
}

/// Notes what a check uses.
pub fn note(conn: &mut DbConn, version: VersionId, used: &[UsedVersion]) -> QueryResult<()> {
    let row = |used: &UsedVersion| {
        (
            submission_references::version_id.eq(version),
            submission_references::list.eq(used.list.clone()),
            submission_references::number.eq(used.number),
        )
    };
    let rows: Vec<_> = used.iter().map(row).collect();
    per_backend!(conn, |c| {
        diesel::insert_into(submission_references::table)
            .values(&rows)
            .execute(c)
    })
    .map(drop)
}

/// What a check used, by the lists' titles: name, title, version and what its
/// source calls it.
pub fn used(
    conn: &mut DbConn,
    version: VersionId,
) -> QueryResult<Vec<(String, String, i32, String)>> {
    let taken = reference_versions::table.on(reference_versions::list
        .eq(submission_references::list)
        .and(reference_versions::number.eq(submission_references::number)));
    let list = reference_lists::table.on(reference_lists::name.eq(submission_references::list));
    submission_references::table
        .inner_join(taken)
        .inner_join(list)
        .filter(submission_references::version_id.eq(version))
        .order(reference_lists::title)
        .select((
            reference_lists::name,
            reference_lists::title,
            reference_versions::number,
            reference_versions::label,
        ))
        .load(conn)
}
