//! Versions that are the file of another one, checked again.

use diesel::prelude::*;

use crate::platform::db::DbConn;
use crate::platform::db::schema::{submission_versions, version_rechecks};
use crate::submissions::model::{SubmissionId, VersionId};

/// The number of the last version of a submission that was found before.
pub fn last_number(conn: &mut DbConn, submission: SubmissionId) -> QueryResult<Option<i32>> {
    submission_versions::table
        .filter(submission_versions::submission_id.eq(submission))
        .select(diesel::dsl::max(submission_versions::version))
        .first(conn)
}

/// Notes which version a new one checks again.
pub fn note(conn: &mut DbConn, version: VersionId, of: i32) -> QueryResult<()> {
    diesel::insert_into(version_rechecks::table)
        .values((
            version_rechecks::version_id.eq(version),
            version_rechecks::of_version.eq(of),
        ))
        .execute(conn)
        .map(drop)
}

/// The version that this one checked again, if it is such a one.
pub fn of(conn: &mut DbConn, version: VersionId) -> QueryResult<Option<i32>> {
    version_rechecks::table
        .find(version)
        .select(version_rechecks::of_version)
        .first(conn)
        .optional()
}
