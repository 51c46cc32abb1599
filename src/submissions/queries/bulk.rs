//! Writing many rows: never through the connection over both databases, which
//! costs twice as much. PostgreSQL takes a COPY; SQLite takes one prepared
//! statement row by row, which is faster there than one for many rows.

use diesel::prelude::*;

use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    finding_totals, row_findings, row_keys, submission_rows, warning_reasons,
};
use crate::submissions::model::{
    FindingTotal, StoredFinding, StoredKey, StoredRow, VersionId, WarningReason,
};

/// Writes checked rows.
pub fn insert_rows(conn: &mut DbConn, rows: &[StoredRow]) -> QueryResult<()> {
    match conn {
        DbConn::Postgres(c) => diesel::copy_from(submission_rows::table)
            .from_insertable(rows)
            .execute(c)
            .map(drop),
        DbConn::Sqlite(c) => rows.iter().try_for_each(|row| {
            diesel::insert_into(submission_rows::table)
                .values(row)
                .execute(c)
                .map(drop)
        }),
    }
}

/// Writes findings.
pub fn insert_findings(conn: &mut DbConn, findings: &[StoredFinding]) -> QueryResult<()> {
    match conn {
        DbConn::Postgres(c) => diesel::copy_from(row_findings::table)
            .from_insertable(findings)
            .execute(c)
            .map(drop),
        DbConn::Sqlite(c) => findings.iter().try_for_each(|finding| {
            diesel::insert_into(row_findings::table)
                .values(finding)
                .execute(c)
                .map(drop)
        }),
    }
}

/// Writes by what rows are found again: fast only in the order of the keys,
/// since they fall anywhere.
pub fn insert_keys(conn: &mut DbConn, keys: &[StoredKey]) -> QueryResult<()> {
    match conn {
        DbConn::Postgres(c) => diesel::copy_from(row_keys::table)
            .from_insertable(keys)
            .execute(c)
            .map(drop),
        DbConn::Sqlite(c) => keys.iter().try_for_each(|key| {
            diesel::insert_into(row_keys::table)
                .values(key)
                .execute(c)
                .map(drop)
        }),
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
