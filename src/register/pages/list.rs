//! What the register holds, and the imports that brought it.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::{Line, SECTION};
use crate::accounts::{Permission, SignedIn};
use crate::datasets;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address};
use crate::register::import::kept;
use crate::register::model::{Holding, ImportFilter, ImportStanding};
use crate::register::queries::{holdings, imports};
use crate::register::text;

const PAGE_SIZE: i64 = 20;

/// What the list is narrowed to, and its page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    jenis: String,
    keadaan: String,
    hal: String,
}

impl ListQuery {
    fn filter(&self) -> ImportFilter {
        ImportFilter {
            dataset: Some(self.jenis.clone()).filter(|name| !name.is_empty()),
            standing: self.keadaan.parse().ok(),
        }
    }

    fn is_set(&self) -> bool {
        self.filter() != ImportFilter::default()
    }

    fn address(&self) -> String {
        list_address(
            SECTION,
            &[("jenis", &self.jenis), ("keadaan", &self.keadaan)],
        )
    }
}

#[derive(Template)]
#[template(path = "register/list.html")]
struct ListPage {
    frame: Frame,
    may_import: bool,
    people: i64,
    holdings: Vec<(&'static str, Holding)>,
    datasets: Vec<(&'static str, &'static str)>,
    standings: Vec<(&'static str, &'static str)>,
    query: ListQuery,
    lines: Vec<Line>,
    pages: Pages,
}

/// Shows what the register holds, and the imports.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    query: Query<ListQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let query = query.into_inner();
    let (filter, address, page) = (query.filter(), query.address(), query.hal.parse().ok());
    let (held, lines, pages) = db
        .read(move |conn| listing(conn, &filter, page, &address))
        .await??;
    Ok(Page(ListPage {
        frame: user.frame(SECTION),
        may_import: user.account.role.may(Permission::ManagePartners),
        people: held
            .iter()
            .find(|it| it.dataset == "profil-pns")
            .map_or(0, |it| it.held),
        holdings: held.into_iter().map(titled).collect(),
        datasets: kept()
            .map(|it| (it.name.as_str(), it.title.as_str()))
            .collect(),
        standings: ImportStanding::ALL
            .iter()
            .map(|it| (it.word(), text::standing(*it)))
            .collect(),
        query,
        lines,
        pages,
    }))
}

fn titled(holding: Holding) -> (&'static str, Holding) {
    let title = datasets::find(&holding.dataset).map_or("", |it| it.title.as_str());
    (title, holding)
}

type Listing = (Vec<Holding>, Vec<Line>, Pages);

fn listing(
    conn: &mut DbConn,
    filter: &ImportFilter,
    page: Option<i64>,
    address: &str,
) -> diesel::QueryResult<Listing> {
    let pages = Pages::new(page, PAGE_SIZE, imports::count(conn, filter)?, address);
    let found = imports::list(conn, filter, (pages.limit(), pages.offset()))?;
    let lines = found.into_iter().map(Line::of).collect();
    Ok((holdings::all(conn)?, lines, pages))
}
