//! Every partner: search, filter, order, paging.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::standings;
use crate::accounts::{Permission, SignedIn};
use crate::agreements::AgreementState;
use crate::partners::model::{AccessState, Standing};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address, search_term};

const PAGE_SIZE: i64 = 25;

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListFilter {
    cari: String,
    akses: String,
    pks: String,
    urut: String,
    hal: Option<i64>,
}

#[derive(Template)]
#[template(path = "partners/list.html")]
struct ListPage {
    frame: Frame,
    may_manage: bool,
    filter: ListFilter,
    all: usize,
    suspended: usize,
    rows: Vec<Standing>,
    pages: Pages,
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
    let rows = db.read(move |conn| standings(conn, scope, now)).await??;
    let filter = filter.into_inner();
    let is_suspended = |row: &&Standing| row.access == AccessState::Suspended;
    let (all, suspended) = (rows.len(), rows.iter().filter(is_suspended).count());
    let mut kept: Vec<Standing> = rows.into_iter().filter(|row| filter.keeps(row)).collect();
    filter.order(&mut kept);
    let total = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    let pages = Pages::new(filter.hal, PAGE_SIZE, total, &filter.address());
    Ok(Page(ListPage {
        frame: user.frame("/instansi"),
        may_manage: user.account.role.may(Permission::ManagePartners),
        filter,
        all,
        suspended,
        rows: pages.of(kept),
        pages,
    }))
}

impl ListFilter {
    const ACCESS: [AccessState; 4] = [
        AccessState::Active,
        AccessState::Suspended,
        AccessState::Ended,
        AccessState::NoAgreement,
    ];

    fn keeps(&self, row: &Standing) -> bool {
        let found = row.partner.search_text.contains(&search_term(&self.cari));
        let access = self.akses.is_empty() || self.akses == row.access.word();
        let state = row.agreement_state();
        let agreement = match self.pks.as_str() {
            "berlaku" => matches!(
                state,
                Some(AgreementState::InForce | AgreementState::NoticeWindow)
            ),
            "pemberitahuan" => state == Some(AgreementState::NoticeWindow),
            "berakhir" => state == Some(AgreementState::Ended),
            _ => true,
        };
        found && access && agreement
    }

    /// By name, unless another order is asked for; what has no date comes last.
    fn order(&self, rows: &mut [Standing]) {
        match self.urut.as_str() {
            "berakhir" => rows.sort_by_key(|row| {
                let ended = row.agreement_state() == Some(AgreementState::Ended);
                (ended, row.last_day().is_none(), row.last_day())
            }),
            "terbaru" => rows.sort_by_key(|row| std::cmp::Reverse(row.partner.created_at)),
            _ => {}
        }
    }

    fn address(&self) -> String {
        let filters = [
            ("cari", self.cari.as_str()),
            ("akses", &self.akses),
            ("pks", &self.pks),
            ("urut", &self.urut),
        ];
        list_address("/instansi", &filters)
    }

    fn is_set(&self) -> bool {
        !(self.cari.trim().is_empty() && self.akses.is_empty() && self.pks.is_empty())
    }
}
