//! The partner's side: fetching a file, confirming its receipt.

use diesel::result::Error;
use serde_json::json;

use super::entry;
use super::record::tell;
use crate::accounts::{Account, Scope};
use crate::agreements::{self, AgreementId, Direction};
use crate::audit;
use crate::deliveries::model::{DeliveryId, Publication, PublicationState, Receipt};
use crate::deliveries::queries::publications::{self as queries, Dossier};
use crate::deliveries::queries::received;
use crate::deliveries::text;
use crate::disclosures::{self, Access, AccessForm, AccessId};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// An agreement, and a publication to it.
pub type Place = (AgreementId, DeliveryId);

/// Why nothing is received.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// There is no such publication, or none that was made.
    #[error("no such publication")]
    NotFound,
    /// BKN took it back.
    #[error("withdrawn")]
    Withdrawn,
    /// The agreement does not hold any more: data stop with it.
    #[error("the agreement is over")]
    Ended,
    /// An addendum took back some of what the file holds.
    #[error("the Annex grants less by now")]
    GrantedLess,
    /// The database's.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Lets an account have the file: the access, its audit event and, the first
/// time, the receipt, all of them before the first byte.
///
/// # Errors
/// Why it may not.
pub fn fetch(
    conn: &mut DbConn,
    (scope, place): (Scope, Place),
    (account, form): (&Account, AccessForm),
    now: Moment,
) -> Result<Dossier, ReceiveError> {
    let dossier = open(conn, scope, place, now)?;
    let (publication, agreement, _) = &dossier;
    let disclosure_id = publication.disclosure_id.ok_or(ReceiveError::NotFound)?;
    let access = Access {
        id: AccessId::generate(),
        disclosure_id,
        account_id: account.id,
        form,
        at: now,
    };
    disclosures::note_access(conn, &access)?;
    let detail = json!({ "form": form.word(), "rows": publication.row_count });
    let of = (publication, agreement);
    let actor = account.id.to_string();
    audit::record(conn, entry(&actor, of, "delivery.downloaded", detail), now)?;
    receive(conn, &dossier, (account, Receipt::Download), now)?;
    Ok(dossier)
}

/// Confirms the receipt; confirmed again, it stays as it was.
///
/// # Errors
/// Why it may not.
pub fn confirm(
    conn: &mut DbConn,
    (scope, place): (Scope, Place),
    account: &Account,
    now: Moment,
) -> Result<Dossier, ReceiveError> {
    let dossier = open(conn, scope, place, now)?;
    receive(conn, &dossier, (account, Receipt::Confirmation), now)?;
    Ok(dossier)
}

/// The publication, where the partner may have its file today.
fn open(
    conn: &mut DbConn,
    scope: Scope,
    (of, id): Place,
    now: Moment,
) -> Result<Dossier, ReceiveError> {
    let found = queries::dossier(conn, scope, id)?;
    let found = found.filter(|(_, agreement, _)| agreement.id == of);
    let dossier = found.ok_or(ReceiveError::NotFound)?;
    let (publication, agreement, _) = &dossier;
    match publication.state() {
        PublicationState::Available | PublicationState::Received => {}
        PublicationState::Withdrawn if publication.made_at.is_some() => {
            return Err(ReceiveError::Withdrawn);
        }
        _ => return Err(ReceiveError::NotFound),
    }
    let today = now.jakarta_date();
    if !agreement.is_in_force(today) {
        return Err(ReceiveError::Ended);
    }
    let key = (
        agreement.id,
        publication.dataset.as_str(),
        Direction::BknToPartner,
    );
    let granted = agreements::granted(conn, scope, key, today)?;
    let still = granted.is_some_and(|(_, grant)| {
        let fields = grant.granted();
        let all =
            fields.is_some_and(|fields| publication.fields.0.iter().all(|one| fields.has(one)));
        all && grant.population == publication.population
    });
    if still {
        Ok(dossier)
    } else {
        Err(ReceiveError::GrantedLess)
    }
}

/// The first receipt starts the clock of what is owed back.
fn receive(
    conn: &mut DbConn,
    (publication, agreement, _): &Dossier,
    (account, how): (&Account, Receipt),
    now: Moment,
) -> Result<(), ReceiveError> {
    if queries::receive(conn, publication.id, (account.id, how), now)? == 0 {
        return became(conn, publication);
    }
    let texts = (text::given(publication), text::evidence(how, &account.name));
    let delivery = publication.received(texts, account.id, now);
    received::insert(conn, &delivery)?;
    let detail = json!({ "received_on": delivery.received_on, "by": how.word() });
    let actor = account.id.to_string();
    let of = (publication, agreement);
    audit::record(conn, entry(&actor, of, "delivery.received", detail), now)?;
    Ok(tell(conn, agreement, &delivery, now)?)
}

/// Received before, which is fine; or taken back at the same moment.
fn became(conn: &mut DbConn, publication: &Publication) -> Result<(), ReceiveError> {
    let found = queries::dossier(conn, Scope::portal(), publication.id)?;
    match found.map(|(found, ..)| found.state()) {
        Some(PublicationState::Received) => Ok(()),
        _ => Err(ReceiveError::Withdrawn),
    }
}
