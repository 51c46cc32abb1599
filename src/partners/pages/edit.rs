//! Recording a partner and mending its record.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use crate::accounts::SignedIn;
use crate::institutions::actions::{self, RecordError};
use crate::institutions::{self, Institution, InstitutionDetails, InstitutionId, InstitutionKind};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, Frame, Page, rendered, see_other};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PartnerForm {
    nama: String,
    singkatan: String,
    kode: String,
}

#[derive(Template)]
#[template(path = "partners/form.html")]
struct FormPage {
    frame: Frame,
    /// The partner on record; none while it is a new one.
    partner: Option<Institution>,
    form: PartnerForm,
    errors: FormErrors,
}

/// Shows the form of a new partner.
///
/// # Errors
/// None of its own.
pub async fn new(user: SignedIn) -> Result<impl Responder, AppError> {
    Ok(Page(FormPage::of(&user, None, PartnerForm::default())))
}

/// Records a partner.
///
/// # Errors
/// Why it is refused.
pub async fn create(
    user: SignedIn,
    form: Form<PartnerForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let mut page = FormPage::of(&user, None, form.into_inner());
    let Some(details) = page.form.details(&mut page.errors) else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (actor, now) = (user.actor(), clock.now());
    let recorded = db
        .write(move |conn| actions::record(conn, details, &actor, now))
        .await?;
    match recorded {
        Ok(id) => {
            Flash::put(
                &session,
                "Instansi tercatat. Catat PKS-nya, lalu tunjuk PIC.",
            );
            Ok(see_other(&format!("/instansi/{id}")))
        }
        Err(error) => page.refused(error),
    }
}

/// Shows the form of a partner on record.
///
/// # Errors
/// Not found, or the database's.
pub async fn edit(
    user: SignedIn,
    id: Path<InstitutionId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let partner = partner(&db, id.into_inner()).await?;
    let form = PartnerForm {
        nama: partner.name.clone(),
        singkatan: partner.short_name.clone(),
        kode: partner.reference_code.clone().unwrap_or_default(),
    };
    Ok(Page(FormPage::of(&user, Some(partner), form)))
}

/// Mends the record of a partner.
///
/// # Errors
/// Why it is refused.
pub async fn update(
    user: SignedIn,
    id: Path<InstitutionId>,
    form: Form<PartnerForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let mut page = FormPage::of(&user, Some(partner(&db, id).await?), form.into_inner());
    let Some(details) = page.form.details(&mut page.errors) else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (actor, now) = (user.actor(), clock.now());
    let amended = db
        .write(move |conn| actions::amend(conn, id, details, &actor, now))
        .await?;
    match amended {
        Ok(()) => {
            Flash::put(&session, "Perubahan data instansi tersimpan.");
            Ok(see_other(&format!("/instansi/{id}")))
        }
        Err(error) => page.refused(error),
    }
}

/// A partner; BKN itself is not found here.
pub(super) async fn partner(db: &Db, id: InstitutionId) -> Result<Institution, AppError> {
    let found = db.read(move |conn| institutions::find(conn, id)).await??;
    found
        .filter(|found| found.kind == InstitutionKind::Partner)
        .ok_or(AppError::NotFound)
}

impl PartnerForm {
    fn details(&self, errors: &mut FormErrors) -> Option<InstitutionDetails> {
        let details = InstitutionDetails {
            name: errors.line("nama", &self.nama, "nama instansi", 200),
            short_name: errors.line("singkatan", &self.singkatan, "nama singkat", 60),
            reference_code: self.code(errors),
        };
        errors.is_empty().then_some(details)
    }

    fn code(&self, errors: &mut FormErrors) -> Option<String> {
        let code = self.kode.trim().to_uppercase();
        if code.is_empty() {
            return None;
        }
        let digits = code.chars().count();
        if digits != InstitutionDetails::CODE_DIGITS {
            let sentence = format!(
                "Kode referensi {digits} karakter; seharusnya 32. Salin ulang dari referensi."
            );
            errors.add("kode", sentence);
        } else if !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            errors.add(
                "kode",
                "Kode referensi hanya berisi angka 0–9 dan huruf A–F.",
            );
        }
        Some(code)
    }
}

impl FormPage {
    fn of(user: &SignedIn, partner: Option<Institution>, form: PartnerForm) -> Self {
        Self {
            frame: user.frame("/instansi"),
            partner,
            form,
            errors: FormErrors::new(),
        }
    }

    fn action(&self) -> String {
        match &self.partner {
            Some(partner) => format!("/instansi/{}/ubah", partner.id),
            None => "/instansi/baru".to_owned(),
        }
    }

    fn back(&self) -> String {
        match &self.partner {
            Some(partner) => format!("/instansi/{}", partner.id),
            None => "/instansi".to_owned(),
        }
    }

    fn refused(mut self, error: RecordError) -> Result<HttpResponse, AppError> {
        match error {
            RecordError::NotFound => return Err(AppError::NotFound),
            RecordError::Database(error) => return Err(error.into()),
            RecordError::NameTaken => self.errors.add(
                "nama",
                "Instansi bernama ini sudah tercatat. Cari namanya pada daftar instansi.",
            ),
        }
        Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &self))
    }
}
