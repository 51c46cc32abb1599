//! What the demo's PICs left half done: warnings with a reason, and a row that
//! was mended in a form.

use super::DemoError;
use super::events::Scene;
use super::facts::{MendedFact, SubmissionFact};
use crate::accounts::{Account, Scope};
use crate::datasets::Verdict;
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
