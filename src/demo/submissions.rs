//! What the demo's partners sent, and what BKN decided on it.

use std::io::Write;

use super::events::Scene;
use super::facts::{AnswerState, SubmissionFact};
use super::partners::{World, unknown};
use super::register::Asn;
use super::samples::spoil;
use super::{DemoError, codes, register, rows, unfinished};
use crate::accounts::{Account, Role, Scope};
use crate::datasets;
use crate::mappings;
use crate::platform::clock::Clock;
use crate::platform::db::transaction;
use crate::platform::files::StoredFile;
use crate::platform::web::OneTimeKey;
use crate::submissions::actions::{
    Mark, NewUpload, Order, add_version, ask_corrections, begin, mark_rows, return_version, send,
    take_over,
};
use crate::submissions::{SubmissionId, check_next};

/// Uploads the files of a submission, has each checked as any other, and sends
/// the last.
pub(super) async fn submit(
    scene: &Scene<'_>,
    world: &mut World,
    fact: &SubmissionFact,
) -> Result<(), DemoError> {
    let pic = world.pic_of(scene.key)?.clone();
    let faults: Vec<Option<usize>> = match fact.faulty_from.as_slice() {
        [] => vec![None],
        attempts => attempts.iter().copied().map(Some).collect(),
    };
    let mut place = None;
    for (hour, faulty_from) in (0..).zip(faults) {
        let scene = &scene.hours_later(hour);
        let upload = NewUpload {
            mends: false,
            file: file(scene, world, (fact, faulty_from))?,
            form_key: OneTimeKey::generate(),
            by: pic.clone(),
        };
        place = Some(upload_as(scene, world, fact, (place, &upload))?);
        check(scene).await?;
    }
    let place = place.ok_or_else(|| unknown(&fact.dataset))?;
    match fact.state {
        AnswerState::Unsent => unfinished::leave(scene, place, fact, &pic)?,
        _ => dispatch(scene, place, &pic)?,
    }
    world
        .submissions
        .insert((scene.key.to_owned(), fact.sent), place.0);
    Ok(())
}

/// Begins a submission, or adds a version to the one that was begun.
fn upload_as(
    scene: &Scene<'_>,
    world: &World,
    fact: &SubmissionFact,
    (begun, upload): (Option<(SubmissionId, i32)>, &NewUpload),
) -> Result<(SubmissionId, i32), DemoError> {
    let conn = &mut *scene.parts.db.connection()?;
    if let Some((submission, _)) = begun {
        return transaction(conn, |conn| {
            add_version(conn, Scope::portal(), submission, upload, scene.now)
        })
        .map_err(DemoError::refused);
    }
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
    let what = (scene.agreement, fact.dataset.as_str(), delivery);
    transaction(conn, |conn| {
        begin(conn, Scope::portal(), what, upload, scene.now)
    })
    .map_err(DemoError::refused)
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

fn file(
    scene: &Scene<'_>,
    world: &World,
    (fact, faulty_from): (&SubmissionFact, Option<usize>),
) -> Result<StoredFile, DemoError> {
    let dataset = datasets::find(&fact.dataset).ok_or_else(|| unknown(&fact.dataset))?;
    let people = own_people(scene, world)?;
    let series = usize::try_from(fact.sent.unsigned_abs()).unwrap_or_default();
    let today = scene.now.jakarta_date();
    let rows = rows::right_rows(dataset, &people, (series, fact.rows), today);
    let rows = match faulty_from {
        Some(from) => spoil(rows, from),
        None => unfinished::make_unusual(rows, &fact.unusual),
    };
    let mut file = scene.parts.files.begin()?;
    file.write_all(&rows::csv(&rows)?)?;
    let name = format!("{}-{}.csv", fact.dataset, today.format("%Y-%m"));
    Ok(file.keep(&name, "text/csv", scene.now)?)
}

/// The people of the register who are the partner's.
pub(super) fn own_people(scene: &Scene<'_>, world: &World) -> Result<Vec<Asn>, DemoError> {
    let code = world.code_of(scene)?;
    let everybody = register::everybody(scene.facts).into_iter();
    Ok(everybody
        .filter(|asn| asn.institution_code == code)
        .collect())
}

/// Takes over what was sent, returns it, or asks for the correction of three
/// rows.
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
    let reason = fact.reason.as_deref().unwrap_or_default();
    let conn = &mut *scene.parts.db.connection()?;
    if fact.state == AnswerState::CorrectionAsked {
        transaction(conn, |conn| {
            mark_rows(conn, scope, place, &marks(reason), by)
        })
        .map_err(DemoError::refused)?;
    }
    transaction(conn, |conn| match fact.state {
        AnswerState::CorrectionAsked => ask_corrections(conn, scope, place, by),
        AnswerState::Returned => return_version(conn, scope, place, reason, by),
        _ => take_over(conn, scope, place, by),
    })
    .map_err(DemoError::refused)?;
    if fact.dataset == mappings::DATASET {
        codes::map_some(scene, world)?;
    }
    Ok(())
}

/// The correction of the first three rows, for one reason.
fn marks(reason: &str) -> Vec<Mark> {
    let mark = |row| Mark {
        row,
        reason: Some(reason.to_owned()),
    };
    (2..=4).map(mark).collect()
}
