//! What happened under the agreements of the demo, up to today.

use diesel::prelude::*;

use super::DemoError;
use super::facts::{AnswerState, EventsFact, Facts, day};
use super::partners::World;
use crate::accounts::Role;
use crate::agreements::AgreementId;
use crate::deliveries::{Delivery, DeliveryId};
use crate::platform::clock::Moment;
use crate::platform::db::{DbConn, schema};
use crate::platform::web::OneTimeKey;
use crate::reports::{LetterId, RequestLetter};

/// Half past nine in the morning, `offset` days from now.
pub fn morning(now: Moment, offset: i64) -> Moment {
    Moment::start_of(day(now.jakarta_date(), offset)).plus_seconds(9 * 3600 + 1800)
}

/// Records deliveries, letters and suspensions.
pub(super) fn record(
    conn: &mut DbConn,
    facts: &Facts,
    world: &mut World,
    now: Moment,
) -> Result<(), DemoError> {
    for events in &facts.fictional.events {
        let (agreement, _) = world.agreement(&events.agreement)?;
        deliveries(conn, world, agreement, events, now)?;
        letters(conn, world, agreement, events, now)?;
    }
    Ok(())
}

fn deliveries(
    conn: &mut DbConn,
    world: &mut World,
    agreement_id: AgreementId,
    events: &EventsFact,
    now: Moment,
) -> Result<(), DemoError> {
    let recorded_by = world.staff(Role::Admin)?.id.to_string();
    for fact in &events.deliveries {
        let delivery = Delivery {
            id: DeliveryId::generate(),
            agreement_id,
            description: fact.title.clone(),
            received_on: day(now.jakarta_date(), fact.received),
            evidence: "Catatan web service".to_owned(),
            form_key: OneTimeKey::generate(),
            recorded_by: recorded_by.clone(),
            recorded_at: morning(now, fact.received),
        };
        diesel::insert_into(schema::deliveries::table).values(&delivery).execute(conn)?;
        world.deliveries.insert(fact.key.clone(), delivery.id);
    }
    Ok(())
}

fn letters(
    conn: &mut DbConn,
    world: &mut World,
    agreement_id: AgreementId,
    events: &EventsFact,
    now: Moment,
) -> Result<(), DemoError> {
    let recorded_by = world.staff(Role::Admin)?.id.to_string();
    let today = now.jakarta_date();
    for fact in &events.letters {
        let letter = RequestLetter {
            id: LetterId::generate(),
            agreement_id,
            number: fact.number.clone(),
            sent_on: day(today, fact.sent),
            delivered_on: fact.delivered.map(|offset| day(today, offset)),
            confirmed_on: fact.confirmed.map(|offset| day(today, offset)),
            form_key: OneTimeKey::generate(),
            recorded_by: recorded_by.clone(),
            recorded_at: morning(now, fact.sent),
        };
        diesel::insert_into(schema::request_letters::table).values(&letter).execute(conn)?;
        world.letters.insert(fact.key.clone(), letter.id);
    }
    Ok(())
}
