//! Recording an agreement and mending its record.

use actix_session::Session;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::found;
use crate::accounts::{Scope, SignedIn};
use crate::agreements::actions::{self, AmendError, RecordError};
use crate::agreements::model::{Agreement, AgreementDetails, AgreementId};
use crate::agreements::queries;
use crate::institutions::{self, Institution, InstitutionId, InstitutionKind};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{Again, AppError, Flash, FormErrors, Frame, Page, filters, see_other};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgreementForm {
    nomor_instansi: String,
    nomor_bkn: String,
    judul: String,
    ditandatangani: String,
    bulan: String,
    berakhir: String,
    naskah: String,
    menggantikan: String,
}

#[derive(Template)]
#[template(path = "agreements/form.html")]
struct FormPage {
    frame: Frame,
    partner: Institution,
    /// The agreement on record; none while it is a new one.
    agreement: Option<Agreement>,
    /// What it may take the place of.
    others: Vec<Agreement>,
    form: AgreementForm,
    errors: FormErrors,
}

/// Shows the form of a new agreement.
///
/// # Errors
/// Not found, or the database's.
pub async fn new(
    user: SignedIn,
    partner: Path<InstitutionId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let form = AgreementForm {
        naskah: "lengkap".to_owned(),
        ..AgreementForm::default()
    };
    let page = FormPage::of_new(&user, &db, partner.into_inner(), form).await?;
    Ok(Page(page))
}

/// Records an agreement.
///
/// # Errors
/// Why it is refused.
pub async fn create(
    user: SignedIn,
    partner: Path<InstitutionId>,
    form: Form<AgreementForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (partner, form) = (partner.into_inner(), form.into_inner());
    let (mut page, request) = (
        FormPage::of_new(&user, &db, partner, form).await?,
        user.actor(),
    );
    let Some(details) = page.form.details(&mut page.errors) else {
        return Ok(page.again());
    };
    let now = clock.now();
    let recorded = db
        .write(move |conn| actions::record(conn, partner, details, &request, now))
        .await?;
    match recorded {
        Ok(id) => {
            Flash::put(
                &session,
                "PKS tercatat. Tambahkan klausul, data Lampiran, dan narahubungnya.",
            );
            Ok(see_other(&format!("/perjanjian/{id}")))
        }
        Err(error) => page.refused(error),
    }
}

/// Shows the form of an agreement on record.
///
/// # Errors
/// Not found, or the database's.
pub async fn edit(
    user: SignedIn,
    id: Path<AgreementId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (agreement, partner) = found(&db, user.scope(), id.into_inner()).await?;
    let form = AgreementForm::from(&agreement);
    let page = FormPage::of(&user, &db, partner, Some(agreement), form).await?;
    Ok(Page(page))
}

/// Mends the record of an agreement.
///
/// # Errors
/// Why it is refused.
pub async fn update(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<AgreementForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (agreement, partner) = found(&db, user.scope(), id).await?;
    let mut page = FormPage::of(&user, &db, partner, Some(agreement), form.into_inner()).await?;
    let Some(details) = page.form.details(&mut page.errors) else {
        return Ok(page.again());
    };
    let (actor, now) = (user.actor(), clock.now());
    let amended = db
        .write(move |conn| actions::amend(conn, id, details, &actor, now))
        .await?;
    match amended {
        Ok(()) => {
            Flash::put(&session, "Perubahan data PKS tersimpan.");
            Ok(see_other(&format!("/perjanjian/{id}")))
        }
        Err(AmendError::NotFound) => Err(AppError::NotFound),
        Err(AmendError::Refused(error)) => page.refused(error),
    }
}

impl AgreementForm {
    fn details(&self, errors: &mut FormErrors) -> Option<AgreementDetails> {
        let partner_number = errors.line(
            "nomor_instansi",
            &self.nomor_instansi,
            "nomor PKS instansi",
            100,
        );
        let bkn_number = errors.line("nomor_bkn", &self.nomor_bkn, "nomor PKS BKN", 100);
        let title = errors.line("judul", &self.judul, "judul PKS", 500);
        let signed_on = errors.date(
            "ditandatangani",
            &self.ditandatangani,
            "tanggal penandatanganan",
        );
        let term = errors.number_or_none("bulan", &self.bulan, (1, 600));
        if self.bulan.trim().is_empty() {
            errors.add("bulan", "Isi jangka waktu dalam bulan.");
        }
        let recorded_end = errors.date_or_none("berakhir", &self.berakhir, "hari terakhir");
        if signed_on
            .zip(recorded_end)
            .is_some_and(|(first, last)| last < first)
        {
            errors.add(
                "berakhir",
                "Hari terakhir tidak boleh sebelum PKS ditandatangani.",
            );
        }
        let succeeds_id = self.predecessor(errors);
        let details = AgreementDetails {
            partner_number,
            bkn_number,
            title,
            signed_on: signed_on?,
            term_months: term?,
            recorded_end,
            text_complete: self.naskah == "lengkap",
            succeeds_id,
        };
        errors.is_empty().then_some(details)
    }

    fn predecessor(&self, errors: &mut FormErrors) -> Option<AgreementId> {
        if self.menggantikan.is_empty() {
            return None;
        }
        let id = AgreementId::try_from(self.menggantikan.clone()).ok();
        if id.is_none() {
            errors.add("menggantikan", "Pilih salah satu PKS instansi ini.");
        }
        id
    }
}

impl From<&Agreement> for AgreementForm {
    fn from(agreement: &Agreement) -> Self {
        let text =
            |date: Option<chrono::NaiveDate>| date.map_or_else(String::new, |d| d.to_string());
        Self {
            nomor_instansi: agreement.partner_number.clone(),
            nomor_bkn: agreement.bkn_number.clone(),
            judul: agreement.title.clone(),
            ditandatangani: agreement.signed_on.to_string(),
            bulan: agreement.term_months.to_string(),
            berakhir: text(agreement.recorded_end),
            naskah: if agreement.text_complete {
                "lengkap"
            } else {
                "tidak"
            }
            .to_owned(),
            menggantikan: agreement
                .succeeds_id
                .map_or_else(String::new, |id| id.to_string()),
        }
    }
}

impl FormPage {
    async fn of_new(
        user: &SignedIn,
        db: &Db,
        partner: InstitutionId,
        form: AgreementForm,
    ) -> Result<Self, AppError> {
        let found = db
            .read(move |conn| institutions::find(conn, partner))
            .await??;
        let partner = found
            .filter(|found| found.kind == InstitutionKind::Partner)
            .ok_or(AppError::NotFound)?;
        Self::of(user, db, partner, None, form).await
    }

    async fn of(
        user: &SignedIn,
        db: &Db,
        partner: Institution,
        agreement: Option<Agreement>,
        form: AgreementForm,
    ) -> Result<Self, AppError> {
        let (scope, id): (Scope, _) = (user.scope(), partner.id);
        let mut others = db
            .read(move |conn| queries::of_institution(conn, scope, id))
            .await??;
        let own = agreement.as_ref().map(|agreement| agreement.id);
        others.retain(|other| Some(other.id) != own);
        Ok(Self {
            frame: user.frame("/perjanjian"),
            partner,
            agreement,
            others,
            form,
            errors: FormErrors::new(),
        })
    }

    fn action(&self) -> String {
        match &self.agreement {
            Some(agreement) => format!("/perjanjian/{}/ubah", agreement.id),
            None => format!("/instansi/{}/perjanjian/baru", self.partner.id),
        }
    }

    fn back(&self) -> String {
        match &self.agreement {
            Some(agreement) => format!("/perjanjian/{}", agreement.id),
            None => format!("/instansi/{}", self.partner.id),
        }
    }

    fn again(self) -> HttpResponse {
        crate::platform::web::rendered(
            actix_web::http::StatusCode::UNPROCESSABLE_ENTITY,
            &Again(self).0,
        )
    }

    fn refused(mut self, error: RecordError) -> Result<HttpResponse, AppError> {
        match error {
            RecordError::NoPartner => return Err(AppError::NotFound),
            RecordError::Database(error) => return Err(error.into()),
            RecordError::NumberTaken => self.errors.add(
                "nomor_bkn",
                "Nomor BKN ini sudah dipakai PKS lain. Periksa nomornya.",
            ),
            RecordError::NotItsPredecessor => self.errors.add(
                "menggantikan",
                "Pilih PKS instansi ini yang ditandatangani lebih dahulu.",
            ),
        }
        Ok(self.again())
    }
}
