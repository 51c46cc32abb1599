//! What BKN published to anybody.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::lines::{self, Line, Tally};
use super::{PER_PAGE, own};
use crate::accounts::{Permission, SignedIn};
use crate::deliveries::model::PublicationState;
use crate::deliveries::queries::plans;
use crate::deliveries::queries::publications::{self as queries, ListFilter};
use crate::institutions::{self, Institution, InstitutionId};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address};

/// The section of the menu.
pub(super) const SECTION: &str = "/penyerahan-data";

/// Which publications the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AllQuery {
    instansi: String,
    data: String,
    keadaan: String,
    hal: String,
}

impl AllQuery {
    fn filter(&self) -> ListFilter {
        ListFilter {
            institution: InstitutionId::try_from(self.instansi.clone()).ok(),
            dataset: (!self.data.is_empty()).then(|| self.data.clone()),
            state: PublicationState::of_word(&self.keadaan),
            ..ListFilter::default()
        }
    }

    fn is_set(&self) -> bool {
        !(self.data.is_empty() && self.keadaan.is_empty() && self.instansi.is_empty())
    }

    fn address(&self) -> String {
        let filters = [
            ("instansi", self.instansi.as_str()),
            ("data", &self.data),
            ("keadaan", &self.keadaan),
        ];
        list_address(SECTION, &filters)
    }
}

#[derive(Template)]
#[template(path = "deliveries/all.html")]
struct AllPage {
    frame: Frame,
    lines: Vec<Line>,
    query: AllQuery,
    pages: Pages,
    tally: Tally,
    /// How many plans go on.
    plans: i64,
    partners: Vec<Institution>,
    datasets: Vec<(&'static str, &'static str)>,
    may_publish: bool,
}

/// Lists what BKN published, the latest first.
///
/// # Errors
/// The database's.
pub async fn list(
    user: SignedIn,
    query: Query<AllQuery>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let today = clock.now().jakarta_date();
    let (scope, frame, query) = (user.scope(), user.frame(SECTION), query.into_inner());
    let may_publish = user.account.role.may(Permission::PublishData);
    let read = db.read(move |conn| {
        let filter = query.filter();
        let count = queries::count(conn, scope, &filter)?;
        let pages = Pages::new(query.hal.parse().ok(), PER_PAGE, count, &query.address());
        let page = queries::page(conn, scope, &filter, (pages.limit(), pages.offset()))?;
        diesel::QueryResult::Ok(AllPage {
            lines: lines::of(conn, scope, page, today)?,
            tally: lines::tally(conn, scope, false, today)?,
            plans: plans::count(conn)?.1,
            partners: institutions::all_partners(conn)?,
            datasets: own::outgoing(),
            frame,
            query,
            pages,
            may_publish,
        })
    });
    Ok(Page(read.await??))
}
