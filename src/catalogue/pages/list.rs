//! Every data set that a reader may know.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{SECTION, within};
use crate::accounts::SignedIn;
use crate::agreements::Direction;
use crate::catalogue::model::Documented;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, search_term};

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListFilter {
    cari: String,
    arah: String,
}

#[derive(Template)]
#[template(path = "catalogue/list.html")]
struct ListPage {
    frame: Frame,
    is_staff: bool,
    today: NaiveDate,
    filter: ListFilter,
    all: usize,
    known: Vec<Documented>,
}

/// Shows the list.
///
/// # Errors
/// The database's.
pub async fn list(
    user: SignedIn,
    filter: Query<ListFilter>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let (scope, now) = (user.scope(), clock.now());
    let mut known = db.read(move |conn| within(conn, scope, now)).await??;
    let (filter, all) = (filter.into_inner(), known.len());
    known.retain(|one| filter.keeps(one));
    Ok(Page(ListPage {
        frame: user.frame(SECTION),
        is_staff: scope.institution().is_none(),
        today: now.jakarta_date(),
        filter,
        all,
        known,
    }))
}

impl ListFilter {
    fn keeps(&self, one: &Documented) -> bool {
        let direction = self.arah.is_empty() || self.arah == one.direction().word();
        direction && one.matches(&search_term(&self.cari))
    }
}
