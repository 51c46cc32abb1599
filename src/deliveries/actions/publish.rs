//! Publishing a data set to an agreement.

use chrono::{Datelike, NaiveDate};
use diesel::result::{DatabaseErrorKind, Error};
use serde_json::json;
use std::ops::RangeInclusive;

use super::entry;
use crate::accounts::Scope;
use crate::agreements::{self, AgreementId, Direction};
use crate::audit;
use crate::deliveries::jobs::MAKE;
use crate::deliveries::model::{DeliveryId, Offer, OfferFault, Publication};
use crate::deliveries::queries::publications as queries;
use crate::deliveries::source;
use crate::disclosures::FieldNames;
use crate::institutions;
use crate::platform::clock::Moment;
use crate::platform::counters;
use crate::platform::db::DbConn;
use crate::platform::jobs;

/// What is to be published.
#[derive(Debug, Clone)]
pub struct Order {
    /// To which agreement.
    pub agreement: AgreementId,
    /// The data set.
    pub dataset: String,
    /// Only what counts from one of these days.
    pub days: Option<RangeInclusive<NaiveDate>>,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why nothing is published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// There is nothing to publish.
    #[error(transparent)]
    Fault(#[from] OfferFault),
    /// Nobody and nothing is within the Annex's reach.
    #[error("nothing within reach")]
    Empty,
    /// The same form came twice at once.
    #[error("posted twice at once")]
    PostedTwice,
    /// The database's.
    #[error(transparent)]
    Database(Error),
}

impl From<Error> for PublishError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::PostedTwice,
            error => Self::Database(error),
        }
    }
}

/// What could be published.
///
/// # Errors
/// Why nothing can.
pub fn offer(
    conn: &mut DbConn,
    scope: Scope,
    (of, dataset): (AgreementId, &str),
    today: NaiveDate,
) -> Result<Offer, PublishError> {
    let agreement = agreements::find(conn, scope, of)?.ok_or(PublishError::NotFound)?;
    let partner = institutions::find(conn, agreement.institution_id)?;
    let partner = partner.ok_or(PublishError::NotFound)?;
    let key = (of, dataset, Direction::BknToPartner);
    let granted = agreements::granted(conn, scope, key, today)?;
    let (_, grant) = granted.ok_or(OfferFault::NotGranted)?;
    Ok(Offer::of((agreement, partner), grant, today)?)
}

/// An order under which something was found to give.
#[derive(Debug, Clone)]
pub struct Ready(Order);

/// Looks whether an order holds anything. That may count the whole register, so
/// it is asked before the transaction in which [`publish`] writes.
///
/// # Errors
/// Why nothing can be published.
pub fn ready(
    conn: &mut DbConn,
    scope: Scope,
    order: Order,
    today: NaiveDate,
) -> Result<Ready, PublishError> {
    if queries::by_form_key(conn, order.agreement, &order.form_key)?.is_some() {
        return Ok(Ready(order));
    }
    let what = (order.agreement, order.dataset.as_str());
    let offer = offer(conn, scope, what, today)?;
    match source::amount(conn, &offer.selection(order.days.clone()))?.rows {
        0 => Err(PublishError::Empty),
        _ => Ok(Ready(order)),
    }
}

/// Publishes a data set; a job makes its file. The same form posted again
/// changes nothing.
///
/// # Errors
/// Why nothing is published.
pub fn publish(
    conn: &mut DbConn,
    scope: Scope,
    Ready(order): &Ready,
    actor: &str,
    now: Moment,
) -> Result<DeliveryId, PublishError> {
    if let Some(first) = queries::by_form_key(conn, order.agreement, &order.form_key)? {
        return Ok(first);
    }
    let what = (order.agreement, order.dataset.as_str());
    let offer = offer(conn, scope, what, now.jakarta_date())?;
    let publication = of_order(conn, order, &offer, actor, now)?;
    queries::insert(conn, &publication)?;
    jobs::enqueue(conn, MAKE, &publication.id.to_string(), now)?;
    let detail = json!({ "as_of": publication.as_of, "fields": publication.fields.0 });
    let of = (&publication, &offer.agreement);
    audit::record(conn, entry(actor, of, "delivery.published", detail), now)?;
    Ok(publication.id)
}

fn of_order(
    conn: &mut DbConn,
    order: &Order,
    offer: &Offer,
    actor: &str,
    now: Moment,
) -> Result<Publication, Error> {
    let today = now.jakarta_date();
    let year = today.year();
    let number = counters::next(conn, &format!("publications {year}"))?;
    Ok(Publication {
        id: DeliveryId::generate(),
        number: format!("PYD-{year}-{number:04}"),
        agreement_id: order.agreement,
        dataset: order.dataset.clone(),
        fields: FieldNames(offer.fields.names()),
        population: offer.grant.population.clone(),
        article: offer.grant.article.clone(),
        as_of: today,
        counts_from: order.days.as_ref().map(|days| *days.start()),
        counts_until: order.days.as_ref().map(|days| *days.end()),
        form_key: order.form_key.clone(),
        published_by: actor.to_owned(),
        published_at: now,
        disclosure_id: None,
        file_id: None,
        row_count: None,
        people: None,
        made_at: None,
        failed_at: None,
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawal_reason: None,
        received_at: None,
        received_by: None,
        receipt: None,
        data_as_of: None,
    })
}
