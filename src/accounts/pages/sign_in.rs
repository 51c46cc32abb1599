//! Signing in and out (P1).

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::web::{Data, Form};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{password, queries};
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, FormErrors, Frame, Page, SESSION_ACCOUNT, rendered, see_other,
};

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct SignInForm {
    nip: String,
    sandi: String,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    frame: Frame,
    nip: String,
    errors: FormErrors,
}

/// Shows the form.
pub async fn show() -> impl actix_web::Responder {
    Page(SignInPage {
        frame: Frame::bare(),
        nip: String::new(),
        errors: FormErrors::new(),
    })
}

/// Signs in.
///
/// # Errors
/// The database's.
pub async fn enter(
    session: Session,
    form: Form<SignInForm>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    let nip: String = form.nip.chars().filter(char::is_ascii_digit).collect();
    let found = db
        .read(move |conn| {
            let account = queries::by_nip(conn, &nip)?;
            Ok::<_, diesel::result::Error>(account.filter(|account| {
                account
                    .password_hash
                    .as_deref()
                    .is_some_and(|hash| password::verify(&form.sandi, hash))
            }))
        })
        .await??;
    let Some(account) = found else {
        let errors = FormErrors::one("nip", "NIP atau kata sandi tidak cocok. Periksa keduanya.");
        let page = SignInPage {
            frame: Frame::bare(),
            nip: form.nip,
            errors,
        };
        return Ok(rendered(
            actix_web::http::StatusCode::UNPROCESSABLE_ENTITY,
            &page,
        ));
    };
    session.renew();
    session
        .insert(SESSION_ACCOUNT, account.id.to_string())
        .map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(see_other("/"))
}

/// Signs out: the session is gone from the server too.
pub async fn leave(session: Session) -> HttpResponse {
    session.purge();
    see_other("/masuk")
}
