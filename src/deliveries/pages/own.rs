//! What a partner was given: the list, one publication, its confirmation.

use actix_session::Session;
use actix_web::web::{Data, Path, Query, ReqData};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::PER_PAGE;
use super::lines::{self, Line, Tally};
use super::sheet::{HalvesOf, Sheet};
use crate::accounts::{Permission, Scope, SignedIn};
use crate::agreements::{self, Agreement, AgreementId};
use crate::datasets;
use crate::deliveries::actions::{self, Place};
use crate::deliveries::model::{Period, Plan, PlanId, PlanState, PublicationState};
use crate::deliveries::queries::plans;
use crate::deliveries::queries::publications::{self as queries, ListFilter};
use crate::deliveries::text;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Flash, Frame, Page, Pages, Stopped, filters, list_address, see_other,
};

/// The section of the menu.
pub(super) const SECTION: &str = "/data-bkn";

/// Which publications the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OwnQuery {
    data: String,
    keadaan: String,
    pks: String,
    hal: String,
}

impl OwnQuery {
    fn filter(&self) -> ListFilter {
        ListFilter {
            agreement: AgreementId::try_from(self.pks.clone()).ok(),
            dataset: (!self.data.is_empty()).then(|| self.data.clone()),
            state: PublicationState::of_word(&self.keadaan),
            told: true,
            ..ListFilter::default()
        }
    }

    fn is_set(&self) -> bool {
        !(self.data.is_empty() && self.keadaan.is_empty() && self.pks.is_empty())
    }

    /// The states that a partner sees.
    fn states() -> [PublicationState; 3] {
        [
            PublicationState::Available,
            PublicationState::Received,
            PublicationState::Withdrawn,
        ]
    }
}

#[derive(Template)]
#[template(path = "deliveries/own_list.html")]
struct OwnList {
    frame: Frame,
    lines: Vec<Line>,
    tally: Tally,
    query: OwnQuery,
    pages: Pages,
    agreements: Vec<Agreement>,
    /// With what became of its latest period.
    plans: Vec<(Plan, Agreement, Option<Period>)>,
    datasets: Vec<(&'static str, &'static str)>,
}

/// Lists what BKN published to the own institution, the latest first.
///
/// # Errors
/// The database's.
pub async fn list(
    user: SignedIn,
    query: Query<OwnQuery>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let today = clock.now().jakarta_date();
    let (scope, query) = (user.scope(), query.into_inner());
    let (filter, hal) = (query.filter(), query.hal.parse().ok());
    let filters = [
        ("data", query.data.as_str()),
        ("keadaan", &query.keadaan),
        ("pks", &query.pks),
    ];
    let address = list_address(SECTION, &filters);
    let read = db.read(move |conn| {
        let count = queries::count(conn, scope, &filter)?;
        let pages = Pages::new(hal, PER_PAGE, count, &address);
        let span = (pages.limit(), pages.offset());
        let page = queries::page(conn, scope, &filter, span)?;
        let lines = lines::of(conn, scope, page, today)?;
        let tally = lines::tally(conn, scope, true, today)?;
        let agreements = agreements::within(conn, scope)?;
        let plans = planned(conn, scope)?;
        diesel::QueryResult::Ok((pages, lines, tally, (agreements, plans)))
    });
    let (pages, lines, tally, (agreements, plans)) = read.await??;
    Ok(Page(OwnList {
        frame: user.frame(SECTION),
        lines,
        tally,
        query,
        pages,
        agreements,
        plans,
        datasets: outgoing(),
    }))
}

/// The plans that go on or rest, with what became of the latest period of each.
fn planned(
    conn: &mut DbConn,
    scope: Scope,
) -> diesel::QueryResult<Vec<(Plan, Agreement, Option<Period>)>> {
    let mut found = plans::within(conn, scope, (PER_PAGE, 0))?;
    found.retain(|(plan, ..)| plan.state() != PlanState::Ended);
    let ids: Vec<PlanId> = found.iter().map(|(plan, ..)| plan.id).collect();
    let periods = plans::latest_periods(conn, &ids)?;
    let latest = |id| periods.iter().find(|period| period.plan_id == id).cloned();
    let lines = found.into_iter().map(|(plan, agreement, _)| {
        let period = latest(plan.id);
        (plan, agreement, period)
    });
    Ok(lines.collect())
}

/// The data sets that BKN gives, for a filter.
pub(super) fn outgoing() -> Vec<(&'static str, &'static str)> {
    let all = datasets::all().unwrap_or_default().iter();
    all.filter(|dataset| dataset.direction == datasets::Direction::BknToPartner)
        .map(|dataset| (dataset.name.as_str(), dataset.title.as_str()))
        .collect()
}

#[derive(Template)]
#[template(path = "deliveries/own.html")]
struct OwnPage {
    frame: Frame,
    sheet: Sheet,
    may_fetch: bool,
    stopped: Option<Stopped>,
    is_staff: bool,
}

/// Shows one of them.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    place: Path<Place>,
    (db, clock, stopped): (Data<Db>, Data<Clock>, Option<ReqData<Stopped>>),
    halves: Data<HalvesOf>,
) -> Result<impl Responder, AppError> {
    let (scope, (agreement, id), halves) = (user.scope(), place.into_inner(), **halves);
    let today = clock.now().jakarta_date();
    let sheet = db
        .read(move |conn| Sheet::read(conn, scope, (agreement, id), (halves, today)))
        .await??;
    let sheet = sheet.filter(|sheet| sheet.publication.made_at.is_some());
    let sheet = sheet.ok_or(AppError::NotFound)?;
    Ok(Page(OwnPage {
        frame: user.frame(SECTION),
        is_staff: false,
        may_fetch: stopped.is_none()
            && sheet.bar.is_none()
            && sheet.publication.is_open()
            && user.account.role.may(Permission::SubmitData),
        stopped: stopped.map(ReqData::into_inner),
        sheet,
    }))
}

/// Confirms the receipt.
///
/// # Errors
/// Not found, refused, or the database's.
pub async fn confirm(
    user: SignedIn,
    place: Path<Place>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (of, account, now) = ((user.scope(), *place), user.account.clone(), clock.now());
    db.write(move |conn| actions::confirm(conn, of, &account, now))
        .await??;
    Flash::put(&session, "Penerimaan data tercatat.");
    Ok(see_other(&format!("{SECTION}/{}/{}", place.0, place.1)))
}
