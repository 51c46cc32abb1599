//! Recording a request letter and its receipt.

use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error};
use serde_json::{Value, json};

use super::{entry, post};
use crate::accounts::Scope;
use crate::agreements::{self, AgreementId};
use crate::audit;
use crate::platform::{clock::Moment, db::DbConn};
use crate::reports::model::{LetterDateFault, LetterDates, LetterId, RequestLetter};
use crate::reports::{mails, queries};

/// What an officer states about a letter.
#[derive(Debug, Clone)]
pub struct LetterDetails {
    /// BKN's number of the letter.
    pub number: String,
    /// Its dates.
    pub dates: LetterDates,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why a letter is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordLetterError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// A letter under this agreement has the number.
    #[error("the number is on record already")]
    NumberTaken,
    /// A date cannot be.
    #[error("impossible dates: {0:?}")]
    Dates(Vec<LetterDateFault>),
    /// The same form came twice at once.
    #[error("posted twice at once")]
    PostedTwice,
    /// The database's.
    #[error(transparent)]
    Database(Error),
}

impl From<Error> for RecordLetterError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::PostedTwice,
            error => Self::Database(error),
        }
    }
}

/// Records a letter and tells the partner. The same form posted again changes
/// nothing.
///
/// # Errors
/// Why it is refused.
pub fn record_letter(
    conn: &mut DbConn,
    of: AgreementId,
    details: LetterDetails,
    actor: &str,
    now: Moment,
) -> Result<LetterId, RecordLetterError> {
    let agreement = agreements::find(conn, Scope::portal(), of)?;
    let agreement = agreement.ok_or(RecordLetterError::NotFound)?;
    let letters = queries::letters_of(conn, Scope::portal(), of)?;
    if let Some(first) = letters
        .iter()
        .find(|other| other.form_key == details.form_key)
    {
        return Ok(first.id);
    }
    if letters.iter().any(|other| other.number == details.number) {
        return Err(RecordLetterError::NumberTaken);
    }
    let faults = details
        .dates
        .faults(agreement.signed_on, now.jakarta_date());
    if !faults.is_empty() {
        return Err(RecordLetterError::Dates(faults));
    }
    let letter = details.into_letter(of, actor, now);
    queries::insert_letter(conn, &letter)?;
    let (subject, detail) = (("letter", letter.id.to_string()), facts(&letter));
    let entry = entry(actor, &agreement, "report.requested", subject, detail);
    audit::record(conn, entry, now)?;
    for addressee in agreements::partner_addressees(conn, &agreement, now)? {
        post(conn, mails::asked(&addressee, &agreement, &letter), now)?;
    }
    Ok(letter.id)
}

/// Why a letter's receipt is not noted.
#[derive(Debug, thiserror::Error)]
pub enum NoteReceiptError {
    /// There is no such letter under this agreement.
    #[error("no such letter")]
    NotFound,
    /// A date cannot be.
    #[error("impossible dates: {0:?}")]
    Dates(Vec<LetterDateFault>),
    /// The database's.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Notes when a letter was delivered and when the addressee confirmed it.
///
/// # Errors
/// Why it is refused.
pub fn note_receipt(
    conn: &mut DbConn,
    (of, id): (AgreementId, LetterId),
    (delivered_on, confirmed_on): (Option<NaiveDate>, Option<NaiveDate>),
    actor: &str,
    now: Moment,
) -> Result<(), NoteReceiptError> {
    queries::lock_letter(conn, id)?;
    let before = queries::letter(conn, Scope::portal(), id)?
        .filter(|letter| letter.agreement_id == of)
        .ok_or(NoteReceiptError::NotFound)?;
    let agreement = agreements::find(conn, Scope::portal(), of)?;
    let agreement = agreement.ok_or(NoteReceiptError::NotFound)?;
    let mut after = before.clone();
    after.delivered_on = delivered_on;
    after.confirmed_on = confirmed_on;
    if after == before {
        return Ok(());
    }
    let dates = LetterDates::from(&after);
    let faults = dates.faults(agreement.signed_on, now.jakarta_date());
    if !faults.is_empty() {
        return Err(NoteReceiptError::Dates(faults));
    }
    queries::set_receipt(conn, id, &dates)?;
    let changes = audit::changes(&facts(&before), &facts(&after));
    let subject = ("letter", id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "report.request_receipt_noted",
        subject,
        changes,
    );
    audit::record(conn, entry, now)?;
    Ok(())
}

impl LetterDetails {
    fn into_letter(self, of: AgreementId, by: &str, now: Moment) -> RequestLetter {
        RequestLetter {
            id: LetterId::generate(),
            agreement_id: of,
            number: self.number,
            sent_on: self.dates.sent_on,
            delivered_on: self.dates.delivered_on,
            confirmed_on: self.dates.confirmed_on,
            form_key: self.form_key,
            recorded_by: by.to_owned(),
            recorded_at: now,
        }
    }
}

fn facts(letter: &RequestLetter) -> Value {
    json!({
        "number": letter.number,
        "sent_on": letter.sent_on,
        "delivered_on": letter.delivered_on,
        "confirmed_on": letter.confirmed_on,
    })
}
