//! Recording partners.

use diesel::result::{DatabaseErrorKind, Error};

use super::model::{Institution, InstitutionDetails, InstitutionId, InstitutionKind};
use super::queries;
use crate::audit::{self, Entry};
use crate::platform::{clock::Moment, db::DbConn};

/// Why an institution is not recorded, or its record not mended.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// There is no such partner.
    #[error("no such partner")]
    NotFound,
    /// Another institution has the name.
    #[error("the name is on record already")]
    NameTaken,
    /// The database's.
    #[error(transparent)]
    Database(Error),
}

impl From<Error> for RecordError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::NameTaken,
            error => Self::Database(error),
        }
    }
}

/// Records a partner. The same record posted again leads to the first.
///
/// # Errors
/// Why it is refused.
pub fn record(
    conn: &mut DbConn,
    details: InstitutionDetails,
    actor: &str,
    now: Moment,
) -> Result<InstitutionId, RecordError> {
    if let Some(first) = queries::by_name(conn, &details.name)? {
        let same = InstitutionDetails::from(&first) == details;
        return if same {
            Ok(first.id)
        } else {
            Err(RecordError::NameTaken)
        };
    }
    let InstitutionDetails {
        name,
        short_name,
        reference_code,
    } = details;
    let partner = Institution::partner(&name, &short_name, reference_code, now);
    queries::insert(conn, &partner)?;
    let entry = entry(actor, &partner, "institution.recorded", partner.facts());
    audit::record(conn, entry, now)?;
    Ok(partner.id)
}

/// Mends the record of a partner.
///
/// # Errors
/// Why it is refused.
pub fn amend(
    conn: &mut DbConn,
    id: InstitutionId,
    details: InstitutionDetails,
    actor: &str,
    now: Moment,
) -> Result<(), RecordError> {
    let found = queries::find(conn, id)?;
    let before = found
        .filter(|found| found.kind == InstitutionKind::Partner)
        .ok_or(RecordError::NotFound)?;
    if InstitutionDetails::from(&before) == details {
        return Ok(());
    }
    let holder = queries::by_name(conn, &details.name)?;
    if holder.is_some_and(|holder| holder.id != id) {
        return Err(RecordError::NameTaken);
    }
    let after = details.applied_to(&before);
    queries::update(conn, &after)?;
    let changes = audit::changes(&before.facts(), &after.facts());
    audit::record(
        conn,
        entry(actor, &after, "institution.amended", changes),
        now,
    )?;
    Ok(())
}

fn entry(
    actor: &str,
    partner: &Institution,
    action: &'static str,
    detail: serde_json::Value,
) -> Entry {
    Entry {
        actor: actor.to_owned(),
        institution: Some(partner.id.to_string()),
        action,
        subject: ("institution", partner.id.to_string()),
        detail,
    }
}
