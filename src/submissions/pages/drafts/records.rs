//! Records that were entered by form for a new submission.

use actix_web::Responder;
use actix_web::web::Data;
use askama::Template;

use super::{At, Head, found};
use crate::accounts::{Scope, SignedIn};
use crate::datasets::Verdict;
use crate::deliveries::Delivery;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn, grouped};
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::submissions::desk::Desk;
use crate::submissions::model::drafts::{DraftCell, DraftId, DraftRow, NEW_RECORDS};
use crate::submissions::model::half_of;
use crate::submissions::pages::SECTION;
use crate::submissions::queries::{drafted, grants};
use crate::submissions::text::{self, Label};

/// Fields of a record that the list shows.
const SHOWN: usize = 4;

#[derive(Template)]
#[template(path = "submissions/drafts/records.html")]
struct RecordsPage {
    frame: Frame,
    head: Head,
    draft: Option<DraftId>,
    titles: Vec<&'static str>,
    lines: Vec<Line>,
    /// Records with faults.
    faulty: usize,
    is_full: bool,
    deliveries: Vec<Delivery>,
    /// The one that the address says is answered; else empty.
    delivery: String,
    needs_delivery: bool,
    dataset: &'static str,
}

impl RecordsPage {
    /// Which half the records are, as feedback.
    fn half(&self) -> &'static str {
        half_of(self.dataset).label()
    }

    /// How many records there may be.
    fn limit(&self) -> usize {
        NEW_RECORDS
    }
}

/// One record.
struct Line {
    row: i32,
    name: String,
    values: Vec<String>,
    verdict: Label,
}

/// Shows what was entered so far.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    at: At,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, frame, now) = (user.scope(), user.frame(SECTION), clock.now());
    let page = db
        .read(move |conn| page(conn, (scope, frame), &at, now))
        .await??;
    Ok(Page(page))
}

fn page(
    conn: &mut DbConn,
    (scope, frame): (Scope, Frame),
    at: &At,
    now: Moment,
) -> Result<RecordsPage, AppError> {
    let desk = found(conn, scope, &at.place, now)?;
    let (rows, cells) = match &desk.draft {
        Some(draft) => {
            let rows = drafted::new_rows(conn, draft.id)?;
            let numbers: Vec<i32> = rows.iter().map(|row| row.row_number).collect();
            (rows, drafted::cells_of_rows(conn, draft.id, &numbers)?)
        }
        None => Default::default(),
    };
    let mut deliveries = grants::unanswered_deliveries(conn, scope, half_of(&desk.dataset.name))?;
    deliveries.retain(|delivery| delivery.agreement_id == desk.agreement.id);
    let shown = shown(&desk);
    let mut cells = grouped(cells, |cell: &DraftCell| cell.row_number);
    let mut of_row = |row: &DraftRow| cells.remove(&row.row_number).unwrap_or_default();
    let lines: Vec<Line> = rows
        .iter()
        .map(|row| line(row, &of_row(row), &shown))
        .collect();
    let is_faulty = |row: &&DraftRow| verdict(row) == Verdict::Blocked;
    Ok(RecordsPage {
        frame,
        head: at.head(&desk),
        dataset: &desk.dataset.name,
        draft: desk.draft.as_ref().map(|draft| draft.id),
        titles: shown.iter().map(|(_, title)| *title).collect(),
        faulty: rows.iter().filter(is_faulty).count(),
        is_full: lines.len() >= NEW_RECORDS,
        lines,
        delivery: at.answers.among(&deliveries),
        deliveries,
        needs_delivery: !desk.agreement.is_in_force(now.jakarta_date()),
    })
}

/// The fields that tell records apart: those of the key first.
fn shown(desk: &Desk) -> Vec<(&'static str, &'static str)> {
    let keys = desk.dataset.key_positions();
    let mut fields: Vec<_> = desk.fields().collect();
    fields.sort_by_key(|(at, _)| !keys.contains(at));
    let named = fields
        .into_iter()
        .map(|(_, field)| (field.name.as_str(), field.title.as_str()));
    named.take(SHOWN).collect()
}

fn verdict(row: &DraftRow) -> Verdict {
    let verdict = row.verdict.as_deref().and_then(Verdict::parse);
    verdict.unwrap_or(Verdict::Blocked)
}

fn line(row: &DraftRow, cells: &[DraftCell], shown: &[(&str, &str)]) -> Line {
    let value = |name: &str| {
        let cell = cells.iter().find(|cell| cell.field == name);
        cell.map(|cell| cell.value.clone()).unwrap_or_default()
    };
    Line {
        row: row.row_number,
        name: text::row_name(row.row_number),
        values: shown.iter().map(|(name, _)| value(name)).collect(),
        verdict: text::verdict_label(verdict(row)),
    }
}
