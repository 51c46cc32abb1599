//! How a version compares with the one that was checked before it.

use diesel::prelude::*;

use super::VersionId;
use crate::platform::db::schema::{finding_progress, version_progress};

/// Rows with faults before and now.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = version_progress)]
pub struct VersionProgress {
    /// The later version.
    pub version_id: VersionId,
    /// The number of the earlier one.
    pub before_version: i32,
    /// Rows that had a fault before.
    pub wrong_before: i64,
    /// Those of them without one now.
    pub mended: i64,
    /// Those of them with one still.
    pub remaining: i64,
    /// Those of them that are not in the file any more.
    pub gone: i64,
    /// Rows with a fault now that had none, or were not there.
    pub fresh: i64,
}

/// How often one thing was found in one field, before and now.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = finding_progress)]
pub struct FindingProgress {
    /// The later version.
    pub version_id: VersionId,
    /// What was found.
    pub code: String,
    /// In which field; empty when the row is meant.
    pub field: String,
    /// Findings of before that are not there now, though the row is.
    pub mended: i64,
    /// Findings that were there before.
    pub remaining: i64,
    /// Findings that were not there before.
    pub fresh: i64,
}
