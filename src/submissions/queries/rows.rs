//! Rows of a version, and the corrections asked for them. The version was
//! found within the reader's reach before.

use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::datasets::Verdict;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{row_corrections, submission_rows, warning_reasons};
use crate::submissions::model::{
    RowCorrection, RowOutcome, StoredRow, SubmissionVersion, VersionId, WarningReason,
};

/// Which rows of a sent version to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowFilter {
    /// Only rows with this verdict.
    pub verdict: Option<Verdict>,
    /// Only rows that are marked for correction.
    pub marked: bool,
    /// Only this row.
    pub row: Option<i32>,
}

/// That something was found in a row, said in so many words: the index holds such
/// rows only, and SQLite does not see that a verdict it is given is none of the
/// others.
pub(super) fn has_findings() -> SqlLiteral<Bool> {
    diesel::dsl::sql("submission_rows.verdict <> 'ready'")
}

/// How many of the rows that were sent pass the filter. All of them were counted
/// when the version was checked.
pub fn count_sent(
    conn: &mut DbConn,
    version: &SubmissionVersion,
    filter: &RowFilter,
) -> QueryResult<i64> {
    match filter {
        RowFilter { row: Some(_), .. } => sent(version.id, filter).count().get_result(conn),
        RowFilter { marked: true, .. } => count_corrections(conn, version.id),
        RowFilter { verdict, .. } => Ok(match verdict {
            None => version.sent_rows.unwrap_or_default(),
            Some(Verdict::Ready) => version.rows_ready,
            Some(Verdict::Warned) => version.rows_warned,
            Some(Verdict::Blocked) => 0,
        }),
    }
}

/// A page of the rows that were sent, in the order of the file.
pub fn page_sent(
    conn: &mut DbConn,
    id: VersionId,
    filter: &RowFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<StoredRow>> {
    sent(id, filter)
        .order(submission_rows::row_number)
        .limit(limit)
        .offset(offset)
        .load(conn)
}

type Sent<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::dsl::Select<
        submission_rows::table,
        diesel::dsl::AsSelect<StoredRow, crate::platform::db::MultiBackend>,
    >,
    crate::platform::db::MultiBackend,
>;

fn sent<'a>(id: VersionId, filter: &RowFilter) -> Sent<'a> {
    let left_out = submission_rows::outcome
        .is_null()
        .or(submission_rows::outcome.ne(RowOutcome::NotSent));
    let mut query = submission_rows::table
        .select(StoredRow::as_select())
        .into_boxed()
        .filter(submission_rows::version_id.eq(id))
        .filter(left_out);
    if let Some(verdict) = filter.verdict {
        query = query.filter(submission_rows::verdict.eq(verdict.as_str()));
        if verdict != Verdict::Ready {
            query = query.filter(has_findings());
        }
    }
    if let Some(row) = filter.row {
        query = query.filter(submission_rows::row_number.eq(row));
    }
    if filter.marked {
        let marked = row_corrections::table
            .filter(row_corrections::version_id.eq(id))
            .select(row_corrections::row_number);
        query = query.filter(submission_rows::row_number.eq_any(marked));
    }
    query
}

/// The next rows with an outcome after a row, in the order of the file.
pub fn with_outcome_after(
    conn: &mut DbConn,
    id: VersionId,
    outcome: RowOutcome,
    after: i32,
    limit: i64,
) -> QueryResult<Vec<StoredRow>> {
    submission_rows::table
        .filter(submission_rows::version_id.eq(id))
        .filter(submission_rows::outcome.eq(outcome))
        .filter(submission_rows::row_number.gt(after))
        .order(submission_rows::row_number)
        .limit(limit)
        .select(StoredRow::as_select())
        .load(conn)
}

/// How many rows have an outcome.
pub fn count_with_outcome(
    conn: &mut DbConn,
    id: VersionId,
    outcome: RowOutcome,
) -> QueryResult<i64> {
    submission_rows::table
        .filter(submission_rows::version_id.eq(id))
        .filter(submission_rows::outcome.eq(outcome))
        .count()
        .get_result(conn)
}

/// Those of some rows that were sent.
pub fn sent_among(conn: &mut DbConn, id: VersionId, rows: &[i32]) -> QueryResult<Vec<i32>> {
    submission_rows::table
        .filter(submission_rows::version_id.eq(id))
        .filter(submission_rows::outcome.is_null())
        .filter(submission_rows::row_number.eq_any(rows))
        .select(submission_rows::row_number)
        .load(conn)
}

/// How many corrections are asked for a version.
pub fn count_corrections(conn: &mut DbConn, id: VersionId) -> QueryResult<i64> {
    row_corrections::table
        .filter(row_corrections::version_id.eq(id))
        .count()
        .get_result(conn)
}

/// A page of the corrections asked for a version, each with its row.
pub fn page_of_corrections(
    conn: &mut DbConn,
    id: VersionId,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<(RowCorrection, StoredRow)>> {
    row_corrections::table
        .inner_join(
            submission_rows::table.on(submission_rows::version_id
                .eq(row_corrections::version_id)
                .and(submission_rows::row_number.eq(row_corrections::row_number))),
        )
        .filter(row_corrections::version_id.eq(id))
        .order(row_corrections::row_number)
        .limit(limit)
        .offset(offset)
        .select((RowCorrection::as_select(), StoredRow::as_select()))
        .load(conn)
}

/// The corrections asked for some rows.
pub fn corrections_among(
    conn: &mut DbConn,
    id: VersionId,
    rows: &[i32],
) -> QueryResult<Vec<RowCorrection>> {
    row_corrections::table
        .filter(row_corrections::version_id.eq(id))
        .filter(row_corrections::row_number.eq_any(rows))
        .select(RowCorrection::as_select())
        .load(conn)
}

/// The reasons that the PIC gave for warnings.
pub fn reasons(conn: &mut DbConn, id: VersionId) -> QueryResult<Vec<WarningReason>> {
    warning_reasons::table
        .filter(warning_reasons::version_id.eq(id))
        .order((warning_reasons::code, warning_reasons::field))
        .select(WarningReason::as_select())
        .load(conn)
}
