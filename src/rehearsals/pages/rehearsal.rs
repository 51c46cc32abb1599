//! Asking for a rehearsal, seeing what it came to, taking it away as CSV.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use chrono::Months;
use serde::Deserialize;
use std::io::{self, Write};

use super::SECTION;
use crate::accounts::{Permission, SignedIn};
use crate::datasets::{self, Dataset, DeclaredRule};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::jobs;
use crate::platform::web::{
    AppError, CSV, FormErrors, Frame, OneTimeKey, Page, Pages, attachment, csv_cell, filters,
    rendered, see_other, streamed,
};
use crate::rehearsals::actions::{self, NewRehearsal, RehearseError};
use crate::rehearsals::jobs::REHEARSE;
use crate::rehearsals::model::{Rehearsal, RehearsalId};
use crate::rehearsals::queries::{self, Told};
use crate::rehearsals::text;

/// Files on one page.
const PER_PAGE: i64 = 50;
/// Earlier rehearsals that are shown.
const EARLIER: i64 = 20;
/// Months that are looked at unless something else is typed.
const USUAL_SPAN: Months = Months::new(12);

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RehearsalForm {
    sejak: String,
    kunci: String,
}

#[derive(Template)]
#[template(path = "rehearsals/new.html")]
struct NewPage {
    frame: Frame,
    dataset: &'static Dataset,
    rule: DeclaredRule,
    earlier: Vec<Rehearsal>,
    may_ask: bool,
    form: RehearsalForm,
    errors: FormErrors,
}

type Of = Path<(String, String)>;

/// Shows the form and earlier rehearsals.
///
/// # Errors
/// Not found; the database's.
pub async fn new(
    user: SignedIn,
    of: Of,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (today, found) = (clock.now().jakarta_date(), found(of)?);
    let from = today.checked_sub_months(USUAL_SPAN).unwrap_or(today);
    let form = RehearsalForm {
        sejak: from.to_string(),
        kunci: OneTimeKey::generate(),
    };
    Ok(Page(
        page(&user, &db, found, (form, FormErrors::new())).await?,
    ))
}

/// Begins a rehearsal.
///
/// # Errors
/// Not found; the database's.
pub async fn create(
    user: SignedIn,
    of: Of,
    form: Form<RehearsalForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (form, now, by) = (form.into_inner(), clock.now(), user.account.id);
    let (dataset, rule) = found(of)?;
    let mut errors = FormErrors::new();
    let from = errors.date("sejak", &form.sejak, "tanggal awal");
    if let Some(checked_from) = from {
        let key = Some(form.kunci.clone()).filter(|key| OneTimeKey::is_valid(key));
        let new = NewRehearsal {
            rule: rule.key.clone(),
            checked_from,
            form_key: key.unwrap_or_else(OneTimeKey::generate),
        };
        let asked =
            db.write(move |conn: &mut DbConn| actions::rehearse(conn, dataset, new, by, now));
        match asked.await? {
            Err(RehearseError::NoFiles) => errors.add("sejak", text::NO_FILES),
            asked => return Ok(see_other(&format!("/ujicoba/{}", asked?))),
        }
    }
    let page = page(&user, &db, (dataset, rule), (form, errors)).await?;
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn found(of: Of) -> Result<(&'static Dataset, DeclaredRule), AppError> {
    let (name, key) = of.into_inner();
    let dataset = datasets::find(&name).ok_or(AppError::NotFound)?;
    let rule = rule_of(dataset, &key).ok_or(AppError::NotFound)?;
    Ok((dataset, rule))
}

fn rule_of(dataset: &Dataset, key: &str) -> Option<DeclaredRule> {
    let mut rules = dataset.staged_rules().into_iter();
    rules.find(|rule| rule.key == key)
}

async fn page(
    user: &SignedIn,
    db: &Db,
    (dataset, rule): (&'static Dataset, DeclaredRule),
    (form, errors): (RehearsalForm, FormErrors),
) -> Result<NewPage, AppError> {
    let key = rule.key.clone();
    let earlier = db
        .read(move |conn| queries::of_rule(conn, (&dataset.name, &key), EARLIER))
        .await??;
    Ok(NewPage {
        frame: user.frame(SECTION),
        may_ask: user.account.role.may(Permission::ManagePartners),
        dataset,
        rule,
        earlier,
        form,
        errors,
    })
}

/// Which page the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ResultQuery {
    hal: String,
}

#[derive(Template)]
#[template(path = "rehearsals/show.html")]
struct ResultPage {
    frame: Frame,
    rehearsal: Rehearsal,
    dataset_title: &'static str,
    words: String,
    asked_by: String,
    title: String,
    figures: Figures,
    files: Vec<Told>,
    pages: Pages,
    given_up: bool,
    may_ask: bool,
}

/// Figures over all files that are done.
#[derive(Debug, Default)]
struct Figures {
    files: i64,
    files_hit: i64,
    rows: i64,
    hit: i64,
    anew: i64,
}

impl Figures {
    fn of(files: &[(i64, i64, i64)]) -> Self {
        files.iter().fold(Self::default(), |sum, file| Self {
            files: sum.files + 1,
            files_hit: sum.files_hit + i64::from(file.1 > 0),
            rows: sum.rows + file.0,
            hit: sum.hit + file.1,
            anew: sum.anew + file.2,
        })
    }
}

/// Shows how far a rehearsal is, or what it came to.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    id: Path<RehearsalId>,
    query: Query<ResultQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (id, page) = (id.into_inner(), query.hal.parse().ok());
    let ((rehearsal, asked_by), figures, files, pages, given_up) = db
        .read(move |conn| {
            let found = queries::find(conn, id)?.ok_or(AppError::NotFound)?;
            let figures = Figures::of(&queries::figures(conn, id)?);
            let pages = Pages::new(page, PER_PAGE, figures.files, &format!("/ujicoba/{id}"));
            let files = queries::results(conn, id, (pages.limit(), pages.offset()))?;
            let given_up = jobs::is_given_up(conn, REHEARSE, &id.to_string())?;
            Ok::<_, AppError>((found, figures, files, pages, given_up))
        })
        .await??;
    let dataset = datasets::find(&rehearsal.dataset).ok_or(AppError::NotFound)?;
    let words = rule_of(dataset, &rehearsal.rule).map(|rule| rule.words);
    Ok(Page(ResultPage {
        frame: user.frame(SECTION),
        title: text::title(
            &rehearsal,
            (figures.files, figures.hit, figures.rows),
            given_up,
        ),
        given_up,
        may_ask: user.account.role.may(Permission::ManagePartners),
        dataset_title: &dataset.title,
        words: words.unwrap_or_default(),
        rehearsal,
        asked_by,
        figures,
        files,
        pages,
    }))
}

/// Takes up again what was given up.
///
/// # Errors
/// Not found, the refusal, or the database's.
pub async fn resume(
    user: SignedIn,
    id: Path<RehearsalId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (id, by, now) = (id.into_inner(), user.account.id, clock.now());
    db.write(move |conn| actions::resume_rehearsal(conn, id, by, now))
        .await??;
    Ok(see_other(&format!("/ujicoba/{id}")))
}

/// Answers the files as CSV. Taking it away is recorded.
///
/// # Errors
/// Not found; the database's.
pub async fn download(
    user: SignedIn,
    id: Path<RehearsalId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (id, by, now) = (id.into_inner(), user.account.id, clock.now());
    let rehearsal = db
        .write(move |conn| {
            let (rehearsal, _) = queries::find(conn, id)?.ok_or(AppError::NotFound)?;
            actions::note_export(conn, &rehearsal, by, now)?;
            Ok::<_, AppError>(rehearsal)
        })
        .await??;
    let name = format!("ujicoba-{}-{}.csv", rehearsal.dataset, rehearsal.rule);
    let response = attachment(&name, CSV);
    let db = db.get_ref().clone();
    Ok(streamed(response, move |out| {
        let mut conn = db.connection().map_err(io::Error::other)?;
        write(&mut conn, id, out)
    }))
}

fn write(conn: &mut DbConn, id: RehearsalId, out: &mut (dyn Write + Send)) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(out);
    csv.write_record(text::CSV_HEAD)?;
    let mut from = 0;
    loop {
        let files = queries::results(conn, id, (PER_PAGE, from)).map_err(io::Error::other)?;
        if files.is_empty() {
            return csv.flush();
        }
        from += PER_PAGE;
        for file in &files {
            csv.write_record(cells(file).map(|cell| csv_cell(&cell)))?;
        }
    }
}

fn cells((result, _, institution, _, number, version, _): &Told) -> [String; 7] {
    let examples: Vec<String> = result.examples().iter().map(u32::to_string).collect();
    [
        institution.clone(),
        number.clone(),
        version.to_string(),
        result.rows_total.to_string(),
        result.rows_hit.to_string(),
        result.rows_hit_anew.to_string(),
        examples.join(" "),
    ]
}
