//! One publication on BKN's side: how far it has come, who fetched it.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, ReqData};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::sheet::{HalvesOf, Sheet};
use crate::accounts::{Permission, SignedIn};
use crate::deliveries::actions::{self, Place};
use crate::deliveries::model::PublicationState;
use crate::deliveries::text;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, Page, Stopped, filters, rendered, see_other,
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
    /// Where the partner cannot fetch for now.
    stopped: Option<Stopped>,
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
    (db, clock, stopped): (Data<Db>, Data<Clock>, Option<ReqData<Stopped>>),
    halves: Data<HalvesOf>,
) -> Result<impl Responder, AppError> {
    let parts = (&**db, **halves, clock.now());
    let mut page = read(&user, parts, *place, WithdrawForm::default()).await?;
    page.stopped = stopped.map(ReqData::into_inner);
    Ok(Page(page))
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
    let now = clock.now();
    let parts = (&**db, **halves, now);
    let mut page = read(&user, parts, *place, form.into_inner()).await?;
    let reason = page
        .errors
        .text("alasan", &page.form.alasan, "alasan penarikan", 500);
    if !page.errors.is_empty() {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let (of, actor) = ((user.scope(), place.1), user.actor());
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
    let now = clock.now();
    let _page = read(
        &user,
        (&**db, **halves, now),
        *place,
        WithdrawForm::default(),
    )
    .await?;
    let (of, actor) = ((user.scope(), place.1), user.actor());
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
    (db, halves, now): (&Db, HalvesOf, Moment),
    place: Place,
    form: WithdrawForm,
) -> Result<PublicationPage, AppError> {
    let (scope, today) = (user.scope(), now.jakarta_date());
    let sheet = db
        .read(move |conn| Sheet::read(conn, scope, place, (halves, today)))
        .await??;
    Ok(PublicationPage {
        frame: user.frame("/perjanjian"),
        sheet: sheet.ok_or(AppError::NotFound)?,
        may_publish: user.account.role.may(Permission::PublishData),
        stopped: None,
        is_staff: true,
        form,
        errors: FormErrors::new(),
    })
}
