//! Statements on deliveries.

use diesel::prelude::*;

use crate::accounts::Scope;
use crate::agreements::{Agreement, AgreementId};
use crate::deliveries::model::{Delivery, DeliveryId};
use crate::platform::db::DbConn;
use crate::platform::db::schema::{agreements, deliveries};

/// Every delivery within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Delivery>> {
    let mut query = deliveries::table
        .inner_join(agreements::table)
        .select(Delivery::as_select())
        .order(deliveries::received_on)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// A delivery within reach, with its agreement.
///
/// # Errors
/// The database's.
pub fn find(
    conn: &mut DbConn,
    scope: Scope,
    id: DeliveryId,
) -> QueryResult<Option<(Delivery, Agreement)>> {
    let mut query = deliveries::table
        .inner_join(agreements::table)
        .filter(deliveries::id.eq(id))
        .select((Delivery::as_select(), Agreement::as_select()))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.first(conn).optional()
}

/// Keeps a delivery for one deed at a time until its transaction ends.
///
/// # Errors
/// The database's.
pub fn hold(conn: &mut DbConn, id: DeliveryId) -> QueryResult<()> {
    diesel::update(deliveries::table.find(id))
        .set(deliveries::form_key.eq(deliveries::form_key))
        .execute(conn)
        .map(drop)
}

/// The deliveries under one agreement within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn of_agreement(
    conn: &mut DbConn,
    scope: Scope,
    agreement: AgreementId,
) -> QueryResult<Vec<Delivery>> {
    let mut query = deliveries::table
        .inner_join(agreements::table)
        .filter(deliveries::agreement_id.eq(agreement))
        .select(Delivery::as_select())
        .order(deliveries::received_on)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// The delivery under an agreement that a posted form led to.
pub fn by_form_key(
    conn: &mut DbConn,
    agreement: AgreementId,
    key: &str,
) -> QueryResult<Option<Delivery>> {
    deliveries::table
        .filter(deliveries::agreement_id.eq(agreement))
        .filter(deliveries::form_key.eq(key))
        .select(Delivery::as_select())
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut DbConn, delivery: &Delivery) -> QueryResult<()> {
    diesel::insert_into(deliveries::table)
        .values(delivery)
        .execute(conn)
        .map(drop)
}
