//! One publication on BKN's side: how far it has come, who fetched it.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::sheet::{HalvesOf, Sheet};
use crate::accounts::{Permission, SignedIn};
use crate::deliveries::actions::{self, Place};
use crate::deliveries::model::PublicationState;
use crate::deliveries::text;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, Page, filters, rendered, see_other,
};

/// Why it is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    alasan: String,
}

#[derive(Template)]
#[template(path = "deliveries/publication.html")]
struct PublicationPage {
    frame: Frame,
    sheet: Sheet,
    may_publish: bool,
    is_staff: bool,
    form: WithdrawForm,
    errors: FormErrors,
}

impl PublicationPage {
    fn may_withdraw(&self) -> bool {
        let state = self.sheet.publication.state();
        let is_over = matches!(
            state,
            PublicationState::Received | PublicationState::Withdrawn
        );
        self.may_publish && !is_over
    }
}

/// Shows it.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    place: Path<Place>,
    db: Data<Db>,
    halves: Data<HalvesOf>,
) -> Result<impl Responder, AppError> {
    Ok(Page(
        read(&user, (&db, **halves), *place, WithdrawForm::default()).await?,
    ))
}

/// Takes it back, with a reason, before the partner has it.
///
/// # Errors
/// Not found, refused, or the database's.
pub async fn withdraw(
    user: SignedIn,
    place: Path<Place>,
    form: Form<WithdrawForm>,
    (db, clock, session, halves): (Data<Db>, Data<Clock>, Session, Data<HalvesOf>),
) -> Result<HttpResponse, AppError> {
    let mut page = read(&user, (&db, **halves), *place, form.into_inner()).await?;
    let reason = page
        .errors
        .text("alasan", &page.form.alasan, "alasan penarikan", 500);
    if !page.errors.is_empty() {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let (of, actor, now) = ((user.scope(), place.1), user.actor(), clock.now());
    db.write(move |conn| actions::withdraw(conn, of, (&actor, &reason), now))
        .await??;
    Flash::put(&session, "Penyerahan data ditarik.");
    Ok(see_other(&address(*place)))
}

/// Has its file made that was given up.
///
/// # Errors
/// Not found, refused, or the database's.
pub async fn make_again(
    user: SignedIn,
    place: Path<Place>,
    (db, clock, session, halves): (Data<Db>, Data<Clock>, Session, Data<HalvesOf>),
) -> Result<HttpResponse, AppError> {
    let _page = read(&user, (&db, **halves), *place, WithdrawForm::default()).await?;
    let (of, actor, now) = ((user.scope(), place.1), user.actor(), clock.now());
    db.write(move |conn| actions::make_again(conn, of, &actor, now))
        .await??;
    Flash::put(&session, "Berkas disiapkan ulang.");
    Ok(see_other(&address(*place)))
}

fn address((agreement, id): Place) -> String {
    format!("/perjanjian/{agreement}/penyerahan/{id}")
}

async fn read(
    user: &SignedIn,
    (db, halves): (&Db, HalvesOf),
    (agreement, id): Place,
    form: WithdrawForm,
) -> Result<PublicationPage, AppError> {
    let scope = user.scope();
    let sheet = db
        .read(move |conn| Sheet::read(conn, scope, id, halves))
        .await??;
    let sheet = sheet.filter(|sheet| sheet.agreement.id == agreement);
    Ok(PublicationPage {
        frame: user.frame("/perjanjian"),
        sheet: sheet.ok_or(AppError::NotFound)?,
        may_publish: user.account.role.may(Permission::PublishData),
        is_staff: true,
        form,
        errors: FormErrors::new(),
    })
}
