//! The trail: search, filter, paging.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use diesel::QueryResult;
use serde::Deserialize;

use super::rows::{self, Row};
use crate::accounts::SignedIn;
use crate::audit::model::TrailFilter;
use crate::audit::{queries, text};
use crate::platform::clock::Moment;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, FormErrors, Frame, Pages, filters, list_address, rendered};

const PAGE_SIZE: i64 = 50;

/// Characters of what is searched for.
const TERM_CHARACTERS: usize = 100;

/// What the trail is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TrailQuery {
    dari: String,
    sampai: String,
    pelaku: String,
    instansi: String,
    tindakan: String,
    objek: String,
    hal: String,
}

#[derive(Template)]
#[template(path = "audit/list.html")]
struct ListPage {
    frame: Frame,
    query: TrailQuery,
    errors: FormErrors,
    listing: Listing,
    pages: Pages,
}

/// What is read for the page.
struct Listing {
    rows: Vec<Row>,
    actions: Vec<(&'static str, &'static str)>,
    institutions: Vec<(String, String)>,
    head: (i64, String),
}

/// Shows the trail.
///
/// # Errors
/// The database's.
pub async fn list(
    user: SignedIn,
    query: Query<TrailQuery>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let query = query.into_inner();
    let mut errors = FormErrors::new();
    let filter = query.filter(&mut errors);
    let (page, address) = (query.hal.parse().ok(), query.address("/jejak-audit"));
    let (listing, pages) = db
        .read(move |conn| read(conn, &filter, page, &address))
        .await??;
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let frame = user.frame("/jejak-audit");
    let page = ListPage {
        frame,
        query,
        errors,
        listing,
        pages,
    };
    Ok(rendered(status, &page))
}

fn read(
    conn: &mut DbConn,
    filter: &TrailFilter,
    page: Option<i64>,
    address: &str,
) -> QueryResult<(Listing, Pages)> {
    let found = queries::count(conn, filter)?;
    let pages = Pages::new(page, PAGE_SIZE, found, address);
    let events = queries::page(conn, filter, pages.limit(), pages.offset())?;
    let institutions = queries::institutions(conn)?;
    let listing = Listing {
        rows: rows::named(conn, events, &institutions)?,
        actions: text::actions(),
        institutions,
        head: queries::head(conn)?,
    };
    Ok((listing, pages))
}

impl TrailQuery {
    /// The filter that was asked for; what cannot be read is noted and left out.
    pub(super) fn filter(&self, errors: &mut FormErrors) -> TrailFilter {
        let chosen = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let term = |text: &str| text.trim().chars().take(TERM_CHARACTERS).collect();
        let (from, until) = (
            day("dari", &self.dari, errors),
            day("sampai", &self.sampai, errors),
        );
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            errors.add(
                "sampai",
                "Pilih tanggal akhir yang sama dengan atau sesudah tanggal awal.",
            );
        }
        TrailFilter {
            from: from.map(Moment::start_of),
            until: until.and_then(|day| day.succ_opt()).map(Moment::start_of),
            actor: term(&self.pelaku),
            institution: chosen(&self.instansi),
            action: chosen(&self.tindakan),
            subject: term(&self.objek),
        }
    }

    fn address(&self, path: &str) -> String {
        let filters = [
            ("dari", self.dari.as_str()),
            ("sampai", &self.sampai),
            ("pelaku", &self.pelaku),
            ("instansi", &self.instansi),
            ("tindakan", &self.tindakan),
            ("objek", &self.objek),
        ];
        list_address(path, &filters)
    }

    fn is_set(&self) -> bool {
        !self.address("").is_empty()
    }
}

fn day(field: &'static str, text: &str, errors: &mut FormErrors) -> Option<NaiveDate> {
    if text.is_empty() {
        return None;
    }
    let day = text.parse().ok();
    if day.is_none() {
        errors.add(
            field,
            "Tulis tanggal dengan urutan tahun-bulan-hari, misalnya 2026-11-20.",
        );
    }
    day
}
