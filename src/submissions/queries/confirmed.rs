//! Warnings that were confirmed with a reason. A reason holds for the same
//! record, rule and value wherever it comes again from the same institution.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};

use super::find::Dossier;
use crate::accounts::AccountId;
use crate::per_backend;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::submissions::model::VersionId;

/// The warnings `f` in rows `r` of version `$3` that may be sent, each with the
/// reason `c` that was given for it from institution `$1` and of data set `$2`.
macro_rules! warnings {
    ($join:literal) => {
        concat!(
            "FROM row_findings f JOIN submission_rows r ON r.version_id = f.version_id \
             AND r.row_number = f.row_number ",
            $join,
            " JOIN confirmed_warnings c ON c.institution_id = $1 AND c.dataset = $2 \
             AND c.row_key = r.row_key AND c.code = f.code AND c.field = f.field \
             AND c.value = f.value "
        )
    };
}

const SENDABLE: &str = "WHERE f.version_id = $3 AND f.severity = 'warning' \
    AND r.verdict <> 'blocked' ";

/// One kind of warning among the rows that may be sent.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct WarningKind {
    /// The warning.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Its field; empty when the row is meant.
    #[diesel(sql_type = Text)]
    pub field: String,
    /// How many have no reason yet.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    /// How many have one.
    #[diesel(sql_type = BigInt)]
    pub known: i64,
}

impl WarningKind {
    /// How forms and filters name it.
    pub fn key(&self) -> String {
        format!("{}:{}", self.code, self.field)
    }
}

/// The kinds of warnings of a version, the most frequent first.
pub fn kinds(conn: &mut DbConn, dossier: &Dossier) -> QueryResult<Vec<WarningKind>> {
    const SELECT: &str = concat!(
        "SELECT f.code, f.field, SUM(CASE WHEN c.reason IS NULL THEN 1 ELSE 0 END) AS open, \
         SUM(CASE WHEN c.reason IS NULL THEN 0 ELSE 1 END) AS known ",
        warnings!("LEFT")
    );
    const GROUPED: &str = "GROUP BY f.code, f.field ORDER BY COUNT(*) DESC, f.code, f.field";
    let (sender, dataset, version) = keys(dossier);
    per_backend!(conn, |c| sql_query(SELECT)
        .sql(SENDABLE)
        .sql(GROUPED)
        .bind::<Text, _>(sender)
        .bind::<Text, _>(dataset)
        .bind::<Text, _>(version)
        .load(c))
}

/// A warning in one row, and the reason given for it with where that was.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct RowWarning {
    /// Its place among the version's findings.
    #[diesel(sql_type = BigInt)]
    pub position: i64,
    /// The row as a spreadsheet shows it.
    #[diesel(sql_type = Integer)]
    pub row_number: i32,
    /// The reason.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    /// The number of the submission in which it was given.
    #[diesel(sql_type = Nullable<Text>)]
    pub number: Option<String>,
    /// The version of it.
    #[diesel(sql_type = Nullable<Integer>)]
    pub version: Option<i32>,
    /// When.
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub given_at: Option<Moment>,
}

const LISTED: &str = concat!(
    "SELECT f.position, f.row_number, c.reason, s.number, v.version, c.given_at ",
    warnings!("LEFT"),
    "LEFT JOIN submission_versions v ON v.id = c.given_in \
     LEFT JOIN submissions s ON s.id = v.submission_id "
);

/// A page of warnings in the order of the file: those without a reason, or all.
pub fn page(
    conn: &mut DbConn,
    dossier: &Dossier,
    open_only: bool,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<RowWarning>> {
    let open = if open_only {
        "AND c.reason IS NULL "
    } else {
        ""
    };
    let (sender, dataset, version) = keys(dossier);
    per_backend!(conn, |c| sql_query(LISTED)
        .sql(SENDABLE)
        .sql(open)
        .sql("ORDER BY f.position LIMIT $4 OFFSET $5")
        .bind::<Text, _>(sender)
        .bind::<Text, _>(dataset)
        .bind::<Text, _>(version)
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(offset)
        .load(c))
}

/// The reasons for warnings in the rows from one to another.
pub fn in_rows(
    conn: &mut DbConn,
    dossier: &Dossier,
    (first, last): (i32, i32),
) -> QueryResult<Vec<RowWarning>> {
    let (sender, dataset, version) = keys(dossier);
    per_backend!(conn, |c| sql_query(LISTED)
        .sql(SENDABLE)
        .sql("AND f.row_number >= $4 AND f.row_number <= $5 ORDER BY f.position")
        .bind::<Text, _>(sender)
        .bind::<Text, _>(dataset)
        .bind::<Text, _>(version)
        .bind::<Integer, _>(first)
        .bind::<Integer, _>(last)
        .load(c))
}

/// A reason, who gives it and when.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Why the rows are right in spite of the warning.
    pub reason: &'a str,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub now: Moment,
}

/// Gives warnings of a version a reason; which ones is added to it.
const CONFIRM: &str = "INSERT INTO confirmed_warnings (institution_id, dataset, row_key, code, field, value, \
     reason, given_in, given_by, given_at) \
     SELECT $1, $2, r.row_key, f.code, f.field, f.value, $3, f.version_id, $4, $5 \
     FROM row_findings f JOIN submission_rows r ON r.version_id = f.version_id \
     AND r.row_number = f.row_number WHERE f.version_id = $6 AND f.severity = 'warning' \
     AND r.verdict <> 'blocked' AND r.row_key IS NOT NULL ";

/// Gives every warning of a kind in a version this reason, unless it has one.
pub fn confirm_kind(
    conn: &mut DbConn,
    dossier: &Dossier,
    (code, field): (&str, &str),
    given: Given<'_>,
) -> QueryResult<usize> {
    let (sender, dataset, version) = keys(dossier);
    per_backend!(conn, |c| sql_query(CONFIRM)
        .sql("AND f.code = $7 AND f.field = $8 ON CONFLICT DO NOTHING")
        .bind::<Text, _>(sender)
        .bind::<Text, _>(dataset)
        .bind::<Text, _>(given.reason)
        .bind::<Text, _>(given.by)
        .bind::<Timestamp, _>(given.now)
        .bind::<Text, _>(version)
        .bind::<Text, _>(code)
        .bind::<Text, _>(field)
        .execute(c))
}

/// Gives one warning of a version this reason, unless it has one.
pub fn confirm_one(
    conn: &mut DbConn,
    dossier: &Dossier,
    position: i64,
    given: Given<'_>,
) -> QueryResult<usize> {
    let (sender, dataset, version) = keys(dossier);
    per_backend!(conn, |c| sql_query(CONFIRM)
        .sql("AND f.position = $7 ON CONFLICT DO NOTHING")
        .bind::<Text, _>(sender)
        .bind::<Text, _>(dataset)
        .bind::<Text, _>(given.reason)
        .bind::<Text, _>(given.by)
        .bind::<Timestamp, _>(given.now)
        .bind::<Text, _>(version)
        .bind::<BigInt, _>(position)
        .execute(c))
}

fn keys(dossier: &Dossier) -> (String, String, VersionId) {
    (
        dossier.submission.institution_id.to_string(),
        dossier.submission.dataset.clone(),
        dossier.version.id,
    )
}
