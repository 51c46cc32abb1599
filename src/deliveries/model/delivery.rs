//! A delivery.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::agreements::AgreementId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::deliveries;
use crate::platform::ids::id;

id!(
    /// A delivery.
    DeliveryId
);

/// Data that BKN gave to a partner.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = deliveries)]
pub struct Delivery {
    /// Names the delivery.
    pub id: DeliveryId,
    /// The agreement under which it was given.
    pub agreement_id: AgreementId,
    /// What was given.
    pub description: String,
    /// The day on which the partner received it.
    pub received_on: NaiveDate,
    /// How the receipt is known: a log, a letter, a confirmation.
    pub evidence: String,
    /// The form's one-time key.
    pub form_key: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// When it was recorded.
    pub recorded_at: Moment,
}
