//! What waits to be checked, what is being checked, and how fast it went.

use diesel::prelude::*;

use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{files, jobs, submission_versions, submissions};
use crate::platform::jobs::JobId;
use crate::submissions::jobs::CHECK;
use crate::submissions::model::VersionId;

/// Checks that are taken as a measure.
const MEASURED: i64 = 20;

/// A file in the queue.
#[derive(Debug, Clone, Queryable)]
pub struct Queued {
    /// Its job.
    pub job: JobId,
    /// The version.
    pub version: VersionId,
    /// Whose it is.
    pub institution: InstitutionId,
    /// Bytes of the file.
    pub bytes: i64,
    /// The type of the file.
    pub media_type: String,
    /// When it came into the queue.
    pub since: Moment,
    /// When its check may begin: later where it failed before.
    pub run_after: Moment,
    /// Until when somebody is at it.
    pub claimed_until: Option<Moment>,
    /// When the check began.
    pub began: Option<Moment>,
}

/// Every file whose check has not ended, the first first.
pub fn open(conn: &mut DbConn) -> QueryResult<Vec<Queued>> {
    jobs::table
        .inner_join(
            submission_versions::table
                .inner_join(submissions::table)
                .inner_join(files::table)
                .on(submission_versions::id.eq(jobs::subject)),
        )
        .filter(jobs::kind.eq(CHECK))
        .filter(jobs::finished_at.is_null())
        .filter(jobs::failed_at.is_null())
        .order(jobs::created_at)
        .select((
            jobs::id,
            submission_versions::id,
            submissions::institution_id,
            files::size,
            files::media_type,
            jobs::created_at,
            jobs::run_after,
            jobs::claimed_until,
            submission_versions::check_started_at,
        ))
        .load(conn)
}

/// Whether there is any: to be asked often, by people who only look.
pub fn is_any_open(conn: &mut DbConn) -> QueryResult<bool> {
    let open = jobs::table
        .filter(jobs::kind.eq(CHECK))
        .filter(jobs::finished_at.is_null())
        .filter(jobs::failed_at.is_null())
        .select(jobs::id);
    Ok(open.first::<JobId>(conn).optional()?.is_some())
}

/// How many checks each institution had begun since a moment.
pub fn begun_since(conn: &mut DbConn, since: Moment) -> QueryResult<Vec<(InstitutionId, i64)>> {
    submission_versions::table
        .inner_join(submissions::table)
        .filter(submission_versions::check_started_at.ge(since))
        .group_by(submissions::institution_id)
        .select((submissions::institution_id, diesel::dsl::count_star()))
        .load(conn)
}

/// The checks that ended last: type and bytes of the file, milliseconds.
pub fn last_checks(conn: &mut DbConn) -> QueryResult<Vec<(String, i64, Option<i64>)>> {
    submission_versions::table
        .inner_join(files::table)
        .filter(submission_versions::checked_at.is_not_null())
        .filter(submission_versions::check_millis.is_not_null())
        .filter(submission_versions::refusal.is_null())
        .order(submission_versions::checked_at.desc())
        .limit(MEASURED)
        .offset(0)
        .select((
            files::media_type,
            files::size,
            submission_versions::check_millis,
        ))
        .load(conn)
}
