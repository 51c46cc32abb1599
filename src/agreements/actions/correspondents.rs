//! Naming whom to write to, and ending that.

use chrono::NaiveDate;

use super::entry;
use crate::agreements::model::{AgreementId, CorrespondentDetails, CorrespondentId};
use crate::agreements::queries;
use crate::audit;
use crate::platform::{clock::Moment, db::DbConn};

/// Why a correspondent is not named.
#[derive(Debug, thiserror::Error)]
pub enum NameCorrespondentError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// That side has this address already, still in force.
    #[error("named already")]
    Named,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Names a correspondent. The same posted again changes nothing.
///
/// # Errors
/// Why it is refused.
pub fn name_correspondent(
    conn: &mut DbConn,
    of: AgreementId,
    details: CorrespondentDetails,
    actor: &str,
    now: Moment,
) -> Result<CorrespondentId, NameCorrespondentError> {
    let agreement = queries::lock(conn, of)?.ok_or(NameCorrespondentError::NotFound)?;
    let named = details.into_correspondent(of);
    let others = queries::correspondents_of(conn, of)?;
    let held = others.iter().find(|other| {
        other.side == named.side
            && other.email.eq_ignore_ascii_case(&named.email)
            && other.valid_until.is_none()
    });
    if let Some(held) = held {
        let same = held.facts() == named.facts();
        return if same {
            Ok(held.id)
        } else {
            Err(NameCorrespondentError::Named)
        };
    }
    queries::insert_correspondent(conn, &named)?;
    let subject = ("correspondent", named.id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.correspondent_named",
        subject,
        named.facts(),
    );
    audit::record(conn, entry, now)?;
    Ok(named.id)
}

/// Why a correspondent is not ended.
#[derive(Debug, thiserror::Error)]
pub enum EndCorrespondentError {
    /// There is no such correspondent of this agreement.
    #[error("no such correspondent")]
    NotFound,
    /// The last day lies before the first.
    #[error("ends before it begins")]
    BeforeItBegins,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Sets the last day of a correspondent.
///
/// # Errors
/// Why it is refused.
pub fn end_correspondent(
    conn: &mut DbConn,
    (of, id): (AgreementId, CorrespondentId),
    last_day: NaiveDate,
    actor: &str,
    now: Moment,
) -> Result<(), EndCorrespondentError> {
    let agreement = queries::lock(conn, of)?.ok_or(EndCorrespondentError::NotFound)?;
    let before = queries::correspondent(conn, of, id)?.ok_or(EndCorrespondentError::NotFound)?;
    if last_day < before.valid_from {
        return Err(EndCorrespondentError::BeforeItBegins);
    }
    if before.valid_until == Some(last_day) {
        return Ok(());
    }
    queries::end_correspondent(conn, id, last_day)?;
    let mut after = before.clone();
    after.valid_until = Some(last_day);
    let changes = audit::changes(&before.facts(), &after.facts());
    let subject = ("correspondent", id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.correspondent_ended",
        subject,
        changes,
    );
    audit::record(conn, entry, now)?;
    Ok(())
}
