//! What the demo's partners sent, and what BKN decided on it.

use std::io::Write;

use super::events::Scene;
use super::facts::{AnswerState, SubmissionFact};
use super::partners::{World, unknown};
use super::{DemoError, register, rows};
use crate::accounts::{Account, Role, Scope};
use crate::datasets;
use crate::platform::clock::Clock;
use crate::platform::db::transaction;
use crate::platform::files::StoredFile;
use crate::platform::web::OneTimeKey;
use crate::submissions::actions::{
    Mark, NewUpload, Order, ask_corrections, begin, mark_rows, send, take_over,
};
use crate::submissions::{SubmissionId, check_next};

/// Uploads a file of right rows, has it checked as any other, and sends it.
pub(super) async fn submit(
    scene: &Scene<'_>,
    world: &mut World,
    fact: &SubmissionFact,
) -> Result<(), DemoError> {
    let pic = world.pic_of(scene.key)?.clone();
    let file = file(scene, world, fact)?;
    let upload = NewUpload {
        mends: false,
        file,
        form_key: OneTimeKey::generate(),
        by: pic.clone(),
    };
    let delivery = fact
        .answers
        .as_ref()
        .map(|key| {
            world
                .deliveries
                .get(key)
                .copied()
                .ok_or_else(|| unknown(key))
        })
        .transpose()?;
    let place = {
        let conn = &mut *scene.parts.db.connection()?;
        let what = (scene.agreement, fact.dataset.as_str(), delivery);
        transaction(conn, |conn| {
            begin(conn, Scope::portal(), what, &upload, scene.now)
        })
        .map_err(DemoError::refused)?
    };
    check(scene).await?;
    dispatch(scene, place, &pic)?;
    world
        .submissions
        .insert((scene.key.to_owned(), fact.sent), place.0);
    Ok(())
}

async fn check(scene: &Scene<'_>) -> Result<(), DemoError> {
    let clock = Clock::fixed(scene.now);
    let storage = &scene.parts.config.storage;
    check_next(&scene.parts.db, &clock, storage)
        .await
        .map(drop)
        .map_err(DemoError::refused)
}

fn dispatch(scene: &Scene<'_>, place: (SubmissionId, i32), pic: &Account) -> Result<(), DemoError> {
    let conn = &mut *scene.parts.db.connection()?;
    let order = Order::default();
    transaction(conn, |conn| {
        send(conn, Scope::portal(), place, &order, (pic, scene.now))
    })
    .map_err(DemoError::refused)
}

fn file(scene: &Scene<'_>, world: &World, fact: &SubmissionFact) -> Result<StoredFile, DemoError> {
    let dataset = datasets::find(&fact.dataset).ok_or_else(|| unknown(&fact.dataset))?;
    let code = world.code_of(scene)?;
    let people: Vec<_> = register::everybody(scene.facts)
        .into_iter()
        .filter(|asn| asn.institution_code == code)
        .collect();
    let series = usize::try_from(fact.sent.unsigned_abs()).unwrap_or_default();
    let today = scene.now.jakarta_date();
    let rows = rows::right_rows(dataset, &people, (series, fact.rows), today);
    let mut file = scene.parts.files.begin()?;
    file.write_all(&rows::csv(&rows)?)?;
    let name = format!("{}-{}.csv", fact.dataset, today.format("%Y-%m"));
    Ok(file.keep(&name, "text/csv", scene.now)?)
}

/// Takes over what was sent, or asks for the correction of three rows.
pub(super) fn review(
    scene: &Scene<'_>,
    world: &World,
    fact: &SubmissionFact,
) -> Result<(), DemoError> {
    let key = (scene.key.to_owned(), fact.sent);
    let submission = *world
        .submissions
        .get(&key)
        .ok_or_else(|| unknown(scene.key))?;
    let (place, scope) = ((submission, 1), Scope::portal());
    let by = (world.staff(Role::Verifier)?, scene.now);
    let conn = &mut *scene.parts.db.connection()?;
    if fact.state == AnswerState::Accepted {
        return transaction(conn, |conn| take_over(conn, scope, place, by))
            .map_err(DemoError::refused);
    }
    let reason = fact
        .reason
        .as_deref()
        .unwrap_or("Cocokkan dengan surat keputusan.");
    let marks: Vec<_> = (2..=4)
        .map(|row| Mark {
            row,
            reason: Some(reason.to_owned()),
        })
        .collect();
    transaction(conn, |conn| mark_rows(conn, scope, place, &marks, by))
        .map_err(DemoError::refused)?;
    transaction(conn, |conn| ask_corrections(conn, scope, place, by)).map_err(DemoError::refused)
}
