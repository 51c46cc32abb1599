//! Setting a password with a one-time link (P2). Looking at the page uses
//! nothing up: mail scanners open links.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use serde::Deserialize;

use crate::accounts::actions::{self, SetPasswordError};
use crate::accounts::link::LinkPurpose;
use crate::accounts::model::Account;
use crate::accounts::password_rules::{self, Owner, PasswordFault};
use crate::accounts::{password, queries};
use crate::institutions::Institution;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::secret;
use crate::platform::web::{AppError, FormErrors, filters, rendered, see_other};

/// The new password, twice.
#[derive(Debug, Deserialize)]
pub struct NewPasswordForm {
    #[serde(default)]
    sandi: String,
    #[serde(default)]
    ulangi: String,
}

#[derive(Template)]
#[template(path = "accounts/link.html")]
struct LinkPage {
    account: Account,
    institution: Institution,
    is_invitation: bool,
    until: Moment,
    least: usize,
    token: String,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "accounts/link_gone.html")]
struct LinkGonePage;

/// Shows the form.
///
/// # Errors
/// The database's.
pub async fn show(
    token: Path<String>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (token, now) = (token.into_inner(), clock.now());
    let page = db.read(move |conn| page(conn, token, now)).await??;
    Ok(page.map_or_else(gone, |page| rendered(StatusCode::OK, &page)))
}

/// Sets the password and uses the link up. It does not sign in: the sign-in
/// page does, so that a link alone opens nothing.
///
/// # Errors
/// `Busy` when too many passwords wait to be hashed; the database's.
pub async fn set(
    token: Path<String>,
    form: Form<NewPasswordForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (token, now, form) = (token.into_inner(), clock.now(), form.into_inner());
    let shown = token.clone();
    let Some(mut page) = db.read(move |conn| page(conn, shown, now)).await?? else {
        return Ok(gone());
    };
    let owner = owner(&page.account, &page.institution);
    let (errors, form) = checked(form, owner).await?;
    if !errors.is_empty() {
        page.errors = errors;
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let hash = password::hashed(form.sandi).await?;
    let set = db
        .write(move |conn| actions::set_password(conn, &token, &hash, now))
        .await?;
    match set {
        Ok(()) => Ok(see_other("/masuk?kabar=sandi")),
        Err(SetPasswordError::LinkGone) => Ok(gone()),
        Err(SetPasswordError::Failed(error)) => Err(error.into()),
    }
}

fn page(conn: &mut DbConn, token: String, now: Moment) -> diesel::QueryResult<Option<LinkPage>> {
    let found = queries::link_by_hash(conn, &secret::sha256_hex(token.as_bytes()))?;
    let found = found.filter(|(link, ..)| link.holds(now));
    Ok(found.map(|(link, account, institution)| LinkPage {
        least: account.role.least_characters(),
        account,
        institution,
        is_invitation: link.purpose == LinkPurpose::Invitation,
        until: link.expires_at,
        token,
        errors: FormErrors::new(),
    }))
}

fn gone() -> HttpResponse {
    rendered(StatusCode::NOT_FOUND, &LinkGonePage)
}

/// What is publicly known of an account's owner.
pub(super) fn owner(account: &Account, institution: &Institution) -> Owner {
    Owner {
        nip: account.nip.clone(),
        name: account.name.clone(),
        institution: format!("{} {}", institution.name, institution.short_name),
        role: account.role,
    }
}

impl NewPasswordForm {
    /// A form with these two.
    pub(super) fn new(sandi: String, ulangi: String) -> Self {
        Self { sandi, ulangi }
    }
}

/// What is wrong with a new password, judged on the blocking threads.
pub(super) async fn checked(
    form: NewPasswordForm,
    owner: Owner,
) -> Result<(FormErrors, NewPasswordForm), AppError> {
    let judged = actix_web::web::block(move || {
        let fault = password_rules::check(&form.sandi, &owner).err();
        (fault, form)
    })
    .await;
    let (fault, form) = judged.map_err(|error| AppError::Internal(error.to_string()))?;
    let mut errors = FormErrors::new();
    match fault {
        _ if form.sandi.is_empty() => errors.add("sandi", "Isi kata sandi baru."),
        Some(fault) => errors.add("sandi", PasswordFault::sentence(fault)),
        None if form.sandi != form.ulangi => errors.add(
            "ulangi",
            "Kedua kata sandi berbeda. Tulis kata sandi yang sama.",
        ),
        None => {}
    }
    Ok((errors, form))
}
