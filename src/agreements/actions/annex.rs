//! Granting data sets and taking grants back.

use chrono::NaiveDate;
use diesel::QueryResult;

use super::entry;
use crate::agreements::model::{AgreementId, Grant, GrantDetails, GrantId};
use crate::agreements::queries;
use crate::audit;
use crate::platform::{clock::Moment, db::DbConn};

/// Why a data set is not granted.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// It is granted already; only an addendum changes that.
    #[error("granted already, and no addendum is named")]
    AddendumMissing,
    /// The version that it is to follow begins on this day or later.
    #[error("the version before begins on {0}")]
    NotLater(NaiveDate),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Grants a data set, one way; where it is granted already, an addendum makes
/// a later version of the grant. The same grant posted again changes nothing.
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
    let mut versions = queries::grants_of(conn, of)?;
    versions.retain(|other| other.is_version_of(&grant));
    if let Some(held) = versions.iter().find(|held| held.facts() == grant.facts()) {
        return Ok(held.id);
    }
    if let Some(latest) = versions.iter().map(|version| version.valid_from).max() {
        if grant.addendum.is_none() {
            return Err(GrantError::AddendumMissing);
        }
        if grant.valid_from <= latest {
            return Err(GrantError::NotLater(latest));
        }
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

/// Asks whether data went either way under a grant, from its first day until the
/// day on which the next version begins. What answers stands above this concept
/// and is put in its place where the program is composed.
#[derive(Clone, Copy)]
pub struct UseOf(pub fn(&mut DbConn, &Grant, Option<NaiveDate>) -> QueryResult<bool>);

/// Why a grant stays on the record.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// Data went under it: it is why they might.
    #[error("data went under it")]
    Used,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Takes a grant off the record under which no data went. Taken back again, it
/// stays taken back.
///
/// # Errors
/// Why it stays.
pub fn revoke(
    conn: &mut DbConn,
    (of, id): (AgreementId, GrantId),
    is_used: UseOf,
    actor: &str,
    now: Moment,
) -> Result<(), RevokeError> {
    let agreement = queries::lock(conn, of)?.ok_or(RevokeError::NotFound)?;
    let Some(grant) = queries::grant(conn, of, id)? else {
        return Ok(());
    };
    let later = queries::grants_of(conn, of)?.into_iter();
    let later = later.filter(|other| other.is_version_of(&grant));
    let later = later.map(|other| other.valid_from);
    let until = later.filter(|day| *day > grant.valid_from).min();
    if (is_used.0)(conn, &grant, until)? {
        return Err(RevokeError::Used);
    }
    queries::delete_grant(conn, id)?;
    let subject = ("grant", id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.grant_removed",
        subject,
        grant.facts(),
    );
    Ok(audit::record(conn, entry, now)?)
}
