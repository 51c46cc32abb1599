//! One record in a form: a row of a version that is mended, or a new one.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpResponse, Responder};
use askama::Template;

use super::inputs::{self, Input, Note};
use super::{At, Head, NEW, address_of, found};
use crate::accounts::SignedIn;
use crate::datasets::{Finding, Verdict};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Fields, Flash, FormErrors, Frame, Page, rendered, see_other};
use crate::submissions::actions::{self, DraftError, TypedCell, TypedRow};
use crate::submissions::codes::Lists;
use crate::submissions::desk::{Desk, Place};
use crate::submissions::model::drafts::{BaseRow, DraftCell, DraftRow, Origin, has_errors};
use crate::submissions::pages::SECTION;
use crate::submissions::queries::drafted;
use crate::submissions::text;

#[derive(Template)]
#[template(path = "submissions/drafts/row.html")]
struct RowPage {
    frame: Frame,
    head: Head,
    row: i32,
    is_new: bool,
    is_removed: bool,
    is_current: bool,
    revision: i32,
    inputs: Vec<Input>,
    /// What is said of the row as a whole.
    notes: Vec<Note>,
    errors: FormErrors,
    /// Who changed the row since it was shown.
    changed_by: Option<String>,
}

impl RowPage {
    fn name(&self) -> String {
        text::row_name(self.row)
    }
}

/// A row as it stands: in its base, in the draft, in the form.
struct Standing {
    desk: Desk,
    codes: Lists,
    row: i32,
    base: BaseRow,
    known: Option<(DraftRow, String)>,
    cells: Vec<DraftCell>,
    texts: Vec<String>,
}

/// Shows the form of a row, or an empty one.
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
        .read(move |conn| {
            let desk = found(conn, scope, &at.place, now)?;
            let standing = standing(conn, desk, at.row)?;
            let findings = match standing.is_untouched_new() {
                true => Vec::new(),
                false => standing.findings(conn, now)?,
            };
            let head = at.head(&standing.desk);
            Ok::<_, AppError>(standing.page((frame, head), &findings))
        })
        .await??;
    Ok(Page(page))
}

fn standing(conn: &mut DbConn, desk: Desk, row: Option<i32>) -> Result<Standing, AppError> {
    let draft = desk.draft.as_ref().map(|draft| draft.id);
    let (row, is_begun) = match (row, draft) {
        (Some(row), _) => (row, true),
        (None, Some(draft)) => (actions::next_new(conn, draft)?, false),
        (None, None) => (-1, false),
    };
    let base = desk.base_row(conn, row)?.ok_or(AppError::NotFound)?;
    let (known, cells) = match draft {
        Some(draft) => (
            drafted::row(conn, draft, row)?,
            drafted::cells_of_row(conn, draft, row)?,
        ),
        None => (None, Vec::new()),
    };
    if row < 0 && is_begun && known.is_none() {
        return Err(AppError::NotFound);
    }
    let sender = desk.agreement.institution_id;
    let codes = Lists::load_for(conn, desk.dataset, sender)?;
    let mut texts = base.texts.clone();
    for cell in &cells {
        let at = desk.dataset.field(&cell.field).map(|(at, _)| at);
        if let Some(text) = at.and_then(|at| texts.get_mut(at)) {
            text.clone_from(&cell.value);
        }
    }
    Ok(Standing {
        desk,
        codes,
        row,
        base,
        known,
        cells,
        texts,
    })
}

impl Standing {
    fn is_untouched_new(&self) -> bool {
        self.row < 0 && self.known.is_none()
    }

    fn revision(&self) -> i32 {
        self.known.as_ref().map_or(0, |(row, _)| row.revision)
    }

    fn findings(&self, conn: &mut DbConn, now: Moment) -> Result<Vec<Finding>, AppError> {
        let checked = self.desk.check(conn, &self.codes, &self.texts, now);
        let checked = checked.map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(self
            .base
            .findings_now(&self.texts, &checked, &self.desk.names()))
    }

    fn page(self, (frame, head): (Frame, Head), findings: &[Finding]) -> RowPage {
        let texts = (self.texts.as_slice(), self.base.texts.as_slice());
        let dataset = self.desk.dataset;
        let of_the_row = findings.iter().filter(|finding| finding.field.is_none());
        let notes = self.base.of_the_file().chain(of_the_row);
        RowPage {
            frame,
            head,
            row: self.row,
            is_new: self.is_untouched_new(),
            is_removed: self.known.as_ref().is_some_and(|(row, _)| row.is_removed),
            is_current: self.desk.is_current,
            revision: self.revision(),
            inputs: inputs::of(&self.desk, &self.codes, texts, findings),
            notes: notes
                .map(|finding| inputs::note(finding, dataset))
                .collect(),
            errors: FormErrors::new(),
            changed_by: None,
        }
    }

    /// Takes what was typed; the cells that differ from the base now.
    fn take(&mut self, fields: &Fields) -> Vec<TypedCell> {
        let mut typed = Vec::new();
        for (at, field) in self.desk.fields() {
            let Some(text) = self.texts.get_mut(at) else {
                continue;
            };
            let suggested = fields.get(&format!("usul.{}", field.name));
            let name = format!("isi.{}", field.name);
            let given = fields.all(&name).next();
            if !suggested.is_empty() {
                *text = suggested.to_owned();
            } else if let Some(given) = given {
                *text = given.replace('\0', "");
            }
            let before = self.base.texts.get(at).cloned().unwrap_or_default();
            if *text != before {
                typed.push(TypedCell {
                    origin: origin(&self.cells, &field.name, text, !suggested.is_empty()),
                    field: field.name.clone(),
                    value: text.clone(),
                    before,
                });
            }
        }
        typed
    }
}

/// A value that was suggested stays one until another is typed.
fn origin(cells: &[DraftCell], field: &str, text: &str, is_suggested: bool) -> Origin {
    let kept = cells
        .iter()
        .find(|cell| cell.field == field && cell.value == text);
    match kept {
        _ if is_suggested => Origin::Suggested,
        Some(kept) => kept.origin,
        None => Origin::Typed,
    }
}

/// What a posted form leads to.
enum Outcome {
    Again(StatusCode, Box<RowPage>),
    Kept(i32, Option<i32>),
}

/// Keeps a row, leaves it out, or takes it back in.
///
/// # Errors
/// The refusal, or the database's.
pub async fn save(
    user: SignedIn,
    at: At,
    form: Form<Vec<(String, String)>>,
    (db, clock): (Data<Db>, Data<Clock>),
    session: Session,
) -> Result<HttpResponse, AppError> {
    let (fields, now) = (Fields::new(form), clock.now());
    let row = at.row.ok_or(AppError::NotFound)?;
    let (address, tail) = (address_of(&at.place), at.answers.tail());
    let (scope, frame, by) = (user.scope(), user.frame(SECTION), user.account);
    let deed = fields.get("aksi").to_owned();
    if deed == "hapus" || deed == "pulih" {
        db.write(move |conn| match deed.as_str() {
            "hapus" => actions::remove_row(conn, scope, at.place, row, (&by, now)),
            _ => actions::undo(conn, scope, at.place, (row, ""), (&by, now)),
        })
        .await??;
        return Ok(see_other(&format!("{address}{tail}")));
    }
    let wants_next = deed == "lanjut";
    let outcome = db
        .write(move |conn| keep(conn, (scope, frame), (&at, row), &fields, (&by, now)))
        .await??;
    match outcome {
        Outcome::Again(status, page) => Ok(rendered(status, &*page)),
        Outcome::Kept(row, next) => {
            Flash::put(
                &session,
                &text::saved(row, wants_next && next.is_none() && row > 0),
            );
            let next = following(&address, (row, next), wants_next);
            Ok(see_other(&format!("{next}{tail}")))
        }
    }
}

/// The page after a row was kept.
fn following(address: &str, (row, next): (i32, Option<i32>), wants_next: bool) -> String {
    match next {
        Some(next) if wants_next => format!("{address}/baris/{next}"),
        _ if wants_next && row < 0 => format!("{address}/baris/{NEW}"),
        _ => address.to_owned(),
    }
}

fn keep(
    conn: &mut DbConn,
    (scope, frame): (crate::accounts::Scope, Frame),
    (at, row): (&At, i32),
    fields: &Fields,
    (by, now): (&crate::accounts::Account, Moment),
) -> Result<Outcome, AppError> {
    let desk = found(conn, scope, &at.place, now)?;
    let head = at.head(&desk);
    let seen = fields.get("revisi").parse().unwrap_or_default();
    let mut standing = standing_or_new(conn, desk, row, seen)?;
    let cells = standing.take(fields);
    let findings = standing.findings(conn, now)?;
    let is_wrong = has_errors(&findings);
    if is_wrong && fields.get("aksi") != "konsep" {
        let mut page = standing.page((frame, head), &findings);
        page.revision = seen;
        page.errors = errors_of(&page.inputs, &page.notes);
        return Ok(Outcome::Again(
            StatusCode::UNPROCESSABLE_ENTITY,
            Box::new(page),
        ));
    }
    let typed = TypedRow {
        row,
        seen,
        cells,
        verdict: Verdict::of(&findings),
    };
    match actions::keep_row(conn, scope, at.place.clone(), &typed, (by, now)) {
        Ok(row) => Ok(Outcome::Kept(
            row,
            next_faulty(conn, (scope, &at.place), row, now)?,
        )),
        Err(DraftError::Changed) => Ok(Outcome::Again(
            StatusCode::CONFLICT,
            Box::new(contested(standing, (frame, head), &findings)),
        )),
        Err(error) => Err(error.into()),
    }
}

/// The row as it stands; one that the form has just begun stands nowhere yet.
fn standing_or_new(
    conn: &mut DbConn,
    desk: Desk,
    row: i32,
    seen: i32,
) -> Result<Standing, AppError> {
    let is_new = row < 0 && seen == 0;
    let standing = standing(conn, desk, (!is_new).then_some(row))?;
    Ok(Standing { row, ..standing })
}

/// The form with both what was typed and what somebody else has kept meanwhile;
/// kept again, it takes the place of theirs.
fn contested(standing: Standing, frame: (Frame, Head), findings: &[Finding]) -> RowPage {
    let kept: Vec<DraftCell> = standing.cells.clone();
    let base = standing.base.texts.clone();
    let positions: Vec<usize> = standing.desk.fields().map(|(at, _)| at).collect();
    let who = standing.known.as_ref().map(|(_, name)| name.clone());
    let mut page = standing.page(frame, findings);
    for (input, at) in page.inputs.iter_mut().zip(positions) {
        let theirs = kept.iter().find(|cell| cell.field == input.name);
        let theirs = theirs
            .map(|cell| cell.value.clone())
            .or_else(|| base.get(at).cloned());
        input.theirs = theirs.filter(|theirs| *theirs != input.value);
    }
    page.changed_by = Some(who.unwrap_or_default());
    page
}

fn next_faulty(
    conn: &mut DbConn,
    (scope, place): (crate::accounts::Scope, &Place),
    row: i32,
    now: Moment,
) -> Result<Option<i32>, AppError> {
    let desk = found(conn, scope, place, now)?;
    let Some(base) = desk.base.as_ref().filter(|_| row > 0) else {
        return Ok(None);
    };
    let draft = desk.draft.as_ref().map(|draft| draft.id);
    let after = drafted::next_faulty(conn, base.version.id, draft, row)?;
    let next = match after {
        Some(next) => Some(next),
        None => drafted::next_faulty(conn, base.version.id, draft, 0)?,
    };
    Ok(next.filter(|next| *next != row))
}

fn errors_of(inputs: &[Input], notes: &[Note]) -> FormErrors {
    let mut errors = FormErrors::new();
    for note in notes.iter().filter(|note| note.is_error) {
        errors.add("baris-catatan", note.problem.clone());
    }
    for input in inputs {
        for note in input.notes.iter().filter(|note| note.is_error) {
            errors.add(input.id(), note.problem.clone());
        }
    }
    errors
}
