//! The gate before BKN's data: while access is suspended no file leaves, and
//! the answer says why, by which article, and how to get access back.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use askama::Template;
use diesel::QueryResult;

use super::parts::{self, ConditionView};
use crate::accounts::{Scope, SignedIn};
use crate::agreements::AgreementId;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, filters, rendered};
use crate::suspensions::case::case_of;
use crate::suspensions::model::Suspension;

/// By what a request's address tells which agreement's data it asks for.
#[derive(Clone, Copy)]
pub struct Gate {
    /// The parameter of the path.
    pub parameter: &'static str,
    /// The agreement that its value leads to, within reach.
    pub agreement_of: fn(&mut DbConn, Scope, &str) -> QueryResult<Option<AgreementId>>,
}

#[derive(Template)]
#[template(path = "suspensions/stopped.html")]
struct StoppedPage {
    frame: Frame,
    number: String,
    open: Suspension,
    conditions: Vec<ConditionView>,
}

impl Gate {
    /// Lets the request on to its handler unless access is suspended.
    ///
    /// # Errors
    /// Those of the handler, and the database's.
    pub async fn check<B: MessageBody + 'static>(
        self,
        request: ServiceRequest,
        next: Next<B>,
    ) -> Result<ServiceResponse<EitherBody<B>>, Error> {
        match self.stopped(&request).await? {
            Some(page) => {
                let answer = rendered(StatusCode::CONFLICT, &page);
                Ok(request.into_response(answer).map_into_right_body())
            }
            None => Ok(next.call(request).await?.map_into_left_body()),
        }
    }

    async fn stopped(self, request: &ServiceRequest) -> Result<Option<StoppedPage>, AppError> {
        let user = request.extensions().get::<SignedIn>().cloned();
        let user = user.ok_or(AppError::SignInFirst)?;
        let value = request.match_info().get(self.parameter);
        let value = value.unwrap_or_default().to_owned();
        let (db, now) = state_of(request)?;
        let (scope, agreement_of) = (user.scope(), self.agreement_of);
        let found = db
            .read(move |conn| {
                let Some(agreement) = agreement_of(conn, scope, &value)? else {
                    return Ok(None);
                };
                let case = case_of(conn, scope, agreement, now)?;
                QueryResult::Ok(case.filter(|case| case.open().is_some()))
            })
            .await
            .map_err(AppError::from)??;
        Ok(found.and_then(|case| {
            let open = case.open()?.clone();
            Some(StoppedPage {
                frame: user.frame(""),
                number: case.facts.agreement.bkn_number.clone(),
                conditions: parts::conditions(&case.restoration(&open)),
                open,
            })
        }))
    }
}

fn state_of(request: &ServiceRequest) -> Result<(Data<Db>, Moment), AppError> {
    let db = request.app_data::<Data<Db>>().cloned();
    let clock = request.app_data::<Data<Clock>>();
    let now = clock.map(|clock| clock.now());
    db.zip(now)
        .ok_or_else(|| AppError::Internal("no database or clock".into()))
}
