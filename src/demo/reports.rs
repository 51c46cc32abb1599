//! Request letters and reports of the demo.

use std::io::Write;

use super::DemoError;
use super::events::Scene;
use super::facts::{LetterFact, ReportFact, day};
use super::partners::World;
use crate::accounts::{Role, Scope};
use crate::platform::db::transaction;
use crate::platform::web::OneTimeKey;
use crate::reports::actions::{
    FiledReport, LetterDetails, decide as decide_report, file_report, note_receipt, record_letter,
};
use crate::reports::{LetterDates, ReportDecision};

/// A PDF of one page, with the sentence that it is an example.
const REPORT: &[u8] = include_bytes!("../../demo/berkas/laporan-contoh.pdf");

/// Sends a request letter; what is known of its receipt is noted at once.
pub(super) fn ask(
    scene: &Scene<'_>,
    world: &mut World,
    fact: &LetterFact,
) -> Result<(), DemoError> {
    let admin = world.staff(Role::Admin)?.id.to_string();
    let sent_on = scene.now.jakarta_date();
    let details = LetterDetails {
        number: fact.number.clone(),
        dates: LetterDates {
            sent_on,
            delivered_on: None,
            confirmed_on: None,
        },
        form_key: OneTimeKey::generate(),
    };
    let on = |offset: Option<i64>| offset.map(|offset| day(sent_on, offset - fact.sent));
    let receipt = (on(fact.delivered), on(fact.confirmed));
    let last = fact.confirmed.or(fact.delivered).unwrap_or(fact.sent) - fact.sent;
    let noted_at = scene.now.plus_seconds(last * 24 * 3600);
    let conn = &mut *scene.parts.db.connection()?;
    let id = transaction(conn, |conn| {
        record_letter(conn, scene.agreement, details, &admin, scene.now)
    })
    .map_err(DemoError::refused)?;
    transaction(conn, |conn| {
        note_receipt(conn, (scene.agreement, id), receipt, &admin, noted_at)
    })
    .map_err(DemoError::refused)?;
    world.letters.insert(fact.key.clone(), id);
    Ok(())
}

/// Files the report that answers a letter.
pub(super) fn file(
    scene: &Scene<'_>,
    world: &mut World,
    fact: &ReportFact,
) -> Result<(), DemoError> {
    let letter = *world
        .letters
        .get(&fact.answers)
        .ok_or_else(|| super::partners::unknown(&fact.answers))?;
    let filer = world.pic_of(scene.key)?.clone();
    let mut file = scene.parts.files.begin()?;
    file.write_all(REPORT)?;
    let file = file.keep("laporan-contoh.pdf", "application/pdf", scene.now)?;
    let filed = FiledReport {
        letter,
        file,
        note: "Laporan contoh untuk demo.".to_owned(),
        form_key: OneTimeKey::generate(),
    };
    let conn = &mut *scene.parts.db.connection()?;
    let id = transaction(conn, |conn| {
        file_report(conn, Scope::portal(), filed, &filer, scene.now)
    })
    .map_err(DemoError::refused)?;
    world.reports.insert(fact.answers.clone(), id);
    Ok(())
}

/// Accepts or returns a filed report.
pub(super) fn decide(scene: &Scene<'_>, world: &World, fact: &ReportFact) -> Result<(), DemoError> {
    let id = *world
        .reports
        .get(&fact.answers)
        .ok_or_else(|| super::partners::unknown(&fact.answers))?;
    let verifier = world.staff(Role::Verifier)?.id;
    let decision = if fact.state.is_accepted() {
        (ReportDecision::Accepted, "")
    } else {
        (
            ReportDecision::Returned,
            "Lengkapi bagian pemanfaatan data.",
        )
    };
    let conn = &mut *scene.parts.db.connection()?;
    transaction(conn, |conn| {
        decide_report(conn, (scene.agreement, id), decision, verifier, scene.now)
    })
    .map_err(DemoError::refused)
}
