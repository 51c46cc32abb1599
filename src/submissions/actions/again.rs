//! Checking a file again that was checked before, under the rules and references
//! of today. The old result stays: the check is a version of its own.

use serde_json::json;

use super::super::jobs::CHECK;
use super::super::model::{SubmissionId, SubmissionVersion};
use super::super::queries::{again, change, find};
use crate::accounts::{Account, Scope};
use crate::audit::{self, Entry};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::jobs;

/// Why a file was not checked again.
#[derive(Debug, thiserror::Error)]
pub enum CheckAgainError {
    /// Out of reach.
    #[error("no such version")]
    NotFound,
    /// Its check has not come to a result.
    #[error("the version was not checked yet")]
    NotChecked,
    /// BKN has it.
    #[error("the version was sent")]
    Sent,
    /// A later version has taken its place.
    #[error("there is a later version")]
    Overtaken,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Checks the file of the last version of a submission again, as a new version
/// with the same file. A repeated form leads to the first one.
///
/// # Errors
/// See [`CheckAgainError`].
pub fn check_again(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
    (by, form_key): (&Account, &str),
    now: Moment,
) -> Result<(SubmissionId, i32), CheckAgainError> {
    change::hold_submission(conn, submission)?;
    let dossier = find::dossier(conn, scope, submission, number)?;
    let dossier = dossier.ok_or(CheckAgainError::NotFound)?;
    if let Some(before) = find::by_form_key(conn, form_key, by.id)? {
        return Ok(before);
    }
    let old = &dossier.version;
    if old.sent_at.is_some() {
        return Err(CheckAgainError::Sent);
    }
    if old.checked_at.is_none() {
        return Err(CheckAgainError::NotChecked);
    }
    if again::last_number(conn, submission)? != Some(number) {
        return Err(CheckAgainError::Overtaken);
    }
    let file = old.file_id;
    let new = SubmissionVersion::uploaded(submission, number + 1, file, form_key, by.id, now);
    change::insert_version(conn, &new)?;
    again::note(conn, new.id, number)?;
    jobs::enqueue(conn, CHECK, &new.id.to_string(), now)?;
    let entry = Entry {
        actor: by.id.to_string(),
        institution: Some(dossier.institution.id.to_string()),
        action: "submissions.checked_again",
        subject: ("submission", submission.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": new.version, "of": number,
        }),
    };
    audit::record(conn, entry, now)?;
    Ok((submission, new.version))
}
