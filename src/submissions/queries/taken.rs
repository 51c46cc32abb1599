//! What BKN took over, by what it is recognised.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::institutions::InstitutionId;
use crate::per_backend;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{submission_versions, submissions, taken_rows};
use crate::submissions::model::{Decision, Submission, SubmissionId, VersionId};

/// Remembers the rows of a version that were taken over. A key that was taken
/// over before stands for the later row from now on.
const REMEMBER: &str = "INSERT INTO taken_rows \
    (institution_id, dataset, row_key, version_id, row_number) \
    SELECT $1, $2, r.row_key, r.version_id, MAX(r.row_number) FROM submission_rows r \
    WHERE r.version_id = $3 AND r.outcome = 'taken_over' AND r.row_key >= 0 \
    GROUP BY r.row_key, r.version_id ORDER BY r.row_key \
    ON CONFLICT (institution_id, dataset, row_key) \
    DO UPDATE SET version_id = excluded.version_id, row_number = excluded.row_number";

/// Does so.
pub fn remember(conn: &mut DbConn, of: &Submission, version: VersionId) -> QueryResult<usize> {
    let sender = of.institution_id.to_string();
    per_backend!(conn, |c| sql_query(REMEMBER)
        .bind::<Text, _>(sender)
        .bind::<Text, _>(&of.dataset)
        .bind::<Text, _>(version)
        .execute(c))
}

/// A version of which rows were taken over.
#[derive(Debug, Clone, Queryable)]
pub struct TakenVersion {
    /// The version.
    pub id: VersionId,
    /// Its submission.
    pub submission_id: SubmissionId,
    /// The submission's number.
    pub number: String,
    /// When it was decided.
    pub decided_at: Option<Moment>,
}

/// The versions of an institution of which rows of a data set were taken over.
pub fn versions(
    conn: &mut DbConn,
    (sender, dataset): (InstitutionId, &str),
) -> QueryResult<Vec<TakenVersion>> {
    let taken = [Decision::TakenOver, Decision::CorrectionAsked];
    submission_versions::table
        .inner_join(submissions::table)
        .filter(submissions::institution_id.eq(sender))
        .filter(submissions::dataset.eq(dataset))
        .filter(submission_versions::decision.eq_any(taken))
        .select((
            submission_versions::id,
            submissions::id,
            submissions::number,
            submission_versions::decided_at,
        ))
        .load(conn)
}

/// The rows that were taken over with one of some keys. The values are asked
/// for by a subquery, so that no plan reads all rows to find a thousand. Key,
/// version and values, as in `StoredRow`.
pub fn rows(
    conn: &mut DbConn,
    (sender, dataset): (InstitutionId, &str),
    keys: &[i64],
) -> QueryResult<Vec<(i64, VersionId, Option<String>)>> {
    per_backend!(conn, |c| {
        use crate::platform::db::schema::submission_rows as r;
        let cells = r::table
            .filter(r::version_id.eq(taken_rows::version_id))
            .filter(r::row_number.eq(taken_rows::row_number))
            .select(r::cells)
            .single_value();
        taken_rows::table
            .filter(taken_rows::institution_id.eq(sender))
            .filter(taken_rows::dataset.eq(dataset))
            .filter(taken_rows::row_key.eq_any(keys))
            .select((taken_rows::row_key, taken_rows::version_id, cells))
            .load(c)
    })
}
