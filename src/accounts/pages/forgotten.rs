//! A forgotten password: the same answer for everybody.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;
use std::time::Duration;

use super::slowed;
use crate::accounts::actions::{self, TryError};
use crate::accounts::text;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::nip;
use crate::platform::web::{AppError, FormErrors, Page, client_address, rendered, see_other};

/// No answer comes sooner: writing a mail takes a few milliseconds, and the
/// time of the answer shall not tell whether one was written.
const ANSWER_FLOOR: Duration = Duration::from_millis(300);

/// Whose password is forgotten.
#[derive(Debug, Deserialize)]
pub struct ForgottenForm {
    #[serde(default)]
    nip: String,
}

#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct ForgottenPage {
    nip: String,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "accounts/forgotten_sent.html")]
struct SentPage;

/// Shows the form.
pub async fn show() -> impl Responder {
    Page(ForgottenPage {
        nip: String::new(),
        errors: FormErrors::new(),
    })
}

/// Mails a link to the owner of the NIP, if there is one.
///
/// # Errors
/// The database's.
pub async fn ask(
    request: HttpRequest,
    form: Form<ForgottenForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    let nip = match nip::typed(&form.nip) {
        Ok(nip) => nip,
        Err(fault) => {
            let page = again(form, text::nip_fault(fault));
            return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    let floor = tokio::time::sleep(ANSWER_FLOOR);
    let (now, address) = (clock.now(), client_address(&request));
    let asked = db
        .write(move |conn| actions::ask_reset(conn, &nip, &address, now))
        .await?;
    floor.await;
    match asked {
        Ok(()) => Ok(see_other("/lupa-kata-sandi/terkirim")),
        Err(TryError::Wait(seconds)) => Ok(slowed(&again(form, text::wait(seconds)), seconds)),
        Err(TryError::Failed(error)) => Err(error.into()),
    }
}

fn again(form: ForgottenForm, fault: String) -> ForgottenPage {
    ForgottenPage {
        nip: form.nip.chars().take(40).collect(),
        errors: FormErrors::one("nip", fault),
    }
}

/// What happens next, whether or not the NIP has an account.
pub async fn sent() -> impl Responder {
    Page(SentPage)
}
