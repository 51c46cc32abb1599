//! What changes on submissions and versions. Changes that only one may make
//! say by their count whether it was this one.

use diesel::prelude::*;

use super::rows::has_findings;
use crate::accounts::AccountId;
use crate::datasets::Verdict;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    row_corrections, submission_rows, submission_versions, submissions,
};
use crate::platform::files::FileId;
use crate::submissions::model::{
    Decision, RowCorrection, RowOutcome, Submission, SubmissionId, SubmissionVersion, VersionId,
};

/// Adds a submission.
pub fn insert_submission(conn: &mut DbConn, submission: &Submission) -> QueryResult<()> {
    diesel::insert_into(submissions::table)
        .values(submission)
        .execute(conn)
        .map(drop)
}

/// Locks a submission until the transaction ends: what is read of its versions
/// afterwards stays true.
pub fn hold_submission(conn: &mut DbConn, id: SubmissionId) -> QueryResult<()> {
    diesel::update(submissions::table.find(id))
        .set(submissions::number.eq(submissions::number))
        .execute(conn)
        .map(drop)
}

/// Adds a version.
pub fn insert_version(conn: &mut DbConn, version: &SubmissionVersion) -> QueryResult<()> {
    diesel::insert_into(submission_versions::table)
        .values(version)
        .execute(conn)
        .map(drop)
}

/// Begins a run of the check, unless it ended or was cancelled.
pub fn begin_check(conn: &mut DbConn, id: VersionId, began: Moment) -> QueryResult<bool> {
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::checked_at.is_null())
            .filter(submission_versions::cancelled_at.is_null()),
    )
    .set((
        submission_versions::check_started_at.eq(began),
        submission_versions::rows_total.eq(None::<i64>),
        submission_versions::rows_done.eq(0_i64),
    ))
    .execute(conn)
    .map(|count| count == 1)
}

/// Notes how far a run has come; `false` when it was cancelled, or another run
/// has taken its place.
pub fn note_progress(
    conn: &mut DbConn,
    run: (VersionId, Moment),
    done: i64,
    total: i64,
) -> QueryResult<bool> {
    let (id, began) = run;
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::check_started_at.eq(began))
            .filter(submission_versions::checked_at.is_null())
            .filter(submission_versions::cancelled_at.is_null()),
    )
    .set((
        submission_versions::rows_done.eq(done),
        submission_versions::rows_total.eq(total.max(done)),
    ))
    .execute(conn)
    .map(|count| count == 1)
}

/// What a check came to, as its version keeps it.
#[derive(Debug, Clone, AsChangeset)]
#[diesel(table_name = submission_versions)]
pub struct CheckResult {
    /// When it ended.
    pub checked_at: Option<Moment>,
    /// Rows of data in the file.
    pub rows_total: Option<i64>,
    /// How long the check took, in milliseconds.
    pub check_millis: Option<i64>,
    /// Rows checked.
    pub rows_done: i64,
    /// Rows without a fault.
    pub rows_ready: i64,
    /// Rows with warnings only.
    pub rows_warned: i64,
    /// Rows with a fault.
    pub rows_blocked: i64,
    /// Why the file cannot be used.
    pub refusal: Option<String>,
    /// What else was noted.
    pub summary: Option<String>,
}

/// Puts the merged file in the place of the one with mended rows, once.
pub fn take_merged(
    conn: &mut DbConn,
    id: VersionId,
    (part, merged): (FileId, FileId),
    report: &str,
) -> QueryResult<bool> {
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::part_file_id.is_null()),
    )
    .set((
        submission_versions::file_id.eq(merged),
        submission_versions::part_file_id.eq(part),
        submission_versions::merge_report.eq(report),
    ))
    .execute(conn)
    .map(|count| count == 1)
}

/// Ends a run of the check; `false` when it was cancelled or superseded.
pub fn end_check(
    conn: &mut DbConn,
    run: (VersionId, Moment),
    result: &CheckResult,
) -> QueryResult<bool> {
    let (id, began) = run;
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::check_started_at.eq(began))
            .filter(submission_versions::checked_at.is_null())
            .filter(submission_versions::cancelled_at.is_null()),
    )
    .set(result)
    .execute(conn)
    .map(|count| count == 1)
}

/// Whether a check was cancelled.
pub fn is_cancelled(conn: &mut DbConn, id: VersionId) -> QueryResult<bool> {
    let cancelled: Option<Moment> = submission_versions::table
        .find(id)
        .select(submission_versions::cancelled_at)
        .first(conn)?;
    Ok(cancelled.is_some())
}

/// Cancels a check that has not ended.
pub fn cancel(conn: &mut DbConn, id: VersionId, now: Moment) -> QueryResult<bool> {
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::checked_at.is_null())
            .filter(submission_versions::cancelled_at.is_null()),
    )
    .set(submission_versions::cancelled_at.eq(now))
    .execute(conn)
    .map(|count| count == 1)
}

/// Takes a cancellation back.
pub fn resume(conn: &mut DbConn, id: VersionId) -> QueryResult<bool> {
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::cancelled_at.is_not_null()),
    )
    .set(submission_versions::cancelled_at.eq(None::<Moment>))
    .execute(conn)
    .map(|count| count == 1)
}

/// Sends a version that was not sent before.
pub fn send(
    conn: &mut DbConn,
    id: VersionId,
    by: AccountId,
    rows: i64,
    now: Moment,
) -> QueryResult<bool> {
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::sent_at.is_null()),
    )
    .set((
        submission_versions::sent_at.eq(now),
        submission_versions::sent_by.eq(by),
        submission_versions::sent_rows.eq(rows),
    ))
    .execute(conn)
    .map(|count| count == 1)
}

/// Locks a sent version until the transaction ends; `false` when it is decided.
pub fn hold_undecided(conn: &mut DbConn, id: VersionId) -> QueryResult<bool> {
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::decided_at.is_null()),
    )
    .set(submission_versions::version.eq(submission_versions::version))
    .execute(conn)
    .map(|count| count == 1)
}

/// Decides on a version that was sent and not decided before.
pub fn decide(
    conn: &mut DbConn,
    id: VersionId,
    (decision, reason): (Decision, Option<&str>),
    by: AccountId,
    now: Moment,
) -> QueryResult<bool> {
    diesel::update(
        submission_versions::table
            .find(id)
            .filter(submission_versions::sent_at.is_not_null())
            .filter(submission_versions::decided_at.is_null()),
    )
    .set((
        submission_versions::decided_at.eq(now),
        submission_versions::decided_by.eq(by),
        submission_versions::decision.eq(decision),
        submission_versions::decision_reason.eq(reason),
    ))
    .execute(conn)
    .map(|count| count == 1)
}

/// Notes that the rows with a fault are not sent.
pub fn leave_out_blocked(conn: &mut DbConn, id: VersionId) -> QueryResult<usize> {
    let blocked = Verdict::Blocked.as_str();
    diesel::update(
        submission_rows::table
            .filter(submission_rows::version_id.eq(id))
            .filter(submission_rows::verdict.eq(blocked))
            .filter(has_findings()),
    )
    .set(submission_rows::outcome.eq(RowOutcome::NotSent))
    .execute(conn)
}

/// Notes what became of every row that has no outcome yet.
pub fn set_outcome_of_rest(
    conn: &mut DbConn,
    id: VersionId,
    outcome: RowOutcome,
) -> QueryResult<usize> {
    diesel::update(
        submission_rows::table
            .filter(submission_rows::version_id.eq(id))
            .filter(submission_rows::outcome.is_null()),
    )
    .set(submission_rows::outcome.eq(outcome))
    .execute(conn)
}

/// Notes that corrections were asked for the rows that a verifier marked.
pub fn set_outcome_of_marked(conn: &mut DbConn, id: VersionId) -> QueryResult<usize> {
    let marked = row_corrections::table
        .filter(row_corrections::version_id.eq(id))
        .select(row_corrections::row_number);
    diesel::update(
        submission_rows::table
            .filter(submission_rows::version_id.eq(id))
            .filter(submission_rows::row_number.eq_any(marked)),
    )
    .set(submission_rows::outcome.eq(RowOutcome::CorrectionAsked))
    .execute(conn)
}

/// Removes the marks of some rows.
pub fn unmark(conn: &mut DbConn, id: VersionId, rows: &[i32]) -> QueryResult<()> {
    diesel::delete(
        row_corrections::table
            .filter(row_corrections::version_id.eq(id))
            .filter(row_corrections::row_number.eq_any(rows)),
    )
    .execute(conn)
    .map(drop)
}

/// Marks rows for correction: at most a page of them.
pub fn mark(conn: &mut DbConn, corrections: &[RowCorrection]) -> QueryResult<()> {
    corrections.iter().try_for_each(|correction| {
        diesel::insert_into(row_corrections::table)
            .values(correction)
            .execute(conn)
            .map(drop)
    })
}
