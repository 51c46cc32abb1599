//! Recording an agreement and mending its record.

use diesel::result::{DatabaseErrorKind, Error};

use super::entry;
use crate::accounts::Scope;
use crate::agreements::model::{Agreement, AgreementDetails, AgreementId};
use crate::agreements::queries;
use crate::audit;
use crate::institutions::{self, InstitutionId, InstitutionKind};
use crate::platform::{clock::Moment, db::DbConn};

/// Why an agreement is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// There is no such partner.
    #[error("no such partner")]
    NoPartner,
    /// Another agreement has BKN's number.
    #[error("BKN's number is on record already")]
    NumberTaken,
    /// The agreement before it is another partner's, or not an earlier one.
    #[error("the agreement does not follow that one")]
    NotItsPredecessor,
    /// The database's.
    #[error(transparent)]
    Database(Error),
}

impl From<Error> for RecordError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::NumberTaken,
            error => Self::Database(error),
        }
    }
}

/// Records an agreement with a partner. The same record posted again leads to
/// the first.
///
/// # Errors
/// Why it is refused.
pub fn record(
    conn: &mut DbConn,
    partner: InstitutionId,
    details: AgreementDetails,
    actor: &str,
    now: Moment,
) -> Result<AgreementId, RecordError> {
    let found = institutions::find(conn, partner)?;
    if found.is_none_or(|found| found.kind != InstitutionKind::Partner) {
        return Err(RecordError::NoPartner);
    }
    if let Some(first) = queries::by_bkn_number(conn, &details.bkn_number)? {
        let same = first.institution_id == partner && AgreementDetails::from(&first) == details;
        return if same {
            Ok(first.id)
        } else {
            Err(RecordError::NumberTaken)
        };
    }
    let agreement = details.into_agreement(partner, actor, now);
    if !follows_its_predecessor(conn, &agreement)? {
        return Err(RecordError::NotItsPredecessor);
    }
    queries::insert(conn, &agreement)?;
    let subject = ("agreement", agreement.id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.recorded",
        subject,
        agreement.facts(),
    );
    audit::record(conn, entry, now)?;
    Ok(agreement.id)
}

/// Why an agreement's record is not mended.
#[derive(Debug, thiserror::Error)]
pub enum AmendError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// As when it is recorded.
    #[error(transparent)]
    Refused(#[from] RecordError),
}

impl From<Error> for AmendError {
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}

/// Mends the record of an agreement.
///
/// # Errors
/// Why it is refused.
pub fn amend(
    conn: &mut DbConn,
    id: AgreementId,
    details: AgreementDetails,
    actor: &str,
    now: Moment,
) -> Result<(), AmendError> {
    let before = queries::lock(conn, id)?.ok_or(AmendError::NotFound)?;
    let after = details.applied_to(&before);
    if before == after {
        return Ok(());
    }
    let holder = queries::by_bkn_number(conn, &after.bkn_number)?;
    if holder.is_some_and(|holder| holder.id != id) {
        return Err(RecordError::NumberTaken.into());
    }
    if !follows_its_predecessor(conn, &after)? {
        return Err(RecordError::NotItsPredecessor.into());
    }
    queries::update(conn, &after)?;
    let changes = audit::changes(&before.facts(), &after.facts());
    let subject = ("agreement", id.to_string());
    let entry = entry(actor, &after, "agreement.amended", subject, changes);
    audit::record(conn, entry, now)?;
    Ok(())
}

/// An agreement follows one of the same partner that was signed before it,
/// which also keeps the line of agreements from running in a circle.
fn follows_its_predecessor(conn: &mut DbConn, agreement: &Agreement) -> Result<bool, Error> {
    let Some(before) = agreement.succeeds_id else {
        return Ok(true);
    };
    let before = queries::find(conn, Scope::portal(), before)?;
    Ok(before.is_some_and(|before| {
        before.institution_id == agreement.institution_id && before.signed_on < agreement.signed_on
    }))
}
