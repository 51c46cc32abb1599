//! What stands before every page that lets BKN's data out under an agreement:
//! while its access is stopped the answer is why, by which article, and the
//! way back.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse};
use askama::Template;

use super::super::case::{self, Case};
use super::super::model::Suspension;
use super::super::queries;
use super::parts::{self, ConditionView};
use crate::accounts::SignedIn;
use crate::agreements::AgreementId;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Stopped, filters, rendered};

#[derive(Template)]
#[template(path = "suspensions/stopped.html")]
struct StoppedPage {
    frame: Frame,
    number: String,
    open: Suspension,
    conditions: Vec<ConditionView>,
    is_ready: bool,
}

/// Lets a request on, unless access under the agreement that its path names as
/// `{agreement}` is stopped.
///
/// # Errors
/// The handler's, or the database's.
pub async fn while_open(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match stopped(&request).await? {
        None => Ok(next.call(request).await?.map_into_left_body()),
        Some(answer) => Ok(request.into_response(answer).map_into_right_body()),
    }
}

/// Lets every request on, and tells the page when access under the agreement
/// that its path names as `{agreement}` or, on BKN's side, `{id}` is stopped.
///
/// # Errors
/// The handler's, or the database's.
pub async fn telling(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let path = request.match_info();
    let named = path.get("agreement").or_else(|| path.get("id"));
    let named = named.map(str::to_owned);
    let agreement = named.and_then(|id| AgreementId::try_from(id).ok());
    let user = request.extensions().get::<SignedIn>().cloned();
    let db = request.app_data::<Data<Db>>().cloned();
    if let (Some(agreement), Some(user), Some(db)) = (agreement, user, db) {
        let scope = user.scope();
        let all = db.read(move |conn| queries::of_agreement(conn, scope, agreement));
        let all = all.await.map_err(AppError::from)?.map_err(AppError::from)?;
        let open = all.into_iter().find(|one| one.ended_at.is_none());
        if let Some(open) = open {
            request.extensions_mut().insert(Stopped {
                since: open.started_at,
                reason: open.reason,
                article: open.article,
            });
        }
    }
    next.call(request).await
}

async fn stopped(request: &ServiceRequest) -> Result<Option<HttpResponse>, AppError> {
    let named = request.match_info().get("agreement").map(str::to_owned);
    let agreement = named.and_then(|id| AgreementId::try_from(id).ok());
    let user = request.extensions().get::<SignedIn>().cloned();
    let parts = (
        request.app_data::<Data<Db>>(),
        request.app_data::<Data<Clock>>(),
    );
    let (Some(db), Some(clock)) = parts else {
        return Err(AppError::Internal("no database".into()));
    };
    let (Some(agreement), Some(user)) = (agreement, user) else {
        return Ok(None);
    };
    let (scope, now) = (user.scope(), clock.now());
    let found = db
        .read(
            move |conn| match queries::is_open(conn, scope, agreement)? {
                true => case::case_of(conn, scope, agreement, now),
                false => Ok(None),
            },
        )
        .await??;
    let page = found.and_then(|case| StoppedPage::of(&user, &case));
    Ok(page.map(|page| rendered(StatusCode::FORBIDDEN, &page)))
}

impl StoppedPage {
    fn of(user: &SignedIn, case: &Case) -> Option<Self> {
        let open = case.open()?.clone();
        let restoration = case.restoration(&open);
        Some(Self {
            frame: user.frame(""),
            number: case.facts.agreement.bkn_number.clone(),
            conditions: parts::conditions(&restoration),
            is_ready: restoration.is_ready(),
            open,
        })
    }
}
