//! BKN's overview (A1): decisions, figures, the matrix, what falls due.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;

use crate::accounts::{Permission, SignedIn};
use crate::overview::charts::{self, Chart, Week};
use crate::overview::decisions::{self, Decision, DecisionKind};
use crate::overview::filter::Filter;
use crate::overview::matrix::{self, Row, Tone};
use crate::overview::model::{AgreementView, Standing};
use crate::overview::{queries, text};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Pages, filters, rendered};
use crate::suspensions::AccessState;

/// Partners on a page.
const PAGE_SIZE: i64 = 25;
/// Decision cards shown; the rest is found through the matrix.
const MOST_CARDS: usize = 6;
/// Days ahead in which an ending agreement is counted.
const ENDING_DAYS: i64 = 90;

#[derive(Template)]
#[template(path = "overview/summary.html")]
struct SummaryPage {
    frame: Frame,
    today: NaiveDate,
    title: String,
    lead: Option<String>,
    has_partners: bool,
    may_manage: bool,
    decisions: Vec<Decision>,
    more_decisions: usize,
    figures: Figures,
    filter: Filter,
    rows: Vec<Row>,
    pages: Pages,
    weeks: Vec<Week>,
    charts: [Chart; 2],
    peak: Option<Week>,
}

/// The four figures, each with what stands below it.
struct Figures {
    in_force: i64,
    ending: i64,
    late_partners: i64,
    late: i64,
    soon: i64,
    soon_partners: i64,
    suspended: i64,
    ready: i64,
}

/// Shows it.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    filter: Query<Filter>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, today) = (user.scope(), clock.now().jakarta_date());
    let standings = db
        .read(move |conn| queries::standings(conn, scope, today))
        .await??;
    let page = page(&user, &standings, filter.into_inner(), today);
    Ok(rendered(StatusCode::OK, &page))
}

fn page(user: &SignedIn, all: &[Standing], filter: Filter, today: NaiveDate) -> SummaryPage {
    let mut decisions = decisions::decisions(all, today);
    let figures = figures(all, today);
    let found = filter.apply(all, today);
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let pages = Pages::new(
        filter.page(),
        PAGE_SIZE,
        total,
        &filter.address("/ikhtisar"),
    );
    let offset = usize::try_from(pages.offset()).unwrap_or_default();
    let shown = found.into_iter().skip(offset).take(25);
    let weeks = charts::weeks(all.iter().flat_map(Standing::obligations), today);
    SummaryPage {
        frame: user.frame("/ikhtisar"),
        today,
        title: title(all, &figures),
        lead: lead(&decisions),
        has_partners: !all.is_empty(),
        may_manage: user.account.role.may(Permission::ManagePartners),
        more_decisions: decisions.len().saturating_sub(MOST_CARDS),
        decisions: {
            decisions.truncate(MOST_CARDS);
            decisions
        },
        figures,
        filter,
        rows: shown.map(|one| matrix::row(one, today)).collect(),
        pages,
        charts: charts::charts(&weeks),
        peak: peak(&weeks),
        weeks,
    }
}

fn title(all: &[Standing], figures: &Figures) -> String {
    match (all.is_empty(), figures.late_partners) {
        (true, _) => "Belum ada instansi mitra".to_owned(),
        (_, 0) => "Tidak ada instansi yang melewati tenggat".to_owned(),
        (_, late) => {
            let late = usize::try_from(late).unwrap_or_default();
            format!("{} instansi melewati tenggat", text::count_first(late))
        }
    }
}

/// What else awaits a decision, in a sentence.
fn lead(decisions: &[Decision]) -> Option<String> {
    let of = |kind| decisions.iter().filter(|one| one.kind == kind).count();
    let ready = match of(DecisionKind::Restore) {
        0 => None,
        n => Some(format!(
            "{} instansi siap dipulihkan aksesnya",
            text::count(n)
        )),
    };
    let notice = match of(DecisionKind::Notice) {
        0 => None,
        n => Some(format!(
            "{} PKS berada dalam masa pemberitahuan",
            text::count(n)
        )),
    };
    let parts: Vec<String> = ready.into_iter().chain(notice).collect();
    let sentence = parts.join(", dan ");
    let mut letters = sentence.chars();
    let first: String = letters.next()?.to_uppercase().collect();
    Some(format!("{first}{}.", letters.as_str()))
}

fn figures(all: &[Standing], today: NaiveDate) -> Figures {
    let views = || all.iter().flat_map(|one| &one.agreements);
    let count = |is: &dyn Fn(&AgreementView) -> bool| tally(views().filter(|view| is(view)));
    let ends_soon = |view: &AgreementView| {
        let left = (view.facts.agreement.last_day() - today).num_days();
        view.is_in_force() && left <= ENDING_DAYS
    };
    Figures {
        in_force: count(&AgreementView::is_in_force),
        ending: count(&ends_soon),
        late_partners: tally(all.iter().filter(|one| one.overdue().next().is_some())),
        late: tally(all.iter().flat_map(Standing::overdue)),
        soon: tally(all.iter().flat_map(|one| one.soon(today))),
        soon_partners: tally(all.iter().filter(|one| one.soon(today).next().is_some())),
        suspended: count(&|view| view.access == AccessState::Suspended),
        ready: count(&AgreementView::is_ready),
    }
}

fn tally<T>(all: impl Iterator<Item = T>) -> i64 {
    i64::try_from(all.count()).unwrap_or(i64::MAX)
}

/// The week in which most falls due; none when nothing does.
fn peak(weeks: &[Week]) -> Option<Week> {
    let mut peak: Option<&Week> = None;
    for week in weeks {
        if week.total() > peak.map_or(0, Week::total) {
            peak = Some(week);
        }
    }
    peak.cloned()
}
