//! One sent version with its rows, and marking rows for correction.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;

use super::super::thread::{Event, actors, events, in_order};
use super::super::{has_invisible, number_of};
use super::{SECTION, address_of, sent};
use crate::accounts::{Permission, Scope, SignedIn};
use crate::audit::{self, Entry};
use crate::datasets::{self, Code, Dataset, Verdict};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Fields, FormErrors, Frame, Page, Pages, filters, list_address, rendered, see_other,
};
use crate::submissions::actions::{self, Mark};
use crate::submissions::model::{RowOutcome, StoredRow, SubmissionId, WarningReason};
use crate::submissions::queries::find::{self, Dossier};
use crate::submissions::queries::rows::{self, RowFilter};
use crate::submissions::queries::{confirmed, findings, people, rule_sets};
use crate::submissions::text::{self, Label};

/// Rows on one page.
const PER_PAGE: i64 = 50;
/// Characters of a reason.
pub(super) const REASON: usize = 1_000;

/// Which rows the address asks for.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct RowQuery {
    #[serde(default)]
    saring: String,
    #[serde(default)]
    baris: String,
    #[serde(default)]
    hal: String,
}

impl RowQuery {
    fn filter(&self) -> RowFilter {
        RowFilter {
            verdict: match self.saring.as_str() {
                "siap" => Some(Verdict::Ready),
                "dipastikan" => Some(Verdict::Warned),
                _ => None,
            },
            marked: self.saring == "ditandai",
            row: number_of(&self.baris),
        }
    }

    fn address(&self, place: &str) -> String {
        list_address(place, &[("saring", &self.saring), ("baris", &self.baris)])
    }
}

#[derive(Template)]
#[template(path = "submissions/review/version.html")]
struct VersionPage {
    frame: Frame,
    dossier: Dossier,
    dataset: &'static Dataset,
    place: String,
    list: String,
    query: RowQuery,
    lines: Vec<Line>,
    pages: Pages,
    loaded: Loaded,
    events: Vec<Event>,
    may_decide: bool,
    errors: FormErrors,
    typed: String,
}

/// One row as the verifier sees it.
struct Line {
    row: StoredRow,
    verdict: Label,
    warnings: Vec<String>,
    mark: Option<String>,
}

/// What the page shows besides rows.
struct Loaded {
    marked: i64,
    taken: i64,
    reasons: Vec<(&'static str, String)>,
    sender: String,
    person: String,
    rule_set: Option<i32>,
}

/// Shows a sent version. The look at its rows is recorded.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    query: Query<RowQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let asked = (of.into_inner(), query.into_inner());
    page(&user, asked, &db, clock.now()).await.map(Page)
}

/// A form that was refused: what was typed, and what is wrong with it.
#[derive(Default)]
pub(super) struct Refused {
    /// What is wrong.
    pub(super) errors: FormErrors,
    /// The reason of a return.
    pub(super) reason: String,
    /// The marks of the rows on the page.
    pub(super) marks: Vec<Mark>,
    /// Which rows the page showed.
    pub(super) query: RowQuery,
}

/// Shows the page again with what was typed and what is wrong.
pub(super) async fn again(
    user: &SignedIn,
    place: (SubmissionId, i32),
    refused: Refused,
    db: &Db,
    now: Moment,
) -> Result<HttpResponse, AppError> {
    let mut page = page(user, (place, refused.query), db, now).await?;
    for line in &mut page.lines {
        let typed = refused.marks.iter();
        if let Some(mark) = typed.rev().find(|mark| mark.row == line.row.row_number) {
            line.mark = mark.reason.clone();
        }
    }
    page.errors = refused.errors;
    page.typed = refused.reason;
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn page(
    user: &SignedIn,
    (at, query): ((SubmissionId, i32), RowQuery),
    db: &Db,
    now: Moment,
) -> Result<VersionPage, AppError> {
    let (scope, actor) = (user.scope(), user.actor());
    let (frame, role) = (user.frame(SECTION), user.account.role);
    let place = address_of(at);
    let list = query.address(&place);
    db.write(move |conn| {
        let dossier = sent(conn, scope, at)?;
        let dataset = datasets::find(&dossier.submission.dataset).ok_or(AppError::NotFound)?;
        let filter = query.filter();
        let count = rows::count_sent(conn, &dossier.version, &filter)?;
        let pages = Pages::new(number_of(&query.hal), PER_PAGE, count, &list);
        let span = (pages.limit(), pages.offset());
        let found = rows::page_sent(conn, dossier.version.id, &filter, span)?;
        record_look(conn, actor, &dossier, &found, now)?;
        let lines = lines(conn, &dossier, dataset, found)?;
        let loaded = load(conn, &dossier)?;
        let events = thread(conn, scope, &dossier)?;
        let undecided = dossier.version.decided_at.is_none();
        Ok(VersionPage {
            frame,
            dataset,
            place,
            list,
            query,
            lines,
            pages,
            loaded,
            events,
            may_decide: undecided && role.may(Permission::ReviewSubmissions),
            dossier,
            errors: FormErrors::new(),
            typed: String::new(),
        })
    })
    .await?
}

fn record_look(
    conn: &mut DbConn,
    actor: String,
    dossier: &Dossier,
    rows: &[StoredRow],
    now: Moment,
) -> Result<(), AppError> {
    let entry = Entry {
        actor,
        institution: Some(dossier.institution.id.to_string()),
        action: "submissions.rows_viewed",
        subject: ("submission", dossier.submission.id.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": dossier.version.version,
            "rows": rows.len(), "first": rows.first().map(|row| row.row_number),
            "last": rows.last().map(|row| row.row_number),
        }),
    };
    Ok(audit::record(conn, entry, now)?)
}

fn lines(
    conn: &mut DbConn,
    dossier: &Dossier,
    dataset: &Dataset,
    found: Vec<StoredRow>,
) -> Result<Vec<Line>, AppError> {
    let version = dossier.version.id;
    let numbers: Vec<i32> = found.iter().map(|row| row.row_number).collect();
    let mut warnings: HashMap<i32, Vec<String>> = HashMap::new();
    let mut reasons = reasons(conn, dossier, &numbers)?;
    for stored in findings::in_rows(conn, version, &numbers)? {
        if let Some(finding) = stored.finding() {
            let sentence = finding.sentence(dataset);
            let told = warnings.entry(stored.row_number).or_default();
            told.push(sentence.problem);
            told.extend(reasons.remove(&stored.position));
        }
    }
    let marks = rows::corrections_among(conn, version, &numbers)?;
    let mut marks: HashMap<i32, String> = marks
        .into_iter()
        .map(|mark| (mark.row_number, mark.reason))
        .collect();
    let line = |row: StoredRow| Line {
        verdict: text::outcome_label(row.outcome)
            .unwrap_or_else(|| text::verdict_label(row.verdict())),
        warnings: warnings.remove(&row.row_number).unwrap_or_default(),
        mark: marks.remove(&row.row_number),
        row,
    };
    Ok(found.into_iter().map(line).collect())
}

/// The reasons that the PIC gave for warnings in these rows, by the place of
/// the finding.
fn reasons(
    conn: &mut DbConn,
    dossier: &Dossier,
    rows: &[i32],
) -> Result<HashMap<i64, String>, AppError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(HashMap::new());
    };
    let given = confirmed::in_rows(conn, dossier, (*first, *last))?.into_iter();
    let told = given.filter_map(|given| Some((given.position, text::given_reason(&given)?)));
    Ok(told.collect())
}

fn load(conn: &mut DbConn, dossier: &Dossier) -> Result<Loaded, AppError> {
    let version = &dossier.version;
    let people = [Some(version.uploaded_by), version.sent_by];
    let mut names = people::names(conn, people.into_iter().flatten())?;
    let sender = version.sent_by.and_then(|id| names.remove(&id));
    let reasons = rows::reasons(conn, version.id)?.into_iter();
    let titled = |given: WarningReason| Some((Code::parse(&given.code)?.title(), given.reason));
    Ok(Loaded {
        marked: rows::count_corrections(conn, version.id)?,
        taken: rows::count_with_outcome(conn, version.id, RowOutcome::TakenOver)?,
        reasons: reasons.filter_map(titled).collect(),
        person: sender.clone().unwrap_or_default(),
        sender: dossier.institution.name.clone(),
        rule_set: rule_sets::used(conn, dossier.version.id)?,
    })
}

/// What happened to the submission, without what the partner never sent.
fn thread(conn: &mut DbConn, scope: Scope, dossier: &Dossier) -> Result<Vec<Event>, AppError> {
    let submission = find::submission(conn, scope, dossier.submission.id)?;
    let submission = submission.ok_or(AppError::NotFound)?;
    let mut versions = find::versions_of(conn, submission.id)?;
    versions.retain(|(version, _)| version.sent_at.is_some());
    let names = people::names(conn, versions.iter().flat_map(|(v, _)| actors(v)))?;
    let events = versions
        .iter()
        .flat_map(|(v, file)| events(v, file, &names));
    Ok(in_order(events.collect()))
}

/// Marks the rows of one page of the list for correction.
///
/// # Errors
/// The refusal, or the database's.
pub async fn mark(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    query: Query<RowQuery>,
    form: Form<Vec<(String, String)>>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, place) = (user.scope(), clock.now(), of.into_inner());
    let (marks, query) = (marks(&Fields::new(form)), query.into_inner());
    let errors = faults(&marks);
    if !errors.is_empty() {
        let reason = String::new();
        let refused = Refused {
            errors,
            reason,
            marks,
            query,
        };
        return again(&user, place, refused, &db, now).await;
    }
    let by = user.account;
    db.write(move |conn| actions::mark_rows(conn, scope, place, &marks, (&by, now)))
        .await??;
    let page = number_of::<i64>(&query.hal).unwrap_or(1);
    let list = list_address(
        &address_of(place),
        &[
            ("saring", &query.saring),
            ("baris", &query.baris),
            ("hal", &page.to_string()),
        ],
    );
    Ok(see_other(&format!("{list}#baris-baris")))
}

fn faults(marks: &[Mark]) -> FormErrors {
    let mut errors = FormErrors::new();
    for mark in marks {
        if mark.reason.as_deref().is_some_and(is_unfit) {
            errors.add(
                format!("alasan-{}", mark.row),
                text::reason_for_row(mark.row),
            );
        }
    }
    errors
}

fn is_unfit(reason: &str) -> bool {
    reason.is_empty() || reason.chars().count() > REASON || has_invisible(reason)
}

/// What the form says of each row on its page.
fn marks(fields: &Fields) -> Vec<Mark> {
    let chosen: Vec<i32> = fields.all("baris").filter_map(number_of).collect();
    let on_page = fields.all("halaman").filter_map(number_of::<i32>);
    on_page
        .map(|row| Mark {
            row,
            reason: chosen
                .contains(&row)
                .then(|| fields.get(&format!("alasan.{row}")).trim().to_owned()),
        })
        .collect()
}
