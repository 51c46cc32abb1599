//! Writing what a check found, and removing it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::insert_many;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    finding_totals, row_findings, row_keys, submission_rows, warning_reasons,
};
use crate::submissions::model::{
    FindingTotal, StoredFinding, StoredKey, StoredRow, VersionId, WarningReason,
};

/// Writes checked rows.
pub fn insert_rows(conn: &mut DbConn, rows: &[StoredRow]) -> QueryResult<()> {
    insert_many!(conn, submission_rows, rows)
}

/// Writes findings.
pub fn insert_findings(conn: &mut DbConn, findings: &[StoredFinding]) -> QueryResult<()> {
    insert_many!(conn, row_findings, findings)
}

/// Writes by what rows are found again: fast only in the order of the keys,
/// since they fall anywhere.
pub fn insert_keys(conn: &mut DbConn, keys: &[StoredKey]) -> QueryResult<()> {
    insert_many!(conn, row_keys, keys)
}

/// Lets PostgreSQL see how the tables have grown: it plans by what it counted
/// last, and would look through all findings of a version where it still takes
/// the version for a small one. SQLite plans by its indexes alone.
pub fn count_anew(conn: &mut DbConn) -> QueryResult<()> {
    match conn {
        DbConn::Postgres(c) => c.batch_execute("ANALYZE submission_rows, row_findings, row_keys"),
        DbConn::Sqlite(_) => Ok(()),
    }
}

/// Writes the totals of a check: a few dozen.
pub fn insert_totals(conn: &mut DbConn, totals: &[FindingTotal]) -> QueryResult<()> {
    totals.iter().try_for_each(|total| {
        diesel::insert_into(finding_totals::table)
            .values(total)
            .execute(conn)
            .map(drop)
    })
}

/// Writes a PIC's reasons: one for each kind of warning.
pub fn insert_reasons(conn: &mut DbConn, reasons: &[WarningReason]) -> QueryResult<()> {
    reasons.iter().try_for_each(|reason| {
        diesel::insert_into(warning_reasons::table)
            .values(reason)
            .execute(conn)
            .map(drop)
    })
}

/// Removes what a check wrote, before it begins or when it comes to nothing.
pub fn clear(conn: &mut DbConn, version: VersionId) -> QueryResult<()> {
    diesel::delete(row_findings::table.filter(row_findings::version_id.eq(version)))
        .execute(conn)?;
    diesel::delete(finding_totals::table.filter(finding_totals::version_id.eq(version)))
        .execute(conn)?;
    diesel::delete(row_keys::table.filter(row_keys::version_id.eq(version))).execute(conn)?;
    diesel::delete(submission_rows::table.filter(submission_rows::version_id.eq(version)))
        .execute(conn)
        .map(drop)
}
