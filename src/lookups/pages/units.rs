//! Searching the units of an institution, and downloading them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;
use std::io::{self, Write};

use super::{SECTION, limited_units, refused};
use crate::accounts::SignedIn;
use crate::agreements::AgreementId;
use crate::disclosures::AccessForm;
use crate::lookups::actions::{self, LookUpError, Looked, UnitOffer, UnitQuestion, UnitsFound};
use crate::platform::clock::{Clock, Moment};
use crate::platform::config::{Config, LookupConfig};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, CSV, Frame, Pages, attachment, csv_cell, filters, list_address, rendered,
    search_term, streamed,
};
use crate::register::{self, Unit};

const PAGE_SIZE: i64 = 50;
/// Units that are read at a time for a file.
const CHUNK: i64 = 5_000;

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UnitQuery {
    instansi: String,
    cari: String,
    hal: String,
}

#[derive(Template)]
#[template(path = "lookups/units.html")]
struct UnitsPage {
    frame: Frame,
    offer: UnitOffer,
    query: UnitQuery,
    found: Option<Listing>,
    at: Moment,
}

/// A page of units.
struct Listing {
    units: Vec<Unit>,
    pages: Pages,
}

/// Shows the units that are searched for; without an institution, the form.
///
/// # Errors
/// Not found where the Annex does not reach; the limit; the database's.
pub async fn show(
    user: SignedIn,
    path: Path<AgreementId>,
    query: Query<UnitQuery>,
    (db, clock, config): (Data<Db>, Data<Clock>, Data<Config>),
) -> Result<HttpResponse, AppError> {
    let (mut query, now, set) = (query.into_inner(), clock.now(), config.lookups);
    let (scope, id) = (user.scope(), path.into_inner());
    let offer = db
        .read(move |conn| actions::open_units(conn, scope, id, now.jakarta_date()))
        .await?
        .map_err(refused)?;
    query.choose(&offer);
    let found = if query.instansi.is_empty() {
        None
    } else {
        let question = query.question(id, AccessForm::Page);
        let (account, page) = (user.account.clone(), query.hal.parse().ok());
        let address = query.address(&format!("/unit-kerja/{id}"));
        let found = db
            .write(move |conn| {
                let who = (&account, scope);
                let found = actions::search_units(conn, who, &question, &set, now)?;
                let list = |found| listing(conn, &question, &found, (page, &address));
                found.and_then(list)
            })
            .await?
            .map_err(refused)?;
        Some(shown(found, &set, now)?)
    };
    let page = UnitsPage {
        frame: user.frame(SECTION),
        offer,
        query,
        found,
        at: now,
    };
    Ok(rendered(StatusCode::OK, &page))
}

/// What was found, or what the visitor is told instead.
fn shown<T>(found: Looked<T>, set: &LookupConfig, now: Moment) -> Result<T, AppError> {
    match found {
        Looked::Found(found) => Ok(found),
        Looked::Nothing => Err(AppError::NotFound),
        Looked::Limited(reached) => Err(limited_units(reached, set, now)),
    }
}

fn listing(
    conn: &mut DbConn,
    question: &UnitQuestion,
    found: &UnitsFound,
    (page, address): (Option<i64>, &str),
) -> Result<Listing, LookUpError> {
    let pages = Pages::new(page, PAGE_SIZE, found.total, address);
    let place = (pages.limit(), pages.offset());
    let units = register::units_of(conn, &question.institution, &found.term, place)?;
    Ok(Listing { units, pages })
}

/// Downloads what the search finds, as CSV.
///
/// # Errors
/// As [`show`].
pub async fn download(
    user: SignedIn,
    path: Path<AgreementId>,
    query: Query<UnitQuery>,
    (db, clock, config): (Data<Db>, Data<Clock>, Data<Config>),
) -> Result<HttpResponse, AppError> {
    let (now, set, scope) = (clock.now(), config.lookups, user.scope());
    let (query, id) = (query.into_inner(), path.into_inner());
    if query.instansi.is_empty() {
        return show(user, id.into(), Query(query), (db, clock, config)).await;
    }
    let question = query.question(id, AccessForm::Csv);
    let (account, asked) = (user.account.clone(), question.clone());
    let found = db
        .write(move |conn| actions::search_units(conn, (&account, scope), &asked, &set, now))
        .await?
        .map_err(refused)?;
    let found = shown(found, &set, now)?;
    let name = format!("unit-kerja-{}.csv", now.jakarta_date());
    let response = attachment(&name, CSV);
    let db = db.get_ref().clone();
    Ok(streamed(response, move |out| {
        let mut conn = db.connection().map_err(io::Error::other)?;
        write(&mut conn, &question.institution, &found, out)
    }))
}

/// Spreadsheets in Indonesian part cells at the semicolon, and read UTF-8 only
/// after the mark at the front.
fn write(
    conn: &mut DbConn,
    institution: &str,
    found: &UnitsFound,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let fields = &found.offer.offer.fields;
    let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(out);
    csv.write_record(fields.names())?;
    let mut offset = 0;
    loop {
        let units = register::units_of(conn, institution, &found.term, (CHUNK, offset));
        let units = units.map_err(io::Error::other)?;
        if units.is_empty() {
            return csv.flush();
        }
        for unit in &units {
            let value = |name: &str| csv_cell(unit.value(name).unwrap_or_default());
            csv.write_record(fields.iter().map(|field| value(&field.name)))?;
        }
        offset += CHUNK;
    }
}

impl UnitQuery {
    /// Chooses the institution where there is only one.
    fn choose(&mut self, offer: &UnitOffer) {
        if let ([(only, _)], true) = (offer.institutions.as_slice(), self.instansi.is_empty()) {
            only.clone_into(&mut self.instansi);
        }
    }

    fn question(&self, agreement: AgreementId, form: AccessForm) -> UnitQuestion {
        UnitQuestion {
            agreement,
            institution: self.instansi.clone(),
            term: search_term(&self.cari),
            form,
        }
    }

    fn address(&self, path: &str) -> String {
        list_address(path, &[("instansi", &self.instansi), ("cari", &self.cari)])
    }
}

impl UnitsPage {
    /// The name of the institution whose units are shown.
    fn institution(&self) -> &str {
        self.offer
            .institution(&self.query.instansi)
            .unwrap_or_default()
    }

    fn download(&self) -> String {
        let agreement = self.offer.offer.agreement.id;
        self.query
            .address(&format!("/unit-kerja/{agreement}/unduh"))
    }
}
