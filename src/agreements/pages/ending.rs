//! Ending an agreement before its term is over.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::{found, with_partner};
use crate::accounts::{Scope, SignedIn};
use crate::agreements::actions::{EndAgreementError, Ending, end_agreement};
use crate::agreements::model::{Agreement, AgreementId};
use crate::agreements::{Addressee, partner_addressees};
use crate::institutions::Institution;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, Page, filters, rendered, see_other,
};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndingForm {
    sampai: String,
    alasan: String,
}

#[derive(Template)]
#[template(path = "agreements/ending.html")]
struct EndingPage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    addressees: Vec<Addressee>,
    form: EndingForm,
    errors: FormErrors,
}

type Loaded = (Agreement, Institution, Vec<Addressee>);

/// Shows the form.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<AgreementId>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let (id, scope, now) = (id.into_inner(), user.scope(), clock.now());
    let loaded = db.read(move |conn| load(conn, scope, id, now)).await??;
    let loaded = loaded.ok_or(AppError::NotFound)?;
    let form = EndingForm::default();
    Ok(Page(page(&user, loaded, form, FormErrors::new())))
}

/// Ends the agreement.
///
/// # Errors
/// Why it is refused.
pub async fn submit(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<EndingForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, form, now) = (id.into_inner(), form.into_inner(), clock.now());
    let (scope, actor) = (user.scope(), user.actor());
    found(&db, scope, id).await?;
    let mut errors = FormErrors::new();
    if let Some(ending) = form.ending(&mut errors) {
        let ended = db
            .write(move |conn| end_agreement(conn, id, &ending, &actor, now))
            .await?;
        match ended {
            Err(EndAgreementError::OutsideTerm) => errors.add("sampai", OUTSIDE_TERM),
            ended => {
                ended?;
                Flash::put(
                    &session,
                    "Pengakhiran PKS tercatat. Instansi diberi tahu lewat surel.",
                );
                return Ok(see_other(&format!("/perjanjian/{id}")));
            }
        }
    }
    let loaded = db.read(move |conn| load(conn, scope, id, now)).await??;
    let loaded = loaded.ok_or(AppError::NotFound)?;
    let page = page(&user, loaded, form, errors);
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn load(
    conn: &mut DbConn,
    scope: Scope,
    id: AgreementId,
    now: Moment,
) -> diesel::QueryResult<Option<Loaded>> {
    let Some((agreement, partner)) = with_partner(conn, scope, id)? else {
        return Ok(None);
    };
    let addressees = partner_addressees(conn, &agreement, now)?;
    Ok(Some((agreement, partner, addressees)))
}

fn page(
    user: &SignedIn,
    (agreement, partner, addressees): Loaded,
    form: EndingForm,
    errors: FormErrors,
) -> EndingPage {
    EndingPage {
        frame: user.frame("/perjanjian"),
        agreement,
        partner,
        addressees,
        form,
        errors,
    }
}

const OUTSIDE_TERM: &str =
    "Pilih hari sesudah PKS ditandatangani dan sebelum hari terakhir menurut PKS.";

impl EndingForm {
    fn ending(&self, errors: &mut FormErrors) -> Option<Ending> {
        let last_day = errors.date("sampai", &self.sampai, "hari terakhir berlaku");
        let reason = errors.text("alasan", &self.alasan, "alasan", 500);
        let last_day = last_day?;
        errors.is_empty().then_some(Ending { last_day, reason })
    }
}

impl From<EndAgreementError> for AppError {
    fn from(error: EndAgreementError) -> Self {
        match error {
            EndAgreementError::NotFound => Self::NotFound,
            EndAgreementError::Over => Self::Refused("PKS ini sudah berakhir.".into()),
            EndAgreementError::OutsideTerm => Self::Refused(OUTSIDE_TERM.into()),
            EndAgreementError::Mail(error) => error.into(),
            EndAgreementError::Database(error) => error.into(),
        }
    }
}
