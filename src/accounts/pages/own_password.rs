//! Changing the own password.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::link::{NewPasswordForm, checked, owner};
use super::proof::{self, Proof};
use super::sign_in::device;
use crate::accounts::{SignedIn, actions, password, queries, session as own_session, text};
use crate::institutions::Institution;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, Page, client_address, rendered, see_other,
};

/// The password now, and the new one twice.
#[derive(Debug, Deserialize)]
pub struct ChangeForm {
    #[serde(default)]
    sekarang: String,
    #[serde(default)]
    sandi: String,
    #[serde(default)]
    ulangi: String,
}

#[derive(Template)]
#[template(path = "accounts/own_password.html")]
struct ChangePage {
    frame: Frame,
    nip: String,
    least: usize,
    errors: FormErrors,
}

/// Shows the form.
pub async fn show(user: SignedIn) -> impl Responder {
    Page(page(&user, FormErrors::new()))
}

/// Changes the password and begins a new session; every other one ends.
///
/// # Errors
/// `Busy` when too many passwords wait to be hashed; the database's.
pub async fn change(
    user: SignedIn,
    http: (HttpRequest, Session),
    form: Form<ChangeForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (request, session) = http;
    let form = form.into_inner();
    let errors = faults(&user, &request, &form, &db, &clock).await?;
    if !errors.is_empty() {
        let page = page(&user, errors);
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let hash = password::hashed(form.sandi).await?;
    let (now, id) = (clock.now(), user.account.id);
    db.write(move |conn| actions::change_password(conn, &user.account, &hash, now))
        .await??;
    own_session::begin(&session, id, &device(&request), now)?;
    Flash::put(
        &session,
        "Kata sandi diubah. Sesi Anda di perangkat lain diakhiri.",
    );
    Ok(see_other("/profil"))
}

/// The rules for a new password, then whether the old one is right: wrong ones
/// are slowed down as at sign-in.
async fn faults(
    user: &SignedIn,
    request: &HttpRequest,
    form: &ChangeForm,
    db: &Db,
    clock: &Clock,
) -> Result<FormErrors, AppError> {
    let institution = institution(user, db).await?;
    let new = NewPasswordForm::new(form.sandi.clone(), form.ulangi.clone());
    let (new_faults, _) = checked(new, owner(&user.account, &institution)).await?;
    let sentence = if form.sekarang.is_empty() {
        Some("Isi kata sandi Anda sekarang.".to_owned())
    } else if !new_faults.is_empty() {
        None
    } else {
        fault(user, request, &form.sekarang, db, clock).await?
    };
    let mut errors = FormErrors::new();
    if let Some(sentence) = sentence {
        errors.add("sekarang", sentence);
    }
    for (field, sentence) in new_faults.iter() {
        errors.add(field.clone(), sentence.clone());
    }
    Ok(errors)
}

/// What is wrong with the present password.
async fn fault(
    user: &SignedIn,
    request: &HttpRequest,
    typed: &str,
    db: &Db,
    clock: &Clock,
) -> Result<Option<String>, AppError> {
    let (now, address) = (clock.now(), client_address(request));
    let proof = proof::prove(&user.account, typed, address, db, now).await?;
    Ok(match proof {
        Proof::Right => None,
        Proof::Wrong => Some("Kata sandi sekarang tidak cocok.".to_owned()),
        Proof::Wait(seconds) => Some(text::wait(seconds)),
    })
}

async fn institution(user: &SignedIn, db: &Db) -> Result<Institution, AppError> {
    let id = user.account.id;
    let found = db
        .read(move |conn| queries::with_institution(conn, id))
        .await??;
    Ok(found.ok_or(AppError::NotFound)?.1)
}

fn page(user: &SignedIn, errors: FormErrors) -> ChangePage {
    ChangePage {
        frame: user.frame("/profil"),
        nip: user.account.nip.clone(),
        least: user.account.role.least_characters(),
        errors,
    }
}
