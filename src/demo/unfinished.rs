//! What the demo's PICs left half done: warnings with a reason, and a row that
//! was mended in a form.

use super::events::Scene;
use super::facts::{EnteredFact, MendedFact, SubmissionFact};
use super::partners::{World, unknown};
use super::submissions::own_people;
use super::{DemoError, rows};
use crate::accounts::{Account, Scope};
use crate::datasets::{self, Field, Verdict};
use crate::platform::db::{DbConn, transaction};
use crate::submissions::actions::{TypedCell, TypedRow, confirm, keep_row};
use crate::submissions::{Origin, Place, SubmissionId};

/// Hours of a course that ask for a reason.
const UNUSUAL: &str = "1200";

/// Makes the hours of these rows unusual.
pub(super) fn make_unusual(mut rows: Vec<Vec<String>>, which: &[usize]) -> Vec<Vec<String>> {
    let header = rows.first();
    let hours = header.and_then(|header| header.iter().position(|name| name == "jumlah_jam"));
    for at in which {
        let row = rows.get_mut(*at);
        if let Some(cell) = hours.and_then(|hours| row?.get_mut(hours)) {
            UNUSUAL.clone_into(cell);
        }
    }
    rows
}

/// Gives the warnings but for the last a reason, and types what was mended.
pub(super) fn leave(
    scene: &Scene<'_>,
    (submission, number): (SubmissionId, i32),
    fact: &SubmissionFact,
    by: &Account,
) -> Result<(), DemoError> {
    let conn = &mut *scene.parts.db.connection()?;
    let (scope, by) = (Scope::portal(), (by, scene.now));
    if let Some(reason) = &fact.reason {
        let warnings = (0..).zip(fact.unusual.iter().skip(1));
        let reasons: Vec<(i64, String)> = warnings.map(|(at, _)| (at, reason.clone())).collect();
        transaction(conn, |conn| {
            confirm(conn, scope, (submission, number), &reasons, by)
        })
        .map_err(DemoError::refused)?;
    }
    let keep = |conn: &mut DbConn, mended: &MendedFact| {
        let place = Place::Version(submission, number);
        keep_row(conn, scope, place, &typed(mended), by)
    };
    for mended in &fact.mended {
        transaction(conn, |conn| keep(conn, mended)).map_err(DemoError::refused)?;
    }
    Ok(())
}

/// Types the rows of a new submission into forms.
pub(super) fn enter(scene: &Scene<'_>, world: &World, fact: &EnteredFact) -> Result<(), DemoError> {
    let dataset = datasets::find(&fact.dataset).ok_or_else(|| unknown(&fact.dataset))?;
    let (people, pic) = (own_people(scene, world)?, world.pic_of(scene.key)?);
    let (series, today) = (fact.on.unsigned_abs(), scene.now.jakarta_date());
    let series = usize::try_from(series).unwrap_or_default();
    let rows = rows::right_rows(dataset, &people, (series, fact.rows), today);
    let conn = &mut *scene.parts.db.connection()?;
    for (row, cells) in (1..).zip(rows.iter().skip(1)) {
        let cell = |(field, value): (&Field, &String)| TypedCell {
            field: field.name.clone(),
            before: String::new(),
            value: value.clone(),
            origin: Origin::Typed,
        };
        let filled = dataset.fields.iter().zip(cells);
        let filled = filled.filter(|(_, value)| !value.is_empty());
        let typed = TypedRow {
            row: -row,
            seen: 0,
            cells: filled.map(cell).collect(),
            verdict: Verdict::Ready,
        };
        let place = Place::New(scene.agreement, fact.dataset.clone());
        transaction(conn, |conn| {
            keep_row(conn, Scope::portal(), place, &typed, (pic, scene.now))
        })
        .map_err(DemoError::refused)?;
    }
    Ok(())
}

fn typed(mended: &MendedFact) -> TypedRow {
    TypedRow {
        row: mended.row,
        seen: 0,
        cells: vec![TypedCell {
            field: mended.field.clone(),
            before: String::new(),
            value: mended.value.clone(),
            origin: Origin::Typed,
        }],
        verdict: Verdict::Ready,
    }
}
