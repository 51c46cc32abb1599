//! What BKN published from the demo's register.

use chrono::{Datelike, Days};

use super::DemoError;
use super::events::Scene;
use super::facts::{AgainFact, PublishedFact};
use super::partners::{World, unknown};
use crate::accounts::{Role, Scope};
use crate::deliveries::actions::{self, Order, PlanDetails};
use crate::deliveries::{Cover, jobs};
use crate::disclosures::AccessForm;
use crate::platform::clock::Clock;
use crate::platform::db::transaction;
use crate::platform::web::OneTimeKey;

/// Publishes a data set and has its file made.
pub(super) async fn publish(
    scene: &Scene<'_>,
    world: &mut World,
    fact: &PublishedFact,
) -> Result<(), DemoError> {
    let admin = world.staff(Role::Admin)?.id.to_string();
    let order = Order {
        agreement: scene.agreement,
        dataset: fact.dataset.clone(),
        days: None,
        form_key: OneTimeKey::generate(),
    };
    let today = scene.now.jakarta_date();
    let published = transaction(&mut *scene.parts.db.connection()?, |conn| {
        let ready = actions::ready(conn, Scope::portal(), order, today)?;
        actions::publish(conn, Scope::portal(), &ready, &admin, scene.now)
    });
    let id = published.map_err(DemoError::refused)?;
    let key = (scene.key.to_owned(), fact.on);
    world.published.insert(key, id);
    if let Some(again) = &fact.again {
        plan(scene, &admin, &fact.dataset, again)?;
    }
    let clock = Clock::fixed(scene.now);
    jobs::make_next(&scene.parts.db, &clock, &scene.parts.files)
        .await
        .map(drop)
        .map_err(DemoError::refused)
}

/// The same every so many months, on the same day.
fn plan(scene: &Scene<'_>, admin: &str, dataset: &str, again: &AgainFact) -> Result<(), DemoError> {
    let today = scene.now.jakarta_date();
    let details = PlanDetails {
        dataset: dataset.to_owned(),
        every_months: again.months,
        // A day that no month lacks, so that the first turn lies ahead.
        day_of_month: today.day().min(28).cast_signed(),
        covers: Cover::Everything,
        article: again.article.clone(),
        starts_on: today + Days::new(1),
        form_key: OneTimeKey::generate(),
    };
    let of = (Scope::portal(), scene.agreement);
    transaction(&mut *scene.parts.db.connection()?, |conn| {
        actions::enter_plan(conn, of, details, admin, scene.now)
    })
    .map(drop)
    .map_err(DemoError::refused)
}

/// The partner fetches it.
pub(super) fn fetch(
    scene: &Scene<'_>,
    world: &mut World,
    fact: &PublishedFact,
) -> Result<(), DemoError> {
    let key = (scene.key.to_owned(), fact.on);
    let id = world
        .published
        .remove(&key)
        .ok_or_else(|| unknown(scene.key))?;
    let pic = world.pic_of(scene.key)?;
    let of = (Scope::portal(), (scene.agreement, id));
    transaction(&mut *scene.parts.db.connection()?, |conn| {
        actions::fetch(conn, of, (pic, AccessForm::Xlsx), scene.now)
    })
    .map_err(DemoError::refused)?;
    world.received.insert(scene.key.to_owned(), id);
    Ok(())
}
