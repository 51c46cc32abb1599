//! Granting data sets and taking grants back.

use super::entry;
use crate::agreements::model::{AgreementId, GrantDetails, GrantId};
use crate::agreements::queries;
use crate::audit;
use crate::platform::{clock::Moment, db::DbConn};

/// Why a data set is not granted.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// It is granted already, this way.
    #[error("granted already")]
    Granted,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Grants a data set, one way. The same grant posted again changes nothing.
///
/// # Errors
/// Why it is refused.
pub fn grant(
    conn: &mut DbConn,
    of: AgreementId,
    details: GrantDetails,
    actor: &str,
    now: Moment,
) -> Result<GrantId, GrantError> {
    let agreement = queries::lock(conn, of)?.ok_or(GrantError::NotFound)?;
    let grant = details.into_grant(of);
    let others = queries::grants_of(conn, of)?;
    let held = others
        .iter()
        .find(|other| other.dataset == grant.dataset && other.direction == grant.direction);
    if let Some(held) = held {
        let same = held.facts() == grant.facts();
        return if same {
            Ok(held.id)
        } else {
            Err(GrantError::Granted)
        };
    }
    queries::insert_grant(conn, &grant)?;
    let subject = ("grant", grant.id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.dataset_granted",
        subject,
        grant.facts(),
    );
    audit::record(conn, entry, now)?;
    Ok(grant.id)
}

/// Takes a grant off the record. Taken back again, it stays taken back.
///
/// # Errors
/// When there is no such agreement (`NotFound`), and the database's.
pub fn revoke(
    conn: &mut DbConn,
    (of, id): (AgreementId, GrantId),
    actor: &str,
    now: Moment,
) -> Result<(), diesel::result::Error> {
    let agreement = queries::lock(conn, of)?.ok_or(diesel::result::Error::NotFound)?;
    let Some(grant) = queries::grant(conn, of, id)? else {
        return Ok(());
    };
    queries::delete_grant(conn, id)?;
    let subject = ("grant", id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.grant_removed",
        subject,
        grant.facts(),
    );
    audit::record(conn, entry, now)
}
