//! The decision to restore (A6).

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::NaiveDate;

use super::super::actions::{self, RestoreError};
use super::super::case::Case;
use super::super::chronology::Event;
use super::super::letters::{self, Letter};
use super::super::model::Suspension;
use super::super::text;
use super::parts::{self, ConditionView};
use super::{DecisionForm, load};
use crate::accounts::{Permission, SignedIn};
use crate::agreements::{Addressee, AgreementId};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, Frame, filters, rendered, see_other};

const AGREED: &str = "Nyatakan bahwa kedua syarat dan isi surel sudah diperiksa.";

#[derive(Template)]
#[template(path = "suspensions/restore.html")]
struct RestorePage {
    frame: Frame,
    agreement: AgreementId,
    institution: String,
    number: String,
    since: NaiveDate,
    reason: String,
    conditions: Vec<ConditionView>,
    is_ready: bool,
    is_late: bool,
    events: Vec<Event>,
    addressees: Vec<Addressee>,
    subject: String,
    letter: Letter,
    printed_by: String,
    may_decide: bool,
    form: DecisionForm,
    errors: FormErrors,
}

/// Shows how far the cure has come and, when both conditions are met, the form.
///
/// # Errors
/// Not found; refused where access is not suspended.
pub async fn show(
    user: SignedIn,
    agreement: Path<AgreementId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (case, events) = load(&user, *agreement, &db, &clock).await?;
    let suspension = case.open().ok_or(RestoreError::NotSuspended)?;
    let page = page(&user, &case, suspension, events, clock.now());
    Ok(rendered(StatusCode::OK, &page))
}

/// Restores.
///
/// # Errors
/// As [`show`]; refused while a condition is not met.
pub async fn submit(
    user: SignedIn,
    agreement: Path<AgreementId>,
    form: Form<DecisionForm>,
    db: Data<Db>,
    clock: Data<Clock>,
    session: Session,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    let (case, events) = load(&user, *agreement, &db, &clock).await?;
    if let Some(suspension) = case.open() {
        let restoration = case.restoration(suspension);
        let errors = form.faults(restoration.is_late(), AGREED);
        if restoration.is_ready() && !errors.is_empty() {
            let page = page(&user, &case, suspension, events, clock.now());
            let again = RestorePage {
                form,
                errors,
                ..page
            };
            return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &again));
        }
    }
    let (scope, now) = (user.scope(), clock.now());
    let order = form.order(*agreement, user.actor())?;
    db.write(move |conn| actions::restore(conn, scope, &order, now))
        .await??;
    Flash::put(
        &session,
        "Akses dipulihkan. Surel pemberitahuan masuk antrean kirim.",
    );
    Ok(see_other(&format!("/perjanjian/{agreement}/akses")))
}

fn page(
    user: &SignedIn,
    case: &Case,
    suspension: &Suspension,
    events: Vec<Event>,
    now: Moment,
) -> RestorePage {
    let restoration = case.restoration(suspension);
    RestorePage {
        frame: user.frame("/instansi"),
        agreement: case.facts.agreement.id,
        institution: case.institution.name.clone(),
        number: case.facts.agreement.bkn_number.clone(),
        since: suspension.started_at.jakarta_date(),
        reason: suspension.reason.clone(),
        conditions: parts::conditions(&restoration),
        is_ready: restoration.is_ready(),
        is_late: restoration.is_late(),
        events,
        addressees: case.addressees.clone(),
        subject: text::ended_subject(&case.institution.name),
        letter: letters::end_letter(case, suspension, now),
        printed_by: user.account.name.clone(),
        may_decide: user.account.role.may(Permission::SuspendAccess),
        form: DecisionForm::empty(),
        errors: FormErrors::new(),
    }
}
