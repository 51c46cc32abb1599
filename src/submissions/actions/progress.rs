//! Comparing a version that was just checked with the one before it.

use diesel::QueryResult;

use super::super::model::{FindingProgress, SubmissionVersion, VersionProgress};
use super::super::queries::{find, progress};
use crate::platform::db::DbConn;

/// How a version compares with the one before it.
#[derive(Debug)]
pub(in crate::submissions) struct Compared {
    rows: VersionProgress,
    kinds: Vec<FindingProgress>,
}

impl Compared {
    /// Keeps it.
    pub(super) fn keep(&self, conn: &mut DbConn) -> QueryResult<()> {
        progress::insert(conn, &self.rows)?;
        progress::insert_kinds(conn, &self.kinds)
    }
}

/// Compares a version, whose rows are stored, with the last one before it whose
/// file could be read. The first version compares with none.
pub(in crate::submissions) fn compare(
    conn: &mut DbConn,
    version: &SubmissionVersion,
) -> QueryResult<Option<Compared>> {
    let versions = find::versions_of(conn, version.submission_id)?;
    let Some((before, _)) = versions
        .into_iter()
        .rfind(|(before, _)| before.version < version.version && before.was_read())
    else {
        return Ok(None);
    };
    let pair = (before.id, version.id);
    let rows = progress::count_rows(conn, pair)?;
    let kinds = progress::count_kinds(conn, pair)?.into_iter();
    Ok(Some(Compared {
        rows: VersionProgress {
            version_id: version.id,
            before_version: before.version,
            wrong_before: rows.wrong_before,
            mended: rows.mended,
            remaining: rows.remaining,
            gone: rows.gone,
            fresh: rows.fresh,
        },
        kinds: kinds
            .map(|kind| FindingProgress {
                version_id: version.id,
                code: kind.code,
                field: kind.field,
                mended: kind.mended,
                remaining: kind.remaining,
                fresh: kind.fresh,
            })
            .collect(),
    }))
}
