//! Every agreement: search, filter, paging.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::HashMap;

use crate::accounts::{Permission, Scope, SignedIn};
use crate::agreements::model::{Agreement, AgreementId, AgreementState, Clause};
use crate::agreements::queries;
use crate::institutions::{self, Institution};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address, search_term};

const PAGE_SIZE: i64 = 25;

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListFilter {
    cari: String,
    keadaan: String,
    hal: Option<i64>,
}

#[derive(Template)]
#[template(path = "agreements/list.html")]
struct ListPage {
    frame: Frame,
    may_manage: bool,
    filter: ListFilter,
    counts: Counts,
    rows: Vec<Row>,
    pages: Pages,
}

struct Row {
    agreement: Agreement,
    partner: Institution,
    state: AgreementState,
    notice_by: Option<NaiveDate>,
}

/// How many agreements there are in all, whatever the filter.
struct Counts {
    all: usize,
    in_force: usize,
    in_window: usize,
}

/// Shows the list.
///
/// # Errors
/// The database's.
pub async fn list(
    user: SignedIn,
    filter: Query<ListFilter>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, today) = (user.scope(), clock.now().jakarta_date());
    let rows = db.read(move |conn| rows(conn, scope, today)).await??;
    let filter = filter.into_inner();
    let counts = Counts::of(&rows);
    let kept: Vec<Row> = rows.into_iter().filter(|row| filter.keeps(row)).collect();
    let total = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    let pages = Pages::new(filter.hal, PAGE_SIZE, total, &filter.address());
    Ok(Page(ListPage {
        frame: user.frame("/perjanjian"),
        may_manage: user.account.role.may(Permission::ManagePartners),
        filter,
        counts,
        rows: pages.of(kept),
        pages,
    }))
}

/// The most urgent first: inside the notice window, then by the day they end;
/// those that are over last, the latest first.
fn rows(conn: &mut DbConn, scope: Scope, today: NaiveDate) -> diesel::QueryResult<Vec<Row>> {
    let partners = institutions::all_partners(conn)?.into_iter();
    let partners: HashMap<_, _> = partners.map(|partner| (partner.id, partner)).collect();
    let mut notices: HashMap<AgreementId, Vec<Clause>> = HashMap::new();
    for clause in queries::end_notices_within(conn, scope)? {
        notices.entry(clause.agreement_id).or_default().push(clause);
    }
    let mut rows: Vec<Row> = queries::within(conn, scope)?
        .into_iter()
        .filter_map(|agreement| {
            let partner = partners.get(&agreement.institution_id)?.clone();
            let own = notices.remove(&agreement.id).unwrap_or_default();
            Some(Row::new(agreement, partner, &own, today))
        })
        .collect();
    rows.sort_by_cached_key(Row::urgency);
    Ok(rows)
}

impl Row {
    fn new(
        agreement: Agreement,
        partner: Institution,
        notices: &[Clause],
        today: NaiveDate,
    ) -> Self {
        Self {
            state: agreement.state(notices, today),
            notice_by: agreement.notice(notices).map(|notice| notice.last_day),
            agreement,
            partner,
        }
    }

    fn urgency(&self) -> (u8, i64, String) {
        let end = self
            .agreement
            .last_day()
            .signed_duration_since(NaiveDate::MIN)
            .num_days();
        let (rank, end) = match self.state {
            AgreementState::NoticeWindow => (0, end),
            AgreementState::InForce => (1, end),
            AgreementState::Ahead => (2, end),
            AgreementState::Ended => (3, -end),
        };
        (rank, end, self.agreement.bkn_number.clone())
    }
}

impl ListFilter {
    fn keeps(&self, row: &Row) -> bool {
        let term = search_term(&self.cari);
        let found =
            row.agreement.search_text.contains(&term) || row.partner.search_text.contains(&term);
        found && self.keeps_state(row.state)
    }

    /// An agreement inside its notice window is in force as well.
    fn keeps_state(&self, state: AgreementState) -> bool {
        use AgreementState as S;
        match self.keadaan.as_str() {
            "berlaku" => matches!(state, S::InForce | S::NoticeWindow),
            "pemberitahuan" => state == S::NoticeWindow,
            "berakhir" => state == S::Ended,
            _ => true,
        }
    }

    fn address(&self) -> String {
        let filters = [("cari", self.cari.as_str()), ("keadaan", &self.keadaan)];
        list_address("/perjanjian", &filters)
    }

    fn is_set(&self) -> bool {
        !self.cari.trim().is_empty() || !self.keadaan.is_empty()
    }
}

impl Counts {
    fn of(rows: &[Row]) -> Self {
        let in_state = |state| rows.iter().filter(|row| row.state == state).count();
        let in_window = in_state(AgreementState::NoticeWindow);
        Self {
            all: rows.len(),
            in_force: in_state(AgreementState::InForce) + in_window,
            in_window,
        }
    }
}
