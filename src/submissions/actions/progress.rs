//! Comparing a version that was just checked with the one before it.

use diesel::QueryResult;

use super::super::model::{FindingProgress, SubmissionVersion, VersionProgress};
use super::super::queries::{find, progress};
use crate::platform::db::DbConn;

/// Keeps how a version compares with the last one before it whose file could
/// be read. The first version compares with none.
pub(super) fn compare(conn: &mut DbConn, version: &SubmissionVersion) -> QueryResult<()> {
    let versions = find::versions_of(conn, version.submission_id)?;
    let Some((before, _)) = versions
        .into_iter()
        .rfind(|(before, _)| before.version < version.version && before.was_read())
    else {
        return Ok(());
    };
    let pair = (before.id, version.id);
    let rows = progress::count_rows(conn, pair)?;
    let kept = VersionProgress {
        version_id: version.id,
        before_version: before.version,
        wrong_before: rows.wrong_before,
        mended: rows.mended,
        remaining: rows.remaining,
        gone: rows.gone,
        fresh: rows.fresh,
    };
    progress::insert(conn, &kept)?;
    let kinds = progress::count_kinds(conn, pair)?.into_iter();
    let kinds: Vec<FindingProgress> = kinds
        .map(|kind| FindingProgress {
            version_id: version.id,
            code: kind.code,
            field: kind.field,
            mended: kind.mended,
            remaining: kind.remaining,
            fresh: kind.fresh,
        })
        .collect();
    progress::insert_kinds(conn, &kinds)
}
