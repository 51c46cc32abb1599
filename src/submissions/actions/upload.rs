//! Taking an uploaded file in: a new submission, or a new version of one.

use chrono::Datelike;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use serde_json::json;

use super::super::jobs::CHECK;
use super::super::model::{Submission, SubmissionId, SubmissionVersion, half_of};
use super::super::queries::{change, find, grants};
use crate::accounts::{Account, Scope};
use crate::agreements::AgreementId;
use crate::audit::{self, Entry};
use crate::deliveries::DeliveryId;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::files::StoredFile;
use crate::platform::{counters, jobs};

/// A file that was kept, and who brought it.
#[derive(Debug, Clone)]
pub struct NewUpload {
    /// The file.
    pub file: StoredFile,
    /// The form's one-time key.
    pub form_key: String,
    /// Whether it holds only rows that were mended.
    pub mends: bool,
    /// Who uploaded it.
    pub by: Account,
}

/// Why a file was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// Out of reach, or not granted.
    #[error("no such submission or grant")]
    NotFound,
    /// The agreement is over, and the file answers no delivery under it.
    #[error("the agreement is not in force")]
    NotInForce,
    /// The delivery is not one that waits for an answer.
    #[error("not an open delivery of this agreement")]
    UnknownDelivery,
    /// The same content came before, as this version.
    #[error("the same content came before")]
    SameContent {
        /// Where it is.
        submission: SubmissionId,
        /// Its number.
        number: String,
        /// Its version.
        version: i32,
    },
    /// There is no version into which mended rows could be merged.
    #[error("nothing to merge mended rows into")]
    NothingToMend,
    /// BKN has taken over every row: what follows is a new submission.
    #[error("everything was taken over")]
    TakenOver,
    /// The same form came before.
    #[error("the form was posted before")]
    Repeated,
    /// The database's.
    #[error(transparent)]
    Database(DieselError),
}

impl From<DieselError> for UploadError {
    /// The form's key and the version's number are unique: two at once.
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Repeated,
            error => Self::Database(error),
        }
    }
}

/// Begins a submission with its first version and queues the check.
///
/// # Errors
/// See [`UploadError`].
pub fn begin(
    conn: &mut DbConn,
    scope: Scope,
    (agreement, dataset, delivery): (AgreementId, &str, Option<DeliveryId>),
    upload: &NewUpload,
    now: Moment,
) -> Result<(SubmissionId, i32), UploadError> {
    let today = now.jakarta_date();
    let (agreement, _) =
        grants::one(conn, scope, (agreement, dataset), today)?.ok_or(UploadError::NotFound)?;
    if !agreement.is_in_force(today) && delivery.is_none() {
        return Err(UploadError::NotInForce);
    }
    if let Some(delivery) = delivery {
        let open = grants::unanswered_deliveries(conn, scope, half_of(dataset))?;
        let is_open =
            |d: &crate::deliveries::Delivery| d.id == delivery && d.agreement_id == agreement.id;
        if !open.iter().any(is_open) {
            return Err(UploadError::UnknownDelivery);
        }
    }
    let of = (agreement.institution_id, agreement.id, dataset);
    // Before the key: what the first click commits in between is then seen as
    // the repetition that it is.
    let same_content = refuse_same_content(conn, of, upload);
    if find::by_form_key(conn, &upload.form_key, upload.by.id)?.is_some() {
        return Err(UploadError::Repeated);
    }
    same_content?;
    let sequence = counters::next(conn, &format!("submissions.{}", today.year()))?;
    let submission = Submission {
        id: SubmissionId::generate(),
        number: Submission::number_of(today.year(), sequence),
        institution_id: agreement.institution_id,
        agreement_id: agreement.id,
        dataset: dataset.to_owned(),
        delivery_id: delivery,
        created_by: upload.by.id,
        created_at: now,
    };
    change::insert_submission(conn, &submission)?;
    take_in(conn, &submission, (1, None), upload, now)
}

/// Adds a version to a submission and queues its check.
///
/// # Errors
/// See [`UploadError`].
pub fn add_version(
    conn: &mut DbConn,
    scope: Scope,
    id: SubmissionId,
    upload: &NewUpload,
    now: Moment,
) -> Result<(SubmissionId, i32), UploadError> {
    let submission = find::submission(conn, scope, id)?.ok_or(UploadError::NotFound)?;
    change::hold_submission(conn, id)?;
    if find::by_form_key(conn, &upload.form_key, upload.by.id)?.is_some() {
        return Err(UploadError::Repeated);
    }
    let versions = find::versions_of(conn, id)?;
    if versions.iter().any(|(version, _)| version.is_complete()) {
        return Err(UploadError::TakenOver);
    }
    let of = (
        submission.institution_id,
        submission.agreement_id,
        submission.dataset.as_str(),
    );
    refuse_same_content(conn, of, upload)?;
    let last = versions.iter().map(|(version, _)| version.version).max();
    let base = base_of(&versions, upload)?;
    refuse_same_part(conn, &submission, (&versions, base), upload)?;
    let number = last.unwrap_or(0) + 1;
    take_in(conn, &submission, (number, base), upload, now)
}

/// The version that mended rows are merged into; none for a whole file.
fn base_of(
    versions: &[(SubmissionVersion, StoredFile)],
    upload: &NewUpload,
) -> Result<Option<i32>, UploadError> {
    if !upload.mends {
        return Ok(None);
    }
    let versions = versions.iter().map(|(version, _)| version);
    let base = SubmissionVersion::to_be_mended(versions).ok_or(UploadError::NothingToMend)?;
    Ok(Some(base.version))
}

/// The version into which mended rows would be merged may be the one that has
/// just these in it.
fn refuse_same_part(
    conn: &mut DbConn,
    submission: &Submission,
    (versions, base): (&[(SubmissionVersion, StoredFile)], Option<i32>),
    upload: &NewUpload,
) -> Result<(), UploadError> {
    let mut versions = versions.iter().map(|(version, _)| version);
    let base = versions.find(|version| Some(version.version) == base);
    let Some((base, part)) = base.and_then(|base| Some((base, base.part_file_id?))) else {
        return Ok(());
    };
    if StoredFile::find(conn, part)?.sha256 != upload.file.sha256 {
        return Ok(());
    }
    Err(UploadError::SameContent {
        submission: submission.id,
        number: submission.number.clone(),
        version: base.version,
    })
}

fn refuse_same_content(
    conn: &mut DbConn,
    of: (crate::institutions::InstitutionId, AgreementId, &str),
    upload: &NewUpload,
) -> Result<(), UploadError> {
    match find::same_content(conn, of, &upload.file.sha256)? {
        None => Ok(()),
        Some((submission, number, version)) => Err(UploadError::SameContent {
            submission,
            number,
            version,
        }),
    }
}

fn take_in(
    conn: &mut DbConn,
    submission: &Submission,
    (number, base): (i32, Option<i32>),
    upload: &NewUpload,
    now: Moment,
) -> Result<(SubmissionId, i32), UploadError> {
    upload.file.insert(conn)?;
    let mut version = SubmissionVersion::uploaded(
        submission.id,
        number,
        upload.file.id,
        &upload.form_key,
        upload.by.id,
        now,
    );
    version.merges_into = base;
    change::insert_version(conn, &version)?;
    jobs::enqueue(conn, CHECK, &version.id.to_string(), now)?;
    let entry = Entry {
        actor: upload.by.id.to_string(),
        institution: Some(submission.institution_id.to_string()),
        action: "submissions.uploaded",
        subject: ("submission", submission.id.to_string()),
        detail: json!({
            "number": submission.number, "version": number, "dataset": submission.dataset,
            "sha256": upload.file.sha256, "size": upload.file.size, "mends": base,
        }),
    };
    audit::record(conn, entry, now)?;
    Ok((submission.id, number))
}
