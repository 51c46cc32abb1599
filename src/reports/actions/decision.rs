//! Deciding on a filed report.

use serde_json::json;

use super::{entry, post};
use crate::accounts::{self, AccountId, Scope};
use crate::agreements::{self, Addressee, AgreementId};
use crate::audit;
use crate::platform::{clock::Moment, db::DbConn};
use crate::reports::model::{ReportDecision, ReportId};
use crate::reports::{mails, queries};

/// Why a decision is not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such report under this agreement.
    #[error("no such report")]
    NotFound,
    /// A report is not returned without a reason.
    #[error("no reason")]
    NoReason,
    /// Somebody decided before.
    #[error("decided already")]
    Decided,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Accepts a report or returns it with a reason, and tells who filed it.
///
/// # Errors
/// Why it is refused.
pub fn decide(
    conn: &mut DbConn,
    (of, id): (AgreementId, ReportId),
    (decision, reason): (ReportDecision, &str),
    by: AccountId,
    now: Moment,
) -> Result<(), DecideError> {
    if decision == ReportDecision::Returned && reason.trim().is_empty() {
        return Err(DecideError::NoReason);
    }
    let report = queries::report(conn, Scope::portal(), id)?
        .filter(|report| report.agreement_id == of)
        .ok_or(DecideError::NotFound)?;
    let agreement = agreements::find(conn, Scope::portal(), of)?.ok_or(DecideError::NotFound)?;
    let letter = queries::letter(conn, Scope::portal(), report.letter_id)?;
    let letter = letter.ok_or(DecideError::NotFound)?;
    if !queries::decide(conn, id, (decision, reason), by, now)? {
        return Err(DecideError::Decided);
    }
    let action = match decision {
        ReportDecision::Accepted => "report.accepted",
        ReportDecision::Returned => "report.returned",
    };
    let detail = json!({ "letter": letter.id.to_string() });
    let subject = ("report", id.to_string());
    audit::record(
        conn,
        entry(&by.to_string(), &agreement, action, subject, detail),
        now,
    )?;
    let filer = accounts::find_open(conn, report.filed_by)?;
    if let Some(filer) = filer {
        let filer = Addressee::from(filer);
        post(
            conn,
            mails::decided(&filer, &agreement, &letter, (decision, reason)),
            now,
        )?;
    }
    Ok(())
}
