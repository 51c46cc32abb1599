//! Signing in and out (P1).

use actix_session::Session;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::slowed;
use crate::accounts::actions::{self, TryError};
use crate::accounts::model::Account;
use crate::accounts::password::{self, MAX_CHARACTERS};
use crate::accounts::{SignedIn, queries, session as own_session, text};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::nip;
use crate::platform::web::{
    AppError, Flash, FormErrors, SessionRules, client_address, local_path, rendered, see_other,
};

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    nip: String,
    #[serde(default)]
    sandi: String,
    #[serde(default)]
    tujuan: String,
}

/// What the address of the page carries.
#[derive(Debug, Deserialize)]
pub struct SignInQuery {
    #[serde(default)]
    tujuan: String,
    #[serde(default)]
    kabar: String,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    nip: String,
    tujuan: String,
    notice: Option<Notice>,
    errors: FormErrors,
}

/// What led to the sign-in page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notice {
    Idle,
    PasswordSet,
    SignedOut,
    PageAsked,
}

/// Shows the form; who is signed in is sent on.
pub async fn show(
    user: Option<SignedIn>,
    session: Session,
    query: Query<SignInQuery>,
) -> HttpResponse {
    let asked = local_path(&query.tujuan);
    if user.is_some_and(|user| !user.is_idle()) {
        return see_other(asked.as_deref().unwrap_or("/"));
    }
    let notice = match query.kabar.as_str() {
        "sandi" => Some(Notice::PasswordSet),
        "keluar" => Some(Notice::SignedOut),
        _ if session.contains_key(SessionRules::IDLE) => Some(Notice::Idle),
        _ => asked.is_some().then_some(Notice::PageAsked),
    };
    let page = SignInPage {
        nip: String::new(),
        tujuan: asked.unwrap_or_default(),
        notice,
        errors: FormErrors::new(),
    };
    rendered(StatusCode::OK, &page)
}

/// Signs in.
///
/// # Errors
/// `Busy` when too many passwords wait to be checked; the database's.
pub async fn enter(
    request: HttpRequest,
    session: Session,
    form: Form<SignInForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    let nip = match checked(&form) {
        Ok(nip) => nip,
        Err(errors) => return Ok(again(form, errors)),
    };
    let (now, address) = (clock.now(), client_address(&request));
    let typed = nip.clone();
    let begun = db
        .write(move |conn| actions::begin_try(conn, &typed, &address, now))
        .await?;
    let attempt = match begun {
        Ok(attempt) => attempt,
        Err(TryError::Wait(seconds)) => {
            let errors = FormErrors::one("nip", text::wait(seconds));
            return Ok(slowed(&page(form, errors), seconds));
        }
        Err(TryError::Failed(error)) => return Err(error.into()),
    };
    let account = db
        .read(move |conn| queries::open_by_nip(conn, &nip))
        .await??;
    if !is_owner(account.as_ref(), form.sandi.clone()).await? {
        db.write(move |conn| actions::fail_try(conn, account.as_ref(), now))
            .await??;
        return Ok(again(form, FormErrors::one("nip", text::NO_MATCH)));
    }
    let account = account.ok_or(AppError::NotFound)?;
    let id = account.id;
    let stronger = stronger_hash(&account, form.sandi).await;
    let ended = db
        .write(move |conn| actions::succeed(conn, attempt, &account, stronger.as_deref(), now))
        .await??;
    own_session::begin(&session, id, &device(&request), now)?;
    if ended {
        Flash::put(&session, text::OLDEST_SESSION_ENDED);
    }
    Ok(see_other(
        local_path(&form.tujuan).as_deref().unwrap_or("/"),
    ))
}

async fn is_owner(account: Option<&Account>, typed: String) -> Result<bool, AppError> {
    let hash = account.and_then(|account| account.password_hash.clone());
    password::matches(typed, hash).await
}

/// The password's hash anew, when the stored one was made with less work than
/// is asked for today. Nobody is kept out because there is no time for it.
async fn stronger_hash(account: &Account, typed: String) -> Option<String> {
    let hash = account.password_hash.as_deref()?;
    if !password::is_outdated(hash) {
        return None;
    }
    password::hashed(typed).await.ok()
}

/// Signs out: the session is gone from the server, and the browser is asked to
/// drop what it kept.
///
/// # Errors
/// The database's.
pub async fn leave(
    user: Option<SignedIn>,
    session: Session,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    if let Some(user) = user {
        let now = clock.now();
        db.write(move |conn| actions::sign_out(conn, &user.account, now))
            .await??;
    }
    session.purge();
    let mut response = see_other("/masuk?kabar=keluar");
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

/// The typed NIP's digits, or what is wrong with the form.
fn checked(form: &SignInForm) -> Result<String, FormErrors> {
    let nip = nip::typed(&form.nip);
    let mut errors = FormErrors::new();
    if let Err(fault) = nip {
        errors.add("nip", text::nip_fault(fault));
    }
    if form.sandi.is_empty() {
        errors.add("sandi", "Isi kata sandi.");
    } else if form.sandi.chars().count() > MAX_CHARACTERS {
        errors.add(
            "sandi",
            format!("Kata sandi paling banyak {MAX_CHARACTERS} karakter."),
        );
    }
    nip.ok().filter(|_| errors.is_empty()).ok_or(errors)
}

fn again(form: SignInForm, errors: FormErrors) -> HttpResponse {
    rendered(StatusCode::UNPROCESSABLE_ENTITY, &page(form, errors))
}

fn page(form: SignInForm, errors: FormErrors) -> SignInPage {
    SignInPage {
        nip: form.nip.chars().take(40).collect(),
        tujuan: local_path(&form.tujuan).unwrap_or_default(),
        notice: None,
        errors,
    }
}

/// Browser and system of a request.
pub(super) fn device(request: &HttpRequest) -> String {
    let agent = request.headers().get(header::USER_AGENT);
    own_session::device(
        agent
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
    )
}
