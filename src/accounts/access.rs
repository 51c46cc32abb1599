//! Who is asking, and whether the route is open to them.

use actix_session::{Session, SessionExt};
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, ResponseError};
use std::future::{Ready, ready};

use super::model::{Account, AccountId, Permission};
use super::pages::confirm::{self, Confirmation};
use super::{navigation, queries, scope::Scope};
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, Flash, Frame, SESSION_ACCOUNT, SessionRules, Viewer, leading_on, see_other,
};

/// To whom a route is open. Every route names its own in `routes.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody signed in, also before the confidentiality statement.
    SignedIn,
    /// Roles with a permission, once the confidentiality statement is accepted.
    May(Permission),
    /// As `May`; a deed also needs the password, given within the last 15
    /// minutes. When it was not, what was posted is kept in a page that asks
    /// for it. For forms without files.
    Fresh(Permission),
    /// As `May(SubmitData)`, also when the session went idle while a file was
    /// being chosen or sent: the file is kept, the next page asks to sign in.
    Upload,
}

/// The person who makes the request.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    institution: String,
    is_idle: bool,
    flash: Option<Flash>,
}

impl SignedIn {
    /// Whose data this person may see.
    pub fn scope(&self) -> Scope {
        Scope::of(&self.account)
    }

    /// The id as the audit trail names it.
    pub fn actor(&self) -> String {
        self.account.id.to_string()
    }

    /// Whether the session had gone idle: the next page will ask to sign in.
    pub fn is_idle(&self) -> bool {
        self.is_idle
    }

    /// What the layout shows; `section` is the address of the open section.
    pub fn frame(&self, section: &str) -> Frame {
        Frame {
            viewer: Some(Viewer {
                name: self.account.name.clone(),
                role: format!("{} · {}", self.account.role.label(), self.institution),
                is_staff: self.account.role.is_staff(),
            }),
            nav: navigation::menu(self.account.role, section),
            flash: self.flash.clone(),
        }
    }
}

impl FromRequest for SignedIn {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions().get::<Self>().cloned();
        ready(found.ok_or(AppError::SignInFirst).map(|mut found| {
            found.flash = Flash::take(&request.get_session());
            found
        }))
    }
}

/// Looks up who makes the request and puts them into it. One query a request.
///
/// # Errors
/// The database's.
pub async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let session = request.get_session();
    if let Some(id) = session_account(&session) {
        let Some(db) = request.app_data::<Data<Db>>().cloned() else {
            return Err(AppError::Internal("no database".into()).into());
        };
        let found = db
            .read(move |conn| queries::open_account(conn, id))
            .await
            .map_err(AppError::from)?
            .map_err(AppError::from)?;
        if let Some((account, institution)) = found {
            let is_idle = session.entries().contains_key(SessionRules::IDLE);
            request.extensions_mut().insert(SignedIn {
                account,
                institution,
                is_idle,
                flash: None,
            });
        }
    }
    let frame = frame_of(request.extensions().get());
    frame.around(next.call(request)).await
}

/// What surrounds the error pages of a request.
fn frame_of(caller: Option<&SignedIn>) -> Frame {
    caller
        .filter(|caller| !caller.is_idle)
        .map_or_else(Frame::bare, |caller| caller.frame(""))
}

fn session_account(session: &Session) -> Option<AccountId> {
    session
        .get::<String>(SESSION_ACCOUNT)
        .ok()
        .flatten()?
        .try_into()
        .ok()
}

/// The answer to a refusal; a page that was asked for comes after signing in.
fn refused(error: &AppError, request: &ServiceRequest) -> HttpResponse {
    let first = match error {
        AppError::SignInFirst => "/masuk",
        AppError::AcceptFirst => "/pernyataan-kerahasiaan",
        _ => return error.error_response(),
    };
    if request.method() != Method::GET {
        return see_other(first);
    }
    let asked = request.uri().path_and_query();
    see_other(&leading_on(
        first,
        asked.map_or("/", |asked| asked.as_str()),
    ))
}

impl Access {
    /// Lets the request on to its handler, or refuses it.
    ///
    /// # Errors
    /// Those of the handler.
    pub async fn check(
        self,
        request: ServiceRequest,
        next: Next<impl MessageBody + 'static>,
    ) -> Result<ServiceResponse<impl MessageBody>, Error> {
        let refusal = {
            let extensions = request.extensions();
            self.refusal(extensions.get::<SignedIn>())
        };
        if let Some(error) = refusal {
            let answer = refused(&error, &request);
            return Ok(request.into_response(answer).map_into_right_body());
        }
        let confirmation = match self {
            Self::Fresh(_) => confirm::confirmed(request).await,
            _ => Confirmation::Given(request),
        };
        match confirmation {
            Confirmation::Given(request) => Ok(next.call(request).await?.map_into_left_body()),
            Confirmation::Asked(answer) => Ok(answer.map_into_right_body()),
        }
    }

    fn refusal(self, caller: Option<&SignedIn>) -> Option<AppError> {
        let permission = match self {
            Self::Public => return None,
            Self::SignedIn => None,
            Self::May(permission) | Self::Fresh(permission) => Some(permission),
            Self::Upload => Some(Permission::SubmitData),
        };
        let Some(caller) = caller else {
            return Some(AppError::SignInFirst);
        };
        if caller.is_idle && self != Self::Upload {
            return Some(AppError::SignInFirst);
        }
        let permission = permission?;
        if !caller.account.role.may(permission) {
            return Some(AppError::Forbidden);
        }
        let accepted = caller.account.confidentiality_accepted_at.is_some();
        (!accepted).then_some(AppError::AcceptFirst)
    }
}
