//! The rows in which two versions differ. Both were found within the reader's
//! reach before.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Integer, Text};

use super::pairing::pair_of;
use crate::per_backend;
use crate::platform::db::DbConn;
use crate::submissions::model::VersionId;

/// In what way two versions differ in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The row is in both, with other values.
    Changed,
    /// It is in the later one only.
    Added,
    /// It is in the earlier one only.
    Gone,
}

/// A row in which two versions differ. What is not there is 0 or empty.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct DifferentRow {
    /// Its number in the later version.
    #[diesel(sql_type = Integer)]
    pub now_row: i32,
    /// Its number in the earlier one.
    #[diesel(sql_type = Integer)]
    pub before_row: i32,
    /// Its values in the later version: JSON, as in `StoredRow`.
    #[diesel(sql_type = Text)]
    pub now_cells: String,
    /// Its values in the earlier one.
    #[diesel(sql_type = Text)]
    pub before_cells: String,
}

/// How many rows differ.
#[derive(Debug, Clone, Copy, QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

macro_rules! changed {
    () => {
        concat!(
            "FROM submission_rows r JOIN submission_rows p ON p.version_id = $1 \
             AND p.row_number = ",
            pair_of!("$1"),
            " WHERE r.version_id = $2 AND p.cells <> r.cells"
        )
    };
}

macro_rules! added {
    () => {
        concat!(
            "FROM submission_rows r WHERE ",
            pair_of!("$1"),
            " IS NULL AND r.version_id = $2"
        )
    };
}

/// Here the rows at hand are those of the earlier version, the first parameter.
macro_rules! gone {
    () => {
        concat!(
            "FROM submission_rows r WHERE r.version_id = $1 AND ",
            pair_of!("$2"),
            " IS NULL"
        )
    };
}

const AFTER: &str = " AND r.row_number > $3 ORDER BY r.row_number LIMIT $4 OFFSET $5";

impl Difference {
    fn count(self) -> &'static str {
        match self {
            Self::Changed => concat!("SELECT COUNT(*) AS rows ", changed!()),
            Self::Added => concat!("SELECT COUNT(*) AS rows ", added!()),
            Self::Gone => concat!("SELECT COUNT(*) AS rows ", gone!()),
        }
    }

    fn rows(self) -> &'static str {
        match self {
            Self::Changed => concat!(
                "SELECT r.row_number AS now_row, p.row_number AS before_row, \
                 r.cells AS now_cells, p.cells AS before_cells ",
                changed!()
            ),
            Self::Added => concat!(
                "SELECT r.row_number AS now_row, 0 AS before_row, \
                 r.cells AS now_cells, '' AS before_cells ",
                added!()
            ),
            Self::Gone => concat!(
                "SELECT 0 AS now_row, r.row_number AS before_row, \
                 '' AS now_cells, r.cells AS before_cells ",
                gone!()
            ),
        }
    }
}

/// How many rows differ so.
pub fn count(
    conn: &mut DbConn,
    (before, now): (VersionId, VersionId),
    difference: Difference,
) -> QueryResult<i64> {
    let (before, now) = (before.to_string(), now.to_string());
    let found: Count = per_backend!(conn, |c| sql_query(difference.count())
        .bind::<Text, _>(before)
        .bind::<Text, _>(now)
        .get_result(c))?;
    Ok(found.rows)
}

/// A page of the rows that differ so, after a row, in the order of the file.
pub fn page(
    conn: &mut DbConn,
    (before, now): (VersionId, VersionId),
    difference: Difference,
    after: i32,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<DifferentRow>> {
    let (before, now) = (before.to_string(), now.to_string());
    per_backend!(conn, |c| sql_query(difference.rows())
        .sql(AFTER)
        .bind::<Text, _>(before)
        .bind::<Text, _>(now)
        .bind::<Integer, _>(after)
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(offset)
        .load(c))
}
