//! Ending an agreement before its term is over.

use chrono::NaiveDate;

use super::entry;
use crate::agreements::model::{Agreement, AgreementId};
use crate::agreements::{mails, partner_addressees, queries};
use crate::platform::{clock::Moment, db::DbConn};
use crate::{audit, correspondence};

/// What both sides agreed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The last day on which the agreement holds.
    pub last_day: NaiveDate,
    /// Why, as the partner reads it.
    pub reason: String,
}

/// Why an agreement is not ended.
#[derive(Debug, thiserror::Error)]
pub enum EndAgreementError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// It is over already.
    #[error("the agreement is over")]
    Over,
    /// The day lies before the signing, or not before the agreed end.
    #[error("the day lies outside the term")]
    OutsideTerm,
    /// The mail could not be written.
    #[error("mail: {0}")]
    Mail(#[from] askama::Error),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Ends an agreement early and tells the partner. The same posted again
/// changes nothing; another day takes the place of the first.
///
/// # Errors
/// Why it is refused.
pub fn end_agreement(
    conn: &mut DbConn,
    id: AgreementId,
    ending: &Ending,
    actor: &str,
    now: Moment,
) -> Result<(), EndAgreementError> {
    let before = queries::lock(conn, id)?.ok_or(EndAgreementError::NotFound)?;
    if before.ended_on == Some(ending.last_day) {
        return Ok(());
    }
    if before.last_day() < now.jakarta_date() {
        return Err(EndAgreementError::Over);
    }
    if !before.may_end_on(ending.last_day) {
        return Err(EndAgreementError::OutsideTerm);
    }
    queries::end(conn, id, ending.last_day)?;
    tell(conn, &before, ending, now)?;
    let subject = ("agreement", id.to_string());
    let detail = serde_json::json!({
        "last_day": { "before": before.last_day(), "after": ending.last_day },
        "reason": ending.reason,
    });
    let entry = entry(actor, &before, "agreement.ended", subject, detail);
    audit::record(conn, entry, now)?;
    Ok(())
}

fn tell(
    conn: &mut DbConn,
    agreement: &Agreement,
    ending: &Ending,
    now: Moment,
) -> Result<(), EndAgreementError> {
    for addressee in partner_addressees(conn, agreement, now)? {
        let mail = mails::ended(&addressee, agreement, ending)?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(())
}
