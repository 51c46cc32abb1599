//! What BKN published to anybody.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::{PER_PAGE, own};
use crate::accounts::{Permission, SignedIn};
use crate::deliveries::model::PublicationState;
use crate::deliveries::queries::plans;
use crate::deliveries::queries::publications::{self as queries, Dossier, ListFilter};
use crate::institutions::{self, Institution, InstitutionId};
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
    lines: Vec<Dossier>,
    query: AllQuery,
    pages: Pages,
    /// How many publications wait to be fetched, and how many failed.
    waiting: i64,
    failed: i64,
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
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, frame, query) = (user.scope(), user.frame(SECTION), query.into_inner());
    let may_publish = user.account.role.may(Permission::PublishData);
    let read = db.read(move |conn| {
        let filter = query.filter();
        let count = queries::count(conn, scope, &filter)?;
        let pages = Pages::new(query.hal.parse().ok(), PER_PAGE, count, &query.address());
        let lines = queries::page(conn, scope, &filter, (pages.limit(), pages.offset()))?;
        let mut in_state = |state| {
            let filter = ListFilter {
                state: Some(state),
                ..ListFilter::default()
            };
            queries::count(conn, scope, &filter)
        };
        diesel::QueryResult::Ok(AllPage {
            waiting: in_state(PublicationState::Available)?,
            failed: in_state(PublicationState::Failed)?,
            plans: plans::count(conn)?.1,
            partners: institutions::all_partners(conn)?,
            datasets: own::outgoing(),
            frame,
            lines,
            query,
            pages,
            may_publish,
        })
    });
    Ok(Page(read.await??))
}
