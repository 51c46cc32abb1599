//! How a version compares with the one before it: counted once, when its check
//! ends, and kept.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::pairing::pair_of;
use crate::per_backend;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{finding_progress, version_progress};
use crate::submissions::model::{FindingProgress, VersionId, VersionProgress};

/// Rows with faults, before and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct RowProgress {
    /// Rows that had a fault before.
    #[diesel(sql_type = BigInt)]
    pub wrong_before: i64,
    /// Those of them without one now.
    #[diesel(sql_type = BigInt)]
    pub mended: i64,
    /// Those of them with one still.
    #[diesel(sql_type = BigInt)]
    pub remaining: i64,
    /// Those of them that are not in the file any more.
    #[diesel(sql_type = BigInt)]
    pub gone: i64,
    /// Rows with a fault now that had none, or were not there.
    #[diesel(sql_type = BigInt)]
    pub fresh: i64,
}

/// As the index of rows with findings is made.
macro_rules! is_blocked {
    () => {
        "r.verdict = 'blocked' AND r.verdict <> 'ready'"
    };
}

const ROWS: &str = concat!(
    "SELECT COALESCE(SUM(old), 0) AS wrong_before, \
     COALESCE(SUM(CASE WHEN old = 1 AND other IN ('ready', 'warned') THEN 1 ELSE 0 END), 0) \
       AS mended, \
     COALESCE(SUM(CASE WHEN old = 1 AND other = 'blocked' THEN 1 ELSE 0 END), 0) AS remaining, \
     COALESCE(SUM(CASE WHEN old = 1 AND other = '' THEN 1 ELSE 0 END), 0) AS gone, \
     COALESCE(SUM(CASE WHEN old = 0 AND other <> 'blocked' THEN 1 ELSE 0 END), 0) AS fresh \
     FROM (SELECT 0 AS old, COALESCE((SELECT p.verdict FROM submission_rows p \
       WHERE p.version_id = $1 AND p.row_number = ",
    pair_of!("$1"),
    "), '') AS other FROM submission_rows r WHERE r.version_id = $2 AND ",
    is_blocked!(),
    " UNION ALL SELECT 1 AS old, COALESCE((SELECT p.verdict FROM submission_rows p \
       WHERE p.version_id = $2 AND p.row_number = ",
    pair_of!("$2"),
    "), '') AS other FROM submission_rows r WHERE r.version_id = $1 AND ",
    is_blocked!(),
    ") t"
);

/// Counts rows with faults in both versions.
pub fn count_rows(
    conn: &mut DbConn,
    (before, now): (VersionId, VersionId),
) -> QueryResult<RowProgress> {
    let (before, now) = (before.to_string(), now.to_string());
    per_backend!(conn, |c| sql_query(ROWS)
        .bind::<Text, _>(before)
        .bind::<Text, _>(now)
        .get_result(c))
}

/// How often one thing was found in one field, before and now.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct KindProgress {
    /// What was found.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// In which field.
    #[diesel(sql_type = Text)]
    pub field: String,
    /// Findings of before that are not there now, though the row is.
    #[diesel(sql_type = BigInt)]
    pub mended: i64,
    /// Findings that were there before.
    #[diesel(sql_type = BigInt)]
    pub remaining: i64,
    /// Findings that were not there before.
    #[diesel(sql_type = BigInt)]
    pub fresh: i64,
}

/// The findings of a version, each as the row `r` with the row's key. It is asked
/// for row by row: joined, PostgreSQL would read all rows for each finding of a
/// version so new that it takes it for a small one.
macro_rules! findings_of {
    ($version:literal) => {
        concat!(
            "(SELECT f.version_id, f.row_number, f.code, f.field, \
             (SELECT k.row_key FROM submission_rows k WHERE k.version_id = f.version_id \
             AND k.row_number = f.row_number) AS row_key \
             FROM row_findings f WHERE f.version_id = ",
            $version,
            ") r"
        )
    };
}

/// Whether the other version has the same finding in the row that is `r`.
/// Nothing is appended to code and field so that only the row's index answers:
/// SQLite would else read every finding of the same code.
macro_rules! has_same_finding {
    ($other:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM row_findings g WHERE g.version_id = ",
            $other,
            " AND g.code || '' = r.code AND g.field || '' = r.field AND g.row_number = ",
            pair_of!($other),
            ")"
        )
    };
}

const KINDS: &str = concat!(
    "SELECT code, field, SUM(mended) AS mended, SUM(remaining) AS remaining, \
     SUM(found) - SUM(remaining) AS fresh FROM (\
     SELECT r.code, r.field, 0 AS mended, CASE WHEN ",
    has_same_finding!("$1"),
    " THEN 1 ELSE 0 END AS remaining, 1 AS found FROM ",
    findings_of!("$2"),
    " UNION ALL SELECT r.code, r.field, CASE WHEN ",
    pair_of!("$2"),
    " IS NOT NULL AND NOT ",
    has_same_finding!("$2"),
    " THEN 1 ELSE 0 END AS mended, 0 AS remaining, 0 AS found FROM ",
    findings_of!("$1"),
    ") t GROUP BY code, field"
);

/// Counts findings in both versions by what they are.
pub fn count_kinds(
    conn: &mut DbConn,
    (before, now): (VersionId, VersionId),
) -> QueryResult<Vec<KindProgress>> {
    let (before, now) = (before.to_string(), now.to_string());
    per_backend!(conn, |c| sql_query(KINDS)
        .bind::<Text, _>(before)
        .bind::<Text, _>(now)
        .load(c))
}

/// Keeps how a version compares.
pub fn insert(conn: &mut DbConn, progress: &VersionProgress) -> QueryResult<()> {
    diesel::insert_into(version_progress::table)
        .values(progress)
        .execute(conn)
        .map(drop)
}

/// Keeps how its findings compare: a few dozen.
pub fn insert_kinds(conn: &mut DbConn, kinds: &[FindingProgress]) -> QueryResult<()> {
    kinds.iter().try_for_each(|kind| {
        diesel::insert_into(finding_progress::table)
            .values(kind)
            .execute(conn)
            .map(drop)
    })
}

/// How a version compares with the one before it, if there was one.
pub fn of(conn: &mut DbConn, id: VersionId) -> QueryResult<Option<VersionProgress>> {
    version_progress::table
        .find(id)
        .select(VersionProgress::as_select())
        .first(conn)
        .optional()
}

/// How its findings compare, by what they are.
pub fn kinds_of(conn: &mut DbConn, id: VersionId) -> QueryResult<Vec<FindingProgress>> {
    finding_progress::table
        .filter(finding_progress::version_id.eq(id))
        .order((finding_progress::code, finding_progress::field))
        .select(FindingProgress::as_select())
        .load(conn)
}
