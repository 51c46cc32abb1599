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
    "), '') AS other FROM submission_rows r WHERE r.version_id = $2 AND r.verdict = 'blocked' \
     UNION ALL SELECT 1 AS old, COALESCE((SELECT p.verdict FROM submission_rows p \
       WHERE p.version_id = $2 AND p.row_number = ",
    pair_of!("$2"),
    "), '') AS other FROM submission_rows r WHERE r.version_id = $1 AND r.verdict = 'blocked') t"
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

/// Whether the other version has the same finding in the row that is `r`.
/// Nothing is appended to code and field so that only the row's index answers:
/// SQLite would else read every finding of the same code.
macro_rules! has_same_finding {
    ($other:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM row_findings g WHERE g.version_id = ",
            $other,
            " AND g.code || '' = f.code AND g.field || '' = f.field AND g.row_number = ",
            pair_of!($other),
            ")"
        )
    };
}

const KINDS: &str = concat!(
    "SELECT code, field, SUM(mended) AS mended, SUM(remaining) AS remaining, \
     SUM(found) - SUM(remaining) AS fresh FROM (\
     SELECT f.code, f.field, 0 AS mended, CASE WHEN ",
    has_same_finding!("$1"),
    " THEN 1 ELSE 0 END AS remaining, 1 AS found FROM row_findings f JOIN submission_rows r \
     ON r.version_id = f.version_id AND r.row_number = f.row_number WHERE f.version_id = $2 \
     UNION ALL SELECT f.code, f.field, CASE WHEN ",
    pair_of!("$2"),
    " IS NOT NULL AND NOT ",
    has_same_finding!("$2"),
    " THEN 1 ELSE 0 END AS mended, 0 AS remaining, 0 AS found FROM row_findings f \
     JOIN submission_rows r ON r.version_id = f.version_id AND r.row_number = f.row_number \
     WHERE f.version_id = $1) t GROUP BY code, field"
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
