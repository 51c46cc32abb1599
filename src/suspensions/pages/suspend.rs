//! The decision to suspend (A5).

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;

use super::super::actions::{self, StartError};
use super::super::case::Case;
use super::super::chronology::Event;
use super::super::letters::{self, Letter};
use super::super::model::Ground;
use super::super::text;
use super::parts::{self, Check, GroundView};
use super::{DecisionForm, load};
use crate::accounts::{Permission, SignedIn};
use crate::agreements::{Addressee, AgreementId};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, Frame, filters, rendered, see_other};

const AGREED: &str = "Nyatakan bahwa dasar penghentian dan isi surel sudah diperiksa.";

#[derive(Template)]
#[template(path = "suspensions/suspend.html")]
struct SuspendPage {
    frame: Frame,
    agreement: AgreementId,
    institution: String,
    number: String,
    lead: String,
    grounds: Vec<GroundView>,
    checks: Vec<Check>,
    events: Vec<Event>,
    addressees: Vec<Addressee>,
    subject: String,
    letter: Letter,
    printed_by: String,
    may_decide: bool,
    form: DecisionForm,
    errors: FormErrors,
}

/// Shows the case and, to who may decide, the form.
///
/// # Errors
/// Not found; refused where access cannot be suspended.
pub async fn show(
    user: SignedIn,
    agreement: Path<AgreementId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (case, events) = load(&user, *agreement, &db, &clock).await?;
    let grounds = actions::grounds_to_start(&case)?;
    let page = page(&user, &case, &grounds, events, clock.now());
    Ok(rendered(StatusCode::OK, &page))
}

/// Suspends.
///
/// # Errors
/// As [`show`]; refused when somebody else did it before.
pub async fn submit(
    user: SignedIn,
    agreement: Path<AgreementId>,
    form: Form<DecisionForm>,
    db: Data<Db>,
    clock: Data<Clock>,
    session: Session,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    let errors = form.faults(false, AGREED);
    if !errors.is_empty() {
        let (case, events) = load(&user, *agreement, &db, &clock).await?;
        let grounds = actions::grounds_to_start(&case)?;
        let page = page(&user, &case, &grounds, events, clock.now());
        let again = SuspendPage {
            form,
            errors,
            ..page
        };
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &again));
    }
    let (scope, now) = (user.scope(), clock.now());
    let order = form.order(*agreement, user.actor())?;
    let first = order.clone();
    let mut done = db
        .write(move |conn| actions::start(conn, scope, &first, now))
        .await?;
    if matches!(done, Err(StartError::AlreadySuspended)) {
        // The other post may have been this very form, sent twice.
        done = db
            .write(move |conn| actions::start(conn, scope, &order, now))
            .await?;
    }
    done?;
    Flash::put(
        &session,
        "Akses dihentikan sementara. Surel pemberitahuan masuk antrean kirim.",
    );
    Ok(see_other(&format!("/perjanjian/{agreement}/akses")))
}

fn page(
    user: &SignedIn,
    case: &Case,
    grounds: &[Ground],
    events: Vec<Event>,
    now: Moment,
) -> SuspendPage {
    SuspendPage {
        frame: user.frame("/instansi"),
        agreement: case.facts.agreement.id,
        institution: case.institution.name.clone(),
        number: case.facts.agreement.bkn_number.clone(),
        lead: text::reason(grounds),
        grounds: parts::grounds(case, grounds),
        checks: parts::checks(case, grounds),
        events,
        addressees: case.addressees.clone(),
        subject: text::started_subject(&case.institution.name),
        letter: letters::start_letter(case, grounds, now),
        printed_by: user.account.name.clone(),
        may_decide: user.account.role.may(Permission::SuspendAccess),
        form: DecisionForm::empty(),
        errors: FormErrors::new(),
    }
}
