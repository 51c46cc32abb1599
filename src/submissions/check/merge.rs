//! Merging mended rows into the version before, ahead of the check.

use std::io::BufWriter;

use super::super::model::VersionId;
use super::super::queries::{change, find};
use crate::datasets::{self, Dataset, Limits, MergeError, MergeReport, Merging, Upload};
use crate::platform::clock::Moment;
use crate::platform::db::{self, DbConn};
use crate::platform::files::{FileId, FileStore, StoredFile};
use crate::submissions::queries::find::Dossier;

/// Why mended rows were not merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeUploadError {
    /// They cannot be.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// The merged file could not be kept.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Merges a version's file into the version that it mends and makes the merged
/// file the version's own. None when there is nothing to merge, or it was done
/// in a run that broke off later.
pub(super) fn merge(
    conn: &mut DbConn,
    files: &FileStore,
    (dossier, dataset, granted): (&Dossier, &Dataset, &[String]),
    now: Moment,
) -> Result<Option<StoredFile>, MergeUploadError> {
    let version = &dossier.version;
    let Some(base) = version
        .merges_into
        .filter(|_| version.part_file_id.is_none())
    else {
        return Ok(None);
    };
    let base = find::file_of(conn, version.submission_id, base)?;
    let (base_path, part_path) = (files.path(base.id), files.path(dossier.file.id));
    let merging = Merging {
        base: Upload {
            path: &base_path,
            original_name: &base.name,
        },
        mended: Upload {
            path: &part_path,
            original_name: &dossier.file.name,
        },
        dataset,
        granted: Some(granted),
        limits: Limits::default(),
        today: now.jakarta_date(),
        most_mended: datasets::MOST_MENDED,
    };
    let mut out = files.begin_as(made_of(version.id))?;
    let report = datasets::merge(&merging, BufWriter::new(&mut out))?;
    let name = merged_name(&dossier.file.name);
    let merged = out.keep(&name, "text/csv", now)?;
    take(conn, version.id, (&dossier.file, &merged), &report)?;
    Ok(Some(merged))
}

/// The id of the file that is made of a version: one at most, so that it is the
/// version's own.
pub(super) fn made_of(version: VersionId) -> FileId {
    FileId::try_from(version.to_string()).unwrap_or_else(|_no_id| FileId::generate())
}

/// The name of the merged file: that of the mended rows, which people know.
fn merged_name(part: &str) -> String {
    let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
    format!("gabungan-{stem}.csv")
}

fn take(
    conn: &mut DbConn,
    version: VersionId,
    (part, merged): (&StoredFile, &StoredFile),
    report: &MergeReport,
) -> Result<(), diesel::result::Error> {
    let report = serde_json::to_string(report).unwrap_or_default();
    db::transaction(conn, |conn| {
        merged.insert(conn)?;
        let is_first = change::take_merged(conn, version, (part.id, merged.id), &report)?;
        if is_first {
            Ok(())
        } else {
            Err(diesel::result::Error::RollbackTransaction)
        }
    })
}
