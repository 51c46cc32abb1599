//! An agreement's access: whether data flows, why, and every suspension so far.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use super::super::actions;
use super::super::model::{AccessState, Suspension};
use super::load;
use super::parts::{self, ConditionView};
use crate::accounts::{Names, SignedIn};
use crate::agreements::AgreementId;
use crate::institutions::InstitutionId;
use crate::obligations::{self, ObligationRow};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, filters, rendered};

#[derive(Template)]
#[template(path = "suspensions/access.html")]
struct AccessPage {
    frame: Frame,
    agreement: AgreementId,
    institution_id: InstitutionId,
    institution: String,
    number: String,
    last_day: chrono::NaiveDate,
    access: AccessState,
    open: Option<Suspension>,
    conditions: Vec<ConditionView>,
    is_ready: bool,
    has_clause: bool,
    has_ground: bool,
    obligations: Vec<ObligationRow>,
    history: Vec<Suspension>,
    names: Names,
}

/// Shows it.
///
/// # Errors
/// Not found.
pub async fn show(
    user: SignedIn,
    agreement: Path<AgreementId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (case, _) = load(&user, *agreement, &db, &clock).await?;
    let actors: Vec<String> = case
        .history
        .iter()
        .flat_map(|one| std::iter::once(one.started_by.clone()).chain(one.ended_by.clone()))
        .collect();
    let names = db
        .read(move |conn| Names::of(conn, actors.iter().map(String::as_str)))
        .await??;
    let restoration = case.open().map(|open| case.restoration(open));
    let page = AccessPage {
        frame: user.frame("/instansi"),
        agreement: *agreement,
        institution_id: case.institution.id,
        institution: case.institution.name.clone(),
        number: case.facts.agreement.bkn_number.clone(),
        last_day: case.facts.agreement.last_day(),
        access: case.access(),
        open: case.open().cloned(),
        conditions: restoration
            .as_ref()
            .map(parts::conditions)
            .unwrap_or_default(),
        is_ready: restoration.is_some_and(|one| one.is_ready()),
        has_clause: case.has_clause(),
        has_ground: actions::grounds_to_start(&case).is_ok(),
        obligations: obligations::rows(&case.obligations, case.today),
        history: case.history,
        names,
    };
    Ok(rendered(StatusCode::OK, &page))
}
