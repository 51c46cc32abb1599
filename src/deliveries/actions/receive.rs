//! The partner's side: fetching a file, confirming its receipt.

use chrono::NaiveDate;
use diesel::result::Error;
use serde_json::json;

use super::entry;
use super::record::tell;
use crate::accounts::{Account, Scope};
use crate::agreements::{self, AgreementId, Direction};
use crate::audit;
use crate::deliveries::model::{Bar, DeliveryId, Publication, PublicationState, Receipt};
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
    /// It is given no more.
    #[error("given no more: {0:?}")]
    Barred(Bar),
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
///
/// # Errors
/// Why it may not.
pub fn open(
    conn: &mut DbConn,
    scope: Scope,
    (of, id): Place,
    now: Moment,
) -> Result<Dossier, ReceiveError> {
    let found = queries::dossier(conn, scope, id)?;
    let found = found.filter(|(_, agreement, _)| agreement.id == of);
    let dossier = found.ok_or(ReceiveError::NotFound)?;
    let publication = &dossier.0;
    match publication.state() {
        PublicationState::Available | PublicationState::Received => {}
        PublicationState::Withdrawn if publication.made_at.is_some() => {
            return Err(ReceiveError::Withdrawn);
        }
        _ => return Err(ReceiveError::NotFound),
    }
    match bar(conn, scope, &dossier, now.jakarta_date())? {
        Some(bar) => Err(ReceiveError::Barred(bar)),
        None => Ok(dossier),
    }
}

/// Why the file of a publication cannot be fetched on a day, if it is there.
///
/// # Errors
/// The database's.
pub fn bar(
    conn: &mut DbConn,
    scope: Scope,
    (publication, agreement, partner): &Dossier,
    today: NaiveDate,
) -> Result<Option<Bar>, Error> {
    let dataset = publication.dataset.as_str();
    let key = (agreement.id, dataset, Direction::BknToPartner);
    let granted = agreements::granted(conn, scope, key, today)?;
    let grant = granted.as_ref().map(|(_, grant)| grant);
    Ok(publication.bar((agreement, partner), grant, today))
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
