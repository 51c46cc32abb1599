//! Recording that a partner received data.

use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error};
use serde_json::json;

use crate::accounts::Scope;
use crate::agreements::{self, Agreement, AgreementId};
use crate::audit;
use crate::correspondence;
use crate::deliveries::mails;
use crate::deliveries::model::{Delivery, DeliveryId};
use crate::deliveries::queries::received as queries;
use crate::platform::{clock::Moment, db::DbConn};

/// What an officer states about a delivery.
#[derive(Debug, Clone)]
pub struct DeliveryDetails {
    /// What was given.
    pub description: String,
    /// The day on which the partner received it.
    pub received_on: NaiveDate,
    /// How the receipt is known.
    pub evidence: String,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why a delivery is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordDeliveryError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// The day of receipt lies ahead.
    #[error("received on a later day")]
    LiesAhead,
    /// The agreement did not hold on the day of receipt.
    #[error("received while the agreement did not hold")]
    OutsideAgreement,
    /// The same form came twice at once.
    #[error("posted twice at once")]
    PostedTwice,
    /// The database's.
    #[error(transparent)]
    Database(Error),
}

impl From<Error> for RecordDeliveryError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::PostedTwice,
            error => Self::Database(error),
        }
    }
}

/// Records a delivery and tells the partner. The same form posted again
/// changes nothing.
///
/// # Errors
/// Why it is refused.
pub fn record(
    conn: &mut DbConn,
    of: AgreementId,
    details: DeliveryDetails,
    actor: &str,
    now: Moment,
) -> Result<DeliveryId, RecordDeliveryError> {
    if let Some(first) = queries::by_form_key(conn, of, &details.form_key)? {
        return Ok(first.id);
    }
    let agreement = agreements::find(conn, Scope::portal(), of)?;
    let agreement = agreement.ok_or(RecordDeliveryError::NotFound)?;
    if details.received_on > now.jakarta_date() {
        return Err(RecordDeliveryError::LiesAhead);
    }
    if !agreement.is_in_force(details.received_on) {
        return Err(RecordDeliveryError::OutsideAgreement);
    }
    let delivery = details.into_delivery(of, actor, now);
    queries::insert(conn, &delivery)?;
    let entry = audit::Entry {
        actor: actor.to_owned(),
        institution: Some(agreement.institution_id.to_string()),
        action: "delivery.recorded",
        subject: ("delivery", delivery.id.to_string()),
        detail: json!({ "agreement": of.to_string(), "received_on": delivery.received_on }),
    };
    audit::record(conn, entry, now)?;
    tell(conn, &agreement, &delivery, now)?;
    Ok(delivery.id)
}

/// Tells the partner's correspondents and PICs of a receipt.
pub(super) fn tell(
    conn: &mut DbConn,
    agreement: &Agreement,
    delivery: &Delivery,
    now: Moment,
) -> Result<(), Error> {
    for addressee in agreements::partner_addressees(conn, agreement, now)? {
        let mail = mails::recorded(&addressee, agreement, delivery).map_err(unwritten)?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(())
}

impl DeliveryDetails {
    fn into_delivery(self, of: AgreementId, by: &str, now: Moment) -> Delivery {
        Delivery {
            id: DeliveryId::generate(),
            agreement_id: of,
            description: self.description,
            received_on: self.received_on,
            evidence: self.evidence,
            form_key: self.form_key,
            recorded_by: by.to_owned(),
            recorded_at: now,
        }
    }
}

/// A mail that cannot be written takes its deed back.
pub(super) fn unwritten(error: askama::Error) -> Error {
    Error::SerializationError(error.into())
}
