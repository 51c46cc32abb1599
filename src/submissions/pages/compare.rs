//! Two versions of a submission side by side: rows added, gone and changed,
//! field by field.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use std::io::{self, Write};

use super::{SECTION, number_of, version_address};
use crate::accounts::{Scope, SignedIn};
use crate::audit::{self, Entry};
use crate::datasets::{self, Dataset};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, CSV, Frame, Page, Pages, attachment, csv_cell, filters, list_address, streamed,
};
use crate::submissions::model::{SubmissionId, VersionId};
use crate::submissions::queries::compare::{self, Difference, DifferentRow};
use crate::submissions::queries::find::{self, Dossier};
use crate::submissions::queries::findings;
use crate::submissions::text;

/// Rows on one page.
const PER_PAGE: i64 = 25;
/// Rows read at a time for the file.
const BATCH: i64 = 1_000;

/// Which versions and rows the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct CompareQuery {
    #[serde(default)]
    dengan: String,
    #[serde(default)]
    tampil: String,
    #[serde(default)]
    hal: String,
}

#[derive(Template)]
#[template(path = "submissions/compare.html")]
struct ComparePage {
    frame: Frame,
    dossier: Dossier,
    dataset: &'static Dataset,
    place: String,
    before: i32,
    others: Vec<i32>,
    counts: [i64; 3],
    shown: Difference,
    lines: Vec<Line>,
    pages: Pages,
}

impl ComparePage {
    fn is_before(&self, version: &i32) -> bool {
        self.before == *version
    }

    fn title(&self) -> String {
        text::comparison_title(self.before, self.dossier.version.version, self.counts)
    }
}

/// One row in which the versions differ.
struct Line {
    row: DifferentRow,
    cells: Vec<Cell>,
}

/// One value before and now; none where the cell is empty.
struct Cell {
    field: &'static str,
    before: Option<String>,
    now: Option<String>,
}

/// Two versions to be compared, the look at them recorded.
struct Pair {
    dossier: Dossier,
    dataset: &'static Dataset,
    before: i32,
    ids: (VersionId, VersionId),
    others: Vec<i32>,
}

/// Shows in what a version differs from an earlier one.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    query: Query<CompareQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (asking, at) = ((user.scope(), user.actor(), clock.now()), of.into_inner());
    let (query, frame) = (query.into_inner(), user.frame(SECTION));
    let page = db
        .write(move |conn| {
            let pair = pair(conn, asking, at, (&query.dengan, "page"))?;
            page(conn, frame, pair, &query)
        })
        .await??;
    Ok(Page(page))
}

fn page(
    conn: &mut DbConn,
    frame: Frame,
    pair: Pair,
    query: &CompareQuery,
) -> Result<ComparePage, AppError> {
    let mut counts = [0; 3];
    for (count, (.., difference)) in counts.iter_mut().zip(Difference::FILTERS) {
        *count = compare::count(conn, pair.ids, difference)?;
    }
    let shown = Difference::of_filter(&query.tampil);
    let filters = counts.iter().zip(Difference::FILTERS);
    let mut total = filters.filter(|(_, (.., difference))| *difference == shown);
    let place = version_address(&pair.dossier);
    let address = list_address(
        &format!("{place}/banding"),
        &[
            ("dengan", &pair.before.to_string()),
            ("tampil", shown.word()),
        ],
    );
    let total = total.next().map_or(0, |(count, _)| *count);
    let pages = Pages::new(number_of(&query.hal), PER_PAGE, total, &address);
    let span = (pages.limit(), pages.offset());
    let rows = compare::page(conn, pair.ids, shown, 0, span)?;
    Ok(ComparePage {
        frame,
        lines: lines(conn, &pair, rows)?,
        dossier: pair.dossier,
        dataset: pair.dataset,
        place,
        before: pair.before,
        others: pair.others,
        counts,
        shown,
        pages,
    })
}

/// Finds both versions and records that their rows are looked at.
fn pair(
    conn: &mut DbConn,
    (scope, actor, now): (Scope, String, Moment),
    (submission, number): (SubmissionId, i32),
    (with, what): (&str, &'static str),
) -> Result<Pair, AppError> {
    let dossier = find::dossier(conn, scope, submission, number)?.ok_or(AppError::NotFound)?;
    let dataset = datasets::find(&dossier.submission.dataset).ok_or(AppError::NotFound)?;
    let versions = find::versions_of(conn, submission)?;
    let mut earlier = versions.iter().map(|(version, _)| version);
    let is_earlier = |version: i32| version < number;
    let others: Vec<i32> = earlier
        .clone()
        .filter(|version| version.was_read() && is_earlier(version.version))
        .map(|version| version.version)
        .collect();
    let before = number_of(with).or(others.last().copied());
    let before = before
        .filter(|before| others.contains(before) && dossier.version.was_read())
        .ok_or(AppError::NotFound)?;
    let before_id = earlier
        .find(|version| version.version == before)
        .map(|version| version.id)
        .ok_or(AppError::NotFound)?;
    let entry = Entry {
        actor,
        institution: Some(dossier.institution.id.to_string()),
        action: "submissions.versions_compared",
        subject: ("submission", submission.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": number, "before": before,
            "what": what,
        }),
    };
    audit::record(conn, entry, now)?;
    Ok(Pair {
        ids: (before_id, dossier.version.id),
        dossier,
        dataset,
        before,
        others,
    })
}

/// What was typed where a cell has no value, by row and field.
type Typed = HashMap<(i32, String), String>;

fn typed(conn: &mut DbConn, id: VersionId, rows: &[i32]) -> Result<Typed, AppError> {
    let found = findings::in_rows(conn, id, rows)?.into_iter();
    Ok(found
        .filter(|found| !found.value.is_empty())
        .map(|found| ((found.row_number, found.field), found.value))
        .collect())
}

fn lines(conn: &mut DbConn, pair: &Pair, rows: Vec<DifferentRow>) -> Result<Vec<Line>, AppError> {
    let numbers = |of: fn(&DifferentRow) -> i32| rows.iter().map(of).collect::<Vec<i32>>();
    let before = typed(conn, pair.ids.0, &numbers(|row| row.before_row))?;
    let now = typed(conn, pair.ids.1, &numbers(|row| row.now_row))?;
    let lines = rows.into_iter().map(|row| Line {
        cells: cells(pair.dataset, &row, &before, &now),
        row,
    });
    Ok(lines.collect())
}

/// The fields in which a row differs.
fn cells(dataset: &'static Dataset, row: &DifferentRow, before: &Typed, now: &Typed) -> Vec<Cell> {
    let values =
        |cells: &str| -> Vec<Option<String>> { serde_json::from_str(cells).unwrap_or_default() };
    let (old, new) = (values(&row.before_cells), values(&row.now_cells));
    let value = |values: &[Option<String>], at: usize, typed: &Typed, row: i32, field: &str| {
        let known = values.get(at).cloned().flatten();
        known.or_else(|| typed.get(&(row, field.to_owned())).cloned())
    };
    let fields = dataset.fields.iter().enumerate();
    let cells = fields.map(|(at, field)| Cell {
        field: &field.title,
        before: value(&old, at, before, row.before_row, &field.name),
        now: value(&new, at, now, row.now_row, &field.name),
    });
    cells.filter(|cell| cell.before != cell.now).collect()
}

/// Answers every difference as CSV, one line for each field.
///
/// # Errors
/// Not found, or the database's.
pub async fn csv(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    query: Query<CompareQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (asking, at) = ((user.scope(), user.actor(), clock.now()), of.into_inner());
    let with = query.into_inner().dengan;
    let pair = db
        .write(move |conn| pair(conn, asking, at, (&with, "csv")))
        .await??;
    let number = &pair.dossier.submission.number;
    let name = format!("banding-{number}-v{}-v{}.csv", pair.before, at.1);
    let response = attachment(&name, CSV);
    Ok(streamed(response, move |out| {
        let mut conn = db.connection().map_err(io::Error::other)?;
        write(&mut conn, &pair, out)
    }))
}

/// With the mark that spreadsheets need to read UTF-8, and no cell that they
/// would run as a formula.
fn write(conn: &mut DbConn, pair: &Pair, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    csv.write_record(text::COMPARISON_HEADERS)?;
    for (word, _, difference) in Difference::FILTERS {
        let mut after = 0;
        loop {
            let rows = compare::page(conn, pair.ids, difference, after, (BATCH, 0))
                .map_err(io::Error::other)?;
            let Some(last) = rows.last() else { break };
            after = if last.now_row == 0 {
                last.before_row
            } else {
                last.now_row
            };
            for line in lines(conn, pair, rows).map_err(io::Error::other)? {
                write_line(&mut csv, word, &line)?;
            }
        }
    }
    csv.flush()
}

fn write_line<W: Write>(csv: &mut csv::Writer<W>, word: &str, line: &Line) -> io::Result<()> {
    let row = |number: i32| {
        if number == 0 {
            String::new()
        } else {
            number.to_string()
        }
    };
    for cell in &line.cells {
        csv.write_record([
            word,
            &row(line.row.before_row),
            &row(line.row.now_row),
            cell.field,
            &csv_cell(cell.before.as_deref().unwrap_or_default()),
            &csv_cell(cell.now.as_deref().unwrap_or_default()),
        ])?;
    }
    Ok(())
}
