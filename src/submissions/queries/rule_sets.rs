//! Which version of the rules a check was made under.

use diesel::prelude::*;

use crate::platform::db::DbConn;
use crate::platform::db::schema::submission_rule_sets;
use crate::submissions::model::VersionId;

/// Forgets what an earlier run of the check used.
pub fn clear(conn: &mut DbConn, version: VersionId) -> QueryResult<()> {
    let noted = submission_rule_sets::table.filter(submission_rule_sets::version_id.eq(version));
    diesel::delete(noted).execute(conn).map(drop)
}

/// Notes what a check uses.
pub fn note(conn: &mut DbConn, version: VersionId, number: i32) -> QueryResult<()> {
    diesel::insert_into(submission_rule_sets::table)
        .values((
            submission_rule_sets::version_id.eq(version),
            submission_rule_sets::number.eq(number),
        ))
        .execute(conn)
        .map(drop)
}

/// The version of the rules that a check used; none for a check made before
/// versions were kept.
pub fn used(conn: &mut DbConn, version: VersionId) -> QueryResult<Option<i32>> {
    submission_rule_sets::table
        .find(version)
        .select(submission_rule_sets::number)
        .first(conn)
        .optional()
}
