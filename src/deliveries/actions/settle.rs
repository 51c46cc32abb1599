//! What becomes of a publication on BKN's side: made, given up, tried again,
//! taken back.

use diesel::result::Error;
use serde_json::json;

use super::entry;
use super::record::unwritten;
use crate::accounts::Scope;
use crate::agreements;
use crate::audit::{self, SYSTEM};
use crate::correspondence;
use crate::deliveries::jobs::MAKE;
use crate::deliveries::mails;
use crate::deliveries::model::{Contents, DeliveryId, PublicationState};
use crate::deliveries::queries::publications::{self as queries, Dossier};
use crate::disclosures;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::files::StoredFile;
use crate::platform::jobs;

/// Why a publication stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// There is no such publication.
    #[error("no such publication")]
    NotFound,
    /// The partner has it, or it was taken back before.
    #[error("received or withdrawn")]
    TooLate,
    /// Its file is there, or is being made.
    #[error("not given up")]
    NotFailed,
    /// The database's.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Puts a finished file in its place and tells the partner; whether it did:
/// what was taken back meanwhile stays so.
///
/// # Errors
/// The database's.
pub fn complete(
    conn: &mut DbConn,
    id: DeliveryId,
    (file, holds): (&StoredFile, Contents),
    now: Moment,
) -> Result<bool, Error> {
    file.insert(conn)?;
    if queries::set_file(conn, id, (file.id, holds), now)? == 0 {
        return Ok(false);
    }
    let dossier = queries::dossier(conn, Scope::portal(), id)?.ok_or(Error::NotFound)?;
    let (publication, agreement, _) = &dossier;
    let detail = json!({
        "rows": holds.rows,
        "people": holds.people,
        "data_as_of": holds.day,
        "sha256": file.sha256,
    });
    let of = (publication, agreement);
    audit::record(conn, entry(SYSTEM, of, "delivery.made", detail), now)?;
    for addressee in agreements::partner_addressees(conn, agreement, now)? {
        let mail = mails::available(&addressee, agreement, publication).map_err(unwritten)?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(true)
}

/// Notes that making the file was given up.
///
/// # Errors
/// The database's.
pub fn give_up(conn: &mut DbConn, id: DeliveryId, now: Moment) -> Result<(), Error> {
    if queries::set_failed(conn, id, now)? == 0 {
        return Ok(());
    }
    let found = queries::dossier(conn, Scope::portal(), id)?;
    let (publication, agreement, _) = found.ok_or(Error::NotFound)?;
    let of = (&publication, &agreement);
    audit::record(conn, entry(SYSTEM, of, "delivery.failed", json!({})), now)
}

/// Has a file made that was given up.
///
/// # Errors
/// Why not.
pub fn make_again(
    conn: &mut DbConn,
    (scope, id): (Scope, DeliveryId),
    actor: &str,
    now: Moment,
) -> Result<Dossier, SettleError> {
    let dossier = queries::dossier(conn, scope, id)?.ok_or(SettleError::NotFound)?;
    if dossier.0.state() != PublicationState::Failed {
        return Err(SettleError::NotFailed);
    }
    if queries::try_again(conn, id)? == 0 {
        return Err(SettleError::NotFailed);
    }
    jobs::enqueue(conn, MAKE, &id.to_string(), now)?;
    let of = (&dossier.0, &dossier.1);
    audit::record(
        conn,
        entry(actor, of, "delivery.made_again", json!({})),
        now,
    )?;
    Ok(dossier)
}

/// Takes a publication back that nobody has received. The partner is told
/// where it was told of the publication.
///
/// # Errors
/// Why not.
pub fn withdraw(
    conn: &mut DbConn,
    (scope, id): (Scope, DeliveryId),
    (actor, reason): (&str, &str),
    now: Moment,
) -> Result<Dossier, SettleError> {
    if queries::dossier(conn, scope, id)?.is_none() {
        return Err(SettleError::NotFound);
    }
    if queries::withdraw(conn, id, (actor, reason), now)? == 0 {
        return Err(SettleError::TooLate);
    }
    // As it stands now: the file may have been put in its place just before.
    let dossier = queries::dossier(conn, scope, id)?.ok_or(SettleError::NotFound)?;
    let (publication, agreement, _) = &dossier;
    if let Some(disclosure) = publication.disclosure_id {
        disclosures::withdraw(conn, disclosure, now)?;
    }
    let of = (publication, agreement);
    let detail = json!({ "reason": reason });
    audit::record(conn, entry(actor, of, "delivery.withdrawn", detail), now)?;
    if publication.made_at.is_some() {
        for addressee in agreements::partner_addressees(conn, agreement, now)? {
            let mail = mails::withdrawn(&addressee, agreement, (publication, reason));
            correspondence::post(conn, &mail.map_err(unwritten)?, now)?;
        }
    }
    Ok(dossier)
}
