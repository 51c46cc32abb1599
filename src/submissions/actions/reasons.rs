//! Confirming warnings with a reason, which then holds for the same record,
//! rule and value in every later file under the agreement.

use diesel::QueryResult;
use serde_json::json;

use super::super::model::{SubmissionId, WarningReason};
use super::super::queries::confirmed::{self, Given};
use super::super::queries::find::{self, Dossier};
use crate::accounts::{Account, Scope};
use crate::audit::{self, Entry};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Why reasons were not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// Out of reach.
    #[error("no such version")]
    NotFound,
    /// It is not checked, or was sent.
    #[error("the version takes no reasons now")]
    Closed,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Gives warnings in single rows their reasons, each by the place of its
/// finding: at most a page of them. How many were taken; one that has a reason
/// keeps it.
///
/// # Errors
/// See [`ConfirmError`].
pub fn confirm(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
    reasons: &[(i64, String)],
    (by, now): (&Account, Moment),
) -> Result<usize, ConfirmError> {
    let found = find::dossier(conn, scope, submission, number)?;
    let dossier = found.ok_or(ConfirmError::NotFound)?;
    if !dossier.version.was_read() || dossier.version.sent_at.is_some() {
        return Err(ConfirmError::Closed);
    }
    let mut taken = 0;
    for (position, reason) in reasons {
        let given = Given {
            reason: reason.trim(),
            by: by.id,
            now,
        };
        taken += confirmed::confirm_one(conn, &dossier, *position, given)?;
    }
    record(conn, &dossier, taken, (by, now))?;
    Ok(taken)
}

/// Gives every warning of these kinds its reason; where one was given for the
/// row before, that stays.
pub(super) fn confirm_kinds(
    conn: &mut DbConn,
    dossier: &Dossier,
    reasons: &[WarningReason],
    (by, now): (&Account, Moment),
) -> QueryResult<()> {
    reasons.iter().try_for_each(|kind| {
        let given = Given {
            reason: &kind.reason,
            by: by.id,
            now,
        };
        confirmed::confirm_kind(conn, dossier, (&kind.code, &kind.field), given).map(drop)
    })
}

fn record(
    conn: &mut DbConn,
    dossier: &Dossier,
    reasons: usize,
    (by, now): (&Account, Moment),
) -> QueryResult<()> {
    let entry = Entry {
        actor: by.id.to_string(),
        institution: Some(dossier.institution.id.to_string()),
        action: "submissions.warnings_confirmed",
        subject: ("submission", dossier.submission.id.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": dossier.version.version,
            "reasons": reasons,
        }),
    };
    audit::record(conn, entry, now)
}
