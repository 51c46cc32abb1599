//! Naming correspondents and ending them.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::found;
use crate::accounts::SignedIn;
use crate::agreements::actions::{self, EndCorrespondentError, NameCorrespondentError};
use crate::agreements::model::{
    Agreement, AgreementId, CorrespondentDetails, CorrespondentId, PartySide,
};
use crate::institutions::Institution;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, Frame, Page, rendered, see_other};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CorrespondentForm {
    pihak: String,
    jabatan: String,
    surel: String,
    pasal: String,
    sejak: String,
}

/// The last day of a correspondent, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    sampai: String,
}

#[derive(Template)]
#[template(path = "agreements/correspondent_form.html")]
struct CorrespondentPage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    form: CorrespondentForm,
    errors: FormErrors,
}

/// Shows the form of a new correspondent.
///
/// # Errors
/// Not found, or the database's.
pub async fn new(
    user: SignedIn,
    id: Path<AgreementId>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let (agreement, partner) = found(&db, user.scope(), id.into_inner()).await?;
    let form = CorrespondentForm {
        pihak: PartySide::Partner.to_string(),
        sejak: clock.now().jakarta_date().to_string(),
        ..CorrespondentForm::default()
    };
    let (frame, errors) = (user.frame("/perjanjian"), FormErrors::new());
    Ok(Page(CorrespondentPage {
        frame,
        agreement,
        partner,
        form,
        errors,
    }))
}

/// Names a correspondent.
///
/// # Errors
/// Why it is refused.
pub async fn create(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<CorrespondentForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, form) = (id.into_inner(), form.into_inner());
    let (agreement, partner) = found(&db, user.scope(), id).await?;
    let (frame, mut errors) = (user.frame("/perjanjian"), FormErrors::new());
    let details = form.details(&mut errors);
    let mut page = CorrespondentPage {
        frame,
        agreement,
        partner,
        form,
        errors,
    };
    let Some(details) = details else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (actor, now) = (user.actor(), clock.now());
    let named = db
        .write(move |conn| actions::name_correspondent(conn, id, details, &actor, now))
        .await?;
    match named {
        Ok(_) => {
            Flash::put(&session, "Narahubung tercatat.");
            Ok(see_other(&format!("/perjanjian/{id}#narahubung")))
        }
        Err(NameCorrespondentError::Named) => {
            let sentence = "Alamat ini sudah menjadi narahubung pihak tersebut. Akhiri dahulu bila ada perubahan.";
            page.errors.add("surel", sentence);
            Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(NameCorrespondentError::NotFound) => Err(AppError::NotFound),
        Err(NameCorrespondentError::Database(error)) => Err(error.into()),
    }
}

/// Sets the last day of a correspondent.
///
/// # Errors
/// Why it is refused.
pub async fn end(
    user: SignedIn,
    path: Path<(AgreementId, CorrespondentId)>,
    form: Form<EndForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, correspondent) = path.into_inner();
    found(&db, user.scope(), id).await?;
    let mut errors = FormErrors::new();
    let last_day = errors.date("sampai", &form.sampai, "hari terakhir berlaku");
    let Some(last_day) = last_day else {
        let sentence = errors.of("sampai").unwrap_or_default().to_owned();
        return Err(AppError::Refused(sentence));
    };
    let (actor, now) = (user.actor(), clock.now());
    db.write(move |conn| {
        actions::end_correspondent(conn, (id, correspondent), last_day, &actor, now)
    })
    .await??;
    Flash::put(&session, "Hari terakhir narahubung tersimpan.");
    Ok(see_other(&format!("/perjanjian/{id}#narahubung")))
}

impl CorrespondentForm {
    fn details(&self, errors: &mut FormErrors) -> Option<CorrespondentDetails> {
        let side = errors.choice("pihak", &self.pihak, "pihaknya");
        let office = errors.line("jabatan", &self.jabatan, "jabatan atau unit", 200);
        let email = errors.email("surel", &self.surel);
        let article = errors.line("pasal", &self.pasal, "pasal", 120);
        let valid_from = errors.date("sejak", &self.sejak, "tanggal mulai berlaku");
        let details = CorrespondentDetails {
            side: side?,
            office,
            email,
            article,
            valid_from: valid_from?,
        };
        errors.is_empty().then_some(details)
    }
}

impl From<EndCorrespondentError> for AppError {
    fn from(error: EndCorrespondentError) -> Self {
        match error {
            EndCorrespondentError::NotFound => Self::NotFound,
            EndCorrespondentError::BeforeItBegins => Self::Refused(
                "Hari terakhir berlaku tidak boleh sebelum tanggal mulai berlaku.".into(),
            ),
            EndCorrespondentError::Database(error) => error.into(),
        }
    }
}
