//! Who of the own institution looked, when and for what: no names of those
//! looked up, and no numbers.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use diesel::QueryResult;
use serde::Deserialize;

use super::SECTION;
use crate::accounts::{Names, Permission, Scope, SignedIn};
use crate::datasets;
use crate::lookups::model::LookUp;
use crate::lookups::{queries, text};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, Pages, filters};

const PAGE_SIZE: i64 = 50;
/// Seconds that the list goes back: a year. Whatever is older stays on record.
const TOLD: i64 = 365 * 24 * 3_600;

/// Which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct HistoryQuery {
    hal: String,
}

#[derive(Template)]
#[template(path = "lookups/history.html")]
struct HistoryPage {
    frame: Frame,
    rows: Vec<(LookUp, String)>,
    names: Names,
    pages: Pages,
    may_look: bool,
}

/// Shows it.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    query: Query<HistoryQuery>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let page = query.hal.parse().ok();
    let told = (user.scope(), clock.now().plus_seconds(-TOLD));
    let (rows, names, pages) = db.read(move |conn| read(conn, told, page)).await??;
    Ok(Page(HistoryPage {
        frame: user.frame(SECTION),
        rows,
        names,
        pages,
        may_look: user.account.role.may(Permission::LookUp),
    }))
}

type Listing = (Vec<(LookUp, String)>, Names, Pages);

fn read(
    conn: &mut DbConn,
    (scope, since): (Scope, Moment),
    page: Option<i64>,
) -> QueryResult<Listing> {
    let total = queries::count(conn, scope, since)?;
    let pages = Pages::new(page, PAGE_SIZE, total, "/pencarian/riwayat");
    let rows = queries::page(conn, (scope, since), (pages.limit(), pages.offset()))?;
    let accounts: Vec<String> = rows
        .iter()
        .map(|(look, _)| look.account_id.to_string())
        .collect();
    let names = Names::of(conn, accounts.iter().map(String::as_str))?;
    Ok((rows, names, pages))
}

impl LookUp {
    fn by<'n>(&self, names: &'n Names) -> &'n str {
        names.of_account(self.account_id)
    }

    fn dataset_title(&self) -> &str {
        datasets::title_of(&self.dataset)
    }

    fn kind_in_words(&self) -> &'static str {
        text::kind(self.kind)
    }
}
