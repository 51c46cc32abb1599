//! Statements on rehearsals, and on the rows that they look at.

use diesel::prelude::*;

use super::model::{PastVersion, Rehearsal, RehearsalId, RehearsalResult};
use super::recheck::{Recheck, RecheckId};
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    accounts, institutions, rechecks, rehearsal_results, rehearsals, row_findings, submission_rows,
    submission_versions, submissions,
};
use crate::submissions::{SubmissionId, VersionId};

/// Adds a rehearsal.
pub fn insert(conn: &mut DbConn, rehearsal: &Rehearsal) -> QueryResult<()> {
    diesel::insert_into(rehearsals::table)
        .values(rehearsal)
        .execute(conn)
        .map(drop)
}

/// The rehearsal that a form began, if it was posted before.
pub fn by_form_key(conn: &mut DbConn, key: &str) -> QueryResult<Option<RehearsalId>> {
    rehearsals::table
        .filter(rehearsals::form_key.eq(key.to_owned()))
        .select(rehearsals::id)
        .first(conn)
        .optional()
}

/// A rehearsal with who asked for it.
pub fn find(conn: &mut DbConn, id: RehearsalId) -> QueryResult<Option<(Rehearsal, String)>> {
    rehearsals::table
        .inner_join(accounts::table)
        .filter(rehearsals::id.eq(id))
        .select((Rehearsal::as_select(), accounts::name))
        .first(conn)
        .optional()
}

/// The last rehearsals of a rule, the last first.
pub fn of_rule(
    conn: &mut DbConn,
    (dataset, rule): (&str, &str),
    limit: i64,
) -> QueryResult<Vec<Rehearsal>> {
    rehearsals::table
        .filter(rehearsals::dataset.eq(dataset.to_owned()))
        .filter(rehearsals::rule.eq(rule.to_owned()))
        .order(rehearsals::asked_at.desc())
        .limit(limit)
        .offset(0)
        .select(Rehearsal::as_select())
        .load(conn)
}

/// The versions of a data set that were read between two moments.
pub fn versions_read(
    conn: &mut DbConn,
    dataset: &str,
    (from, until): (Moment, Moment),
) -> QueryResult<Vec<PastVersion>> {
    submission_versions::table
        .inner_join(submissions::table)
        .filter(submissions::dataset.eq(dataset.to_owned()))
        .filter(submission_versions::checked_at.ge(from))
        .filter(submission_versions::checked_at.le(until))
        .filter(submission_versions::refusal.is_null())
        .order((submission_versions::checked_at, submission_versions::id))
        .select((
            submission_versions::id,
            submissions::id,
            submission_versions::version,
            submission_versions::sent_at,
        ))
        .load(conn)
}

/// The versions that are done.
pub fn done(conn: &mut DbConn, id: RehearsalId) -> QueryResult<Vec<VersionId>> {
    rehearsal_results::table
        .filter(rehearsal_results::rehearsal_id.eq(id))
        .select(rehearsal_results::version_id)
        .load(conn)
}

/// The next rows of a version after a row: number, cells, verdict.
pub fn rows_after(
    conn: &mut DbConn,
    version: VersionId,
    after: i32,
    limit: i64,
) -> QueryResult<Vec<(i32, String, String)>> {
    submission_rows::table
        .filter(submission_rows::version_id.eq(version))
        .filter(submission_rows::row_number.gt(after))
        .order(submission_rows::row_number)
        .limit(limit)
        .offset(0)
        .select((
            submission_rows::row_number,
            submission_rows::cells,
            submission_rows::verdict,
        ))
        .load(conn)
}

/// What was found in some rows: row, field, code, severity.
pub fn findings_in(
    conn: &mut DbConn,
    version: VersionId,
    (first, last): (i32, i32),
) -> QueryResult<Vec<(i32, String, String, String)>> {
    row_findings::table
        .filter(row_findings::version_id.eq(version))
        .filter(row_findings::row_number.between(first, last))
        .select((
            row_findings::row_number,
            row_findings::field,
            row_findings::code,
            row_findings::severity,
        ))
        .load(conn)
}

/// A version that BKN has: its id and the data set.
pub fn sent_version(
    conn: &mut DbConn,
    (submission, number): (SubmissionId, i32),
) -> QueryResult<Option<(VersionId, String, String)>> {
    submission_versions::table
        .inner_join(submissions::table)
        .filter(submissions::id.eq(submission))
        .filter(submission_versions::version.eq(number))
        .filter(submission_versions::sent_at.is_not_null())
        .select((
            submission_versions::id,
            submissions::number,
            submissions::dataset,
        ))
        .first(conn)
        .optional()
}

/// What came of checking a version again, the latest first.
pub fn rechecks_of(conn: &mut DbConn, of: VersionId, limit: i64) -> QueryResult<Vec<Recheck>> {
    rechecks::table
        .filter(rechecks::version_id.eq(of))
        .order(rechecks::asked_at.desc())
        .limit(limit)
        .offset(0)
        .select(Recheck::as_select())
        .load(conn)
}

/// Adds a result to be checked again.
pub fn insert_recheck(conn: &mut DbConn, recheck: &Recheck) -> QueryResult<()> {
    diesel::insert_into(rechecks::table)
        .values(recheck)
        .execute(conn)
        .map(drop)
}

/// The one that a form began, if it was posted before.
pub fn recheck_of_key(conn: &mut DbConn, key: &str) -> QueryResult<Option<RecheckId>> {
    rechecks::table
        .filter(rechecks::form_key.eq(key.to_owned()))
        .select(rechecks::id)
        .first(conn)
        .optional()
}

/// A recheck with its submission, that one's number and data set, the version.
pub type RecheckTold = (Recheck, SubmissionId, String, String, i32);

/// A result that was checked again.
pub fn find_recheck(conn: &mut DbConn, id: RecheckId) -> QueryResult<Option<RecheckTold>> {
    rechecks::table
        .inner_join(submission_versions::table.inner_join(submissions::table))
        .filter(rechecks::id.eq(id))
        .select((
            Recheck::as_select(),
            submissions::id,
            submissions::number,
            submissions::dataset,
            submission_versions::version,
        ))
        .first(conn)
        .optional()
}

/// Keeps what checking again came to.
pub fn finish_recheck(
    conn: &mut DbConn,
    id: RecheckId,
    outcome: &str,
    now: Moment,
) -> QueryResult<()> {
    diesel::update(rechecks::table.find(id))
        .set((
            rechecks::outcome.eq(outcome.to_owned()),
            rechecks::finished_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Adds what a rule would find in one file.
pub fn insert_result(conn: &mut DbConn, result: &RehearsalResult) -> QueryResult<()> {
    diesel::insert_into(rehearsal_results::table)
        .values(result)
        .execute(conn)
        .map(drop)
}

/// Notes that every file is done.
pub fn finish(conn: &mut DbConn, id: RehearsalId, now: Moment) -> QueryResult<()> {
    diesel::update(rehearsals::table.find(id))
        .set(rehearsals::finished_at.eq(now))
        .execute(conn)
        .map(drop)
}

/// What was found in a file, with whose it is: submission, its number, version.
pub type Told = (
    RehearsalResult,
    InstitutionId,
    String,
    SubmissionId,
    String,
    i32,
    Option<Moment>,
);

/// The files of a rehearsal, those with the most rows hit first.
pub fn results(
    conn: &mut DbConn,
    id: RehearsalId,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<Told>> {
    rehearsal_results::table
        .inner_join(
            submission_versions::table
                .inner_join(submissions::table.inner_join(institutions::table)),
        )
        .filter(rehearsal_results::rehearsal_id.eq(id))
        .order((
            rehearsal_results::rows_hit.desc(),
            rehearsal_results::version_id,
        ))
        .limit(limit)
        .offset(offset)
        .select((
            RehearsalResult::as_select(),
            institutions::id,
            institutions::name,
            submissions::id,
            submissions::number,
            submission_versions::version,
            submission_versions::sent_at,
        ))
        .load(conn)
}

/// The figures of each file that is done: rows, rows hit,
/// rows hit anew.
pub fn figures(conn: &mut DbConn, id: RehearsalId) -> QueryResult<Vec<(i64, i64, i64)>> {
    rehearsal_results::table
        .filter(rehearsal_results::rehearsal_id.eq(id))
        .select((
            rehearsal_results::rows_total,
            rehearsal_results::rows_hit,
            rehearsal_results::rows_hit_anew,
        ))
        .load(conn)
}
