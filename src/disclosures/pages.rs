//! "Siapa menerima data tentang seseorang": everything that left about one
//! person. The number is posted, so that it stands in no address and no log.

mod view;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use askama::Template;
use serde::Deserialize;

use self::view::{Told, told};
use super::actions::{self, Inquiry, Traced};
use super::model::{AccessForm, Fate, Trace};
use super::queries::trace as queries;
use super::text;
use crate::accounts::{Names, SignedIn};
use crate::datasets::PersonKey;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, CSV, FormErrors, Frame, attachment, csv_cell, filters, rendered,
};

const SECTION: &str = "/pengungkapan";
/// The longest reason, in characters.
const REASON_LIMIT: usize = 300;
/// Inquiries that are listed.
const LAST: i64 = 10;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TraceForm {
    pegawai: String,
    dari: String,
    sampai: String,
    alasan: String,
}

#[derive(Template)]
#[template(path = "disclosures/ask.html")]
struct AskPage {
    frame: Frame,
    form: TraceForm,
    errors: FormErrors,
    last: Vec<Trace>,
    names: Names,
}

#[derive(Template)]
#[template(path = "disclosures/answer.html")]
struct AnswerPage {
    frame: Frame,
    form: TraceForm,
    asker: String,
    at: Moment,
    name: Option<String>,
    told: Vec<Told>,
}

impl AnswerPage {
    /// How often data came to this.
    fn count(&self, fate: Fate) -> usize {
        self.told.iter().filter(|one| one.fate() == fate).count()
    }
}

/// Asks about whom.
///
/// # Errors
/// The database's.
pub async fn show(user: SignedIn, db: Data<Db>) -> Result<HttpResponse, AppError> {
    let (form, errors) = (TraceForm::default(), FormErrors::new());
    let page = AskPage::of(&user, &db, form, errors).await?;
    Ok(rendered(StatusCode::OK, &page))
}

/// Shows everything that left about the person.
///
/// # Errors
/// The database's.
pub async fn trace(
    user: SignedIn,
    form: Form<TraceForm>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (form, now) = (form.into_inner(), clock.now());
    let mut errors = FormErrors::new();
    let Some(inquiry) = form.inquiry(AccessForm::Page, &mut errors) else {
        let page = AskPage::of(&user, &db, form, errors).await?;
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (traced, names) = answered(&user, inquiry, &db, now).await?;
    let page = AnswerPage {
        frame: user.frame(SECTION),
        asker: user.account.name.clone(),
        form,
        at: now,
        name: traced.person.as_ref().map(|person| person.name.clone()),
        told: told(traced.lines, &names),
    };
    Ok(rendered(StatusCode::OK, &page))
}

/// Downloads the same as CSV.
///
/// # Errors
/// What is wrong with the form; the database's.
pub async fn download(
    user: SignedIn,
    form: Form<TraceForm>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (mut errors, now) = (FormErrors::new(), clock.now());
    let Some(inquiry) = form.inquiry(AccessForm::Csv, &mut errors) else {
        let first = errors.iter().next().map(|(_, sentence)| sentence.clone());
        return Err(AppError::BadRequest(first.unwrap_or_default()));
    };
    let (traced, names) = answered(&user, inquiry, &db, now).await?;
    let csv = written(told(traced.lines, &names));
    let csv = csv.map_err(|error| AppError::Internal(error.to_string()))?;
    let name = format!("penerima-data-{}.csv", now.jakarta_date());
    Ok(attachment(&name, CSV).body(csv))
}

async fn answered(
    user: &SignedIn,
    inquiry: Inquiry,
    db: &Db,
    now: Moment,
) -> Result<(Traced, Names), AppError> {
    let account = user.account.id;
    let answer = db.write(move |conn| {
        let traced = actions::trace(conn, &inquiry, account, now)?;
        let fetched = traced.lines.iter().filter_map(|line| line.access.as_ref());
        let accounts: Vec<String> = fetched.map(|one| one.account_id.to_string()).collect();
        let names = Names::of(conn, accounts.iter().map(String::as_str))?;
        diesel::QueryResult::Ok((traced, names))
    });
    Ok(answer.await??)
}

/// Spreadsheets in Indonesian part cells at the semicolon, and read UTF-8 only
/// after the mark at the front.
fn written(told: Vec<Told>) -> Result<Vec<u8>, csv::Error> {
    let start = "\u{feff}".as_bytes().to_vec();
    let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(start);
    csv.write_record(text::CSV_HEAD)?;
    for one in told {
        for row in one.csv_rows() {
            csv.write_record(row.map(|cell| csv_cell(&cell)))?;
        }
    }
    csv.into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

impl AskPage {
    async fn of(
        user: &SignedIn,
        db: &Db,
        form: TraceForm,
        errors: FormErrors,
    ) -> Result<Self, AppError> {
        let read = |conn: &mut DbConn| {
            let last = queries::last(conn, LAST)?;
            let accounts: Vec<String> = last.iter().map(|one| one.account_id.to_string()).collect();
            let names = Names::of(conn, accounts.iter().map(String::as_str))?;
            diesel::QueryResult::Ok((last, names))
        };
        let (last, names) = db.read(read).await??;
        Ok(Self {
            frame: user.frame(SECTION),
            form,
            errors,
            last,
            names,
        })
    }
}

impl TraceForm {
    fn inquiry(&self, form: AccessForm, errors: &mut FormErrors) -> Option<Inquiry> {
        let key = self.pegawai.parse::<PersonKey>();
        if let Err(fault) = key {
            errors.add("pegawai", text::key_fault(fault));
        }
        let from = errors.date_or_none("dari", &self.dari, "tanggal awal");
        let until = errors.date_or_none("sampai", &self.sampai, "tanggal akhir");
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            errors.add(
                "sampai",
                "Pilih tanggal akhir yang sama dengan atau sesudah tanggal awal.",
            );
        }
        let reason = errors.line("alasan", &self.alasan, "alasan penelusuran", REASON_LIMIT);
        errors.refuse_nip("alasan", &reason);
        let key = key.ok().filter(|_| errors.is_empty())?;
        Some(Inquiry {
            key,
            from: from.map(Moment::start_of),
            until: until.and_then(|day| day.succ_opt()).map(Moment::start_of),
            reason,
            form,
        })
    }
}

impl Trace {
    fn by<'n>(&self, names: &'n Names) -> &'n str {
        names.of_account(self.account_id)
    }
}
