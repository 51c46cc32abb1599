//! Writing the sender's own file again, with what was found marked in it.

use std::fs::File;
use std::path::Path;

use super::super::findings::Findings;
use super::super::model::VersionId;
use super::super::queries::rule_sets;
use super::run::what;
use crate::datasets::{self, Limits, MarkError, Marking, Upload};
use crate::platform::db::{Db, DbError};
use crate::platform::files::FileStore;

/// Why a file was not marked.
#[derive(Debug, thiserror::Error)]
pub enum MarkUploadError {
    /// Its data set is not declared any more.
    #[error("the data set is not declared")]
    NoDataset,
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// The target cannot be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The file could not be marked.
    #[error(transparent)]
    Mark(#[from] MarkError),
}

/// Writes a version's file with its findings marked into `target`: as XLSX, or
/// as CSV. It reads what somebody uploaded, so it belongs into the child too.
///
/// # Errors
/// See [`MarkUploadError`].
pub fn mark_upload(
    db: &Db,
    files: &FileStore,
    version: VersionId,
    as_xlsx: bool,
    target: &Path,
) -> Result<(), MarkUploadError> {
    let conn = &mut *db.connection()?;
    let (dossier, granted) = what(conn, version)?;
    let dataset = datasets::find(&dossier.submission.dataset).ok_or(MarkUploadError::NoDataset)?;
    let path = files.path(dossier.file.id);
    let marking = Marking {
        upload: Upload {
            path: &path,
            original_name: &dossier.file.name,
        },
        dataset,
        granted: Some(&granted.fields),
        limits: Limits::default(),
        rules: rule_sets::used(conn, version)?,
    };
    let out = File::create(target)?;
    let findings = Findings::of(db.connection()?, version);
    if as_xlsx {
        datasets::write_marked_xlsx(&marking, findings, out)?;
    } else {
        datasets::write_marked_csv(&marking, findings, out)?;
    }
    Ok(())
}
