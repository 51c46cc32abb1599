//! What a PIC sees of the own agreements and whom to write to (P16).

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use chrono::NaiveDate;

use super::show::{Record, read_record};
use crate::accounts::{self, Account, SignedIn};
use crate::agreements::model::{
    Agreement, AgreementId, AgreementState, ClauseKind, Correspondent, PartySide,
};
use crate::agreements::queries;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, filters, rendered, see_other};

/// The kinds a partner looks for first; the others are shown when the
/// agreement has them.
const EXPECTED: &[ClauseKind] = &[
    ClauseKind::DataFeedback,
    ClauseKind::RequestedReport,
    ClauseKind::PeriodicReport,
    ClauseKind::MatchingMinutes,
    ClauseKind::Suspension,
    ClauseKind::Restoration,
    ClauseKind::CorrespondentChange,
    ClauseKind::ForceMajeureNotice,
];

#[derive(Template)]
#[template(path = "agreements/own.html")]
struct OwnPage {
    frame: Frame,
    record: Record,
    pics: Vec<Account>,
    today: NaiveDate,
}

#[derive(Template)]
#[template(path = "agreements/own_none.html")]
struct NonePage {
    frame: Frame,
}

/// Leads to the agreement in force, or else to the latest.
///
/// # Errors
/// The database's.
pub async fn current(
    user: SignedIn,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (scope, today) = (user.scope(), clock.now().jakarta_date());
    let own = db.read(move |conn| queries::within(conn, scope)).await??;
    let in_force = own
        .iter()
        .rev()
        .find(|agreement| agreement.is_in_force(today));
    match in_force.or(own.last()) {
        Some(agreement) => Ok(see_other(&format!("/pks/{}", agreement.id))),
        None => {
            let page = NonePage {
                frame: user.frame("/pks"),
            };
            Ok(rendered(actix_web::http::StatusCode::OK, &page))
        }
    }
}

/// Shows one of the own agreements.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<AgreementId>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let (scope, id) = (user.scope(), id.into_inner());
    let found = db
        .read(move |conn| {
            let Some(record) = read_record(conn, scope, id)? else {
                return Ok(None);
            };
            let pics = accounts::pics_of(conn, record.partner.id)?;
            diesel::QueryResult::Ok(Some((record, pics)))
        })
        .await??;
    let (record, pics) = found.ok_or(AppError::NotFound)?;
    Ok(Page(OwnPage {
        frame: user.frame("/pks"),
        record,
        pics,
        today: clock.now().jakarta_date(),
    }))
}

impl OwnPage {
    fn state(&self) -> AgreementState {
        self.record.state(self.today)
    }

    fn at_bkn(&self) -> Vec<&Correspondent> {
        self.correspondents(PartySide::Bkn)
    }

    fn own(&self) -> Vec<&Correspondent> {
        self.correspondents(PartySide::Partner)
    }

    /// What a partner would look for and the agreement does not settle.
    fn silent_on(&self) -> impl Iterator<Item = ClauseKind> {
        self.record
            .silent_on()
            .filter(|kind| EXPECTED.contains(kind))
    }

    fn correspondents(&self, side: PartySide) -> Vec<&Correspondent> {
        let all = self.record.correspondents.iter();
        all.filter(|person| person.side == side && person.is_in_force(self.today))
            .collect()
    }

    fn all(&self) -> impl Iterator<Item = &Agreement> {
        let own = std::iter::once(&self.record.agreement);
        let mut all: Vec<_> = own.chain(&self.record.others).collect();
        all.sort_by_key(|agreement| std::cmp::Reverse(agreement.signed_on));
        all.into_iter()
    }
}
