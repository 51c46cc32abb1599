//! The request letters under an agreement, as BKN records them.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{Permission, Scope, SignedIn};
use crate::agreements::{self, Agreement, AgreementId};
use crate::institutions::{self, Institution};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, OneTimeKey, Page, filters, rendered, see_other,
};
use crate::reports::actions::{self, LetterDetails, NoteReceiptError, RecordLetterError};
use crate::reports::model::{LetterDates, LetterId, LetterState, Report, RequestLetter};
use crate::reports::queries;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LetterForm {
    kunci: String,
    nomor: String,
    dikirim: String,
    sampai: String,
    dikonfirmasi: String,
}

#[derive(Template)]
#[template(path = "reports/letters.html")]
struct ListPage {
    frame: Frame,
    file: LetterFile,
    may_manage: bool,
    form: LetterForm,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "reports/letter_receipt.html")]
struct ReceiptPage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    letter: RequestLetter,
    form: LetterForm,
    errors: FormErrors,
}

/// The letters under an agreement and what was filed in answer.
struct LetterFile {
    agreement: Agreement,
    partner: Institution,
    letters: Vec<RequestLetter>,
    reports: Vec<Report>,
}

/// Lists the letters under an agreement.
///
/// # Errors
/// Not found, or the database's.
pub async fn list(
    user: SignedIn,
    id: Path<AgreementId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let form = LetterForm {
        kunci: OneTimeKey::generate(),
        ..LetterForm::default()
    };
    Ok(Page(ListPage::of(&user, &db, id.into_inner(), form).await?))
}

/// Records a letter.
///
/// # Errors
/// Why it is refused.
pub async fn create(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<LetterForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, now, actor) = (id.into_inner(), clock.now(), user.actor());
    let mut page = ListPage::of(&user, &db, id, form.into_inner()).await?;
    let Some(details) = page.form.details(&mut page.errors) else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let recorded = db
        .write(move |conn| actions::record_letter(conn, id, details, &actor, now))
        .await?;
    match recorded {
        Ok(_) | Err(RecordLetterError::PostedTwice) => {
            Flash::put(
                &session,
                "Surat permintaan laporan tercatat. Instansi diberi tahu lewat surel.",
            );
            return Ok(see_other(&format!("/perjanjian/{id}/surat-permintaan")));
        }
        Err(RecordLetterError::NotFound) => return Err(AppError::NotFound),
        Err(RecordLetterError::Database(error)) => return Err(error.into()),
        Err(RecordLetterError::NumberTaken) => {
            page.errors
                .add("nomor", "Surat bernomor ini sudah tercatat pada PKS ini.");
        }
        Err(RecordLetterError::Dates(faults)) => {
            for (field, sentence) in faults.into_iter().map(|fault| fault.words()) {
                page.errors.add(field, sentence);
            }
        }
    }
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// Shows the form for a letter's receipt.
///
/// # Errors
/// Not found, or the database's.
pub async fn receipt(
    user: SignedIn,
    path: Path<(AgreementId, LetterId)>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let page = ReceiptPage::of(&user, &db, path.into_inner(), None).await?;
    Ok(Page(page))
}

/// Notes a letter's receipt.
///
/// # Errors
/// Why it is refused.
pub async fn note_receipt(
    user: SignedIn,
    path: Path<(AgreementId, LetterId)>,
    form: Form<LetterForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (path, now, actor) = (path.into_inner(), clock.now(), user.actor());
    let mut page = ReceiptPage::of(&user, &db, path, Some(form.into_inner())).await?;
    let (form, errors) = (&page.form, &mut page.errors);
    let dates = (
        errors.date_or_none("sampai", &form.sampai, "tanggal diterima"),
        errors.date_or_none("dikonfirmasi", &form.dikonfirmasi, "tanggal konfirmasi"),
    );
    if !errors.is_empty() {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let noted = db
        .write(move |conn| actions::note_receipt(conn, path, dates, &actor, now))
        .await?;
    match noted {
        Ok(()) => {
            Flash::put(&session, "Penerimaan surat tersimpan.");
            return Ok(see_other(&format!(
                "/perjanjian/{}/surat-permintaan",
                path.0
            )));
        }
        Err(NoteReceiptError::NotFound) => return Err(AppError::NotFound),
        Err(NoteReceiptError::Database(error)) => return Err(error.into()),
        Err(NoteReceiptError::Dates(faults)) => {
            for (field, sentence) in faults.into_iter().map(|fault| fault.words()) {
                page.errors.add(field, sentence);
            }
        }
    }
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

impl LetterForm {
    fn details(&self, errors: &mut FormErrors) -> Option<LetterDetails> {
        if !OneTimeKey::is_valid(&self.kunci) {
            errors.add(
                "nomor",
                "Formulir ini sudah lama terbuka. Muat ulang halamannya.",
            );
        }
        let number = errors.line("nomor", &self.nomor, "nomor surat", 100);
        let sent_on = errors.date("dikirim", &self.dikirim, "tanggal dikirim");
        let delivered_on = errors.date_or_none("sampai", &self.sampai, "tanggal diterima");
        let confirmed_on =
            errors.date_or_none("dikonfirmasi", &self.dikonfirmasi, "tanggal konfirmasi");
        let details = LetterDetails {
            number,
            dates: LetterDates {
                sent_on: sent_on?,
                delivered_on,
                confirmed_on,
            },
            form_key: self.kunci.clone(),
        };
        errors.is_empty().then_some(details)
    }
}

impl From<&RequestLetter> for LetterForm {
    fn from(letter: &RequestLetter) -> Self {
        let text = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |d| d.to_string());
        Self {
            sampai: text(letter.delivered_on),
            dikonfirmasi: text(letter.confirmed_on),
            ..Self::default()
        }
    }
}

impl LetterFile {
    fn read(conn: &mut DbConn, scope: Scope, id: AgreementId) -> diesel::QueryResult<Option<Self>> {
        let Some(agreement) = agreements::find(conn, scope, id)? else {
            return Ok(None);
        };
        let Some(partner) = institutions::find(conn, agreement.institution_id)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            letters: queries::letters_of(conn, scope, id)?,
            reports: queries::reports_of(conn, scope, id)?,
            agreement,
            partner,
        }))
    }

    fn state(&self, letter: &RequestLetter) -> LetterState {
        letter.state(&self.reports)
    }

    /// The reports that answer a letter, the latest first.
    fn answers(&self, letter: &RequestLetter) -> impl Iterator<Item = &Report> {
        let id = letter.id;
        self.reports
            .iter()
            .rev()
            .filter(move |report| report.letter_id == id)
    }
}

impl ListPage {
    async fn of(
        user: &SignedIn,
        db: &Db,
        id: AgreementId,
        form: LetterForm,
    ) -> Result<Self, AppError> {
        let scope = user.scope();
        let file = db
            .read(move |conn| LetterFile::read(conn, scope, id))
            .await??;
        Ok(Self {
            frame: user.frame("/perjanjian"),
            file: file.ok_or(AppError::NotFound)?,
            may_manage: user.account.role.may(Permission::ManagePartners),
            form,
            errors: FormErrors::new(),
        })
    }
}

impl ReceiptPage {
    async fn of(
        user: &SignedIn,
        db: &Db,
        (id, letter): (AgreementId, LetterId),
        form: Option<LetterForm>,
    ) -> Result<Self, AppError> {
        let scope = user.scope();
        let file = db
            .read(move |conn| LetterFile::read(conn, scope, id))
            .await??
            .ok_or(AppError::NotFound)?;
        let letters = file.letters.into_iter();
        let letter = letters.into_iter().find(|found| found.id == letter);
        let letter = letter.ok_or(AppError::NotFound)?;
        Ok(Self {
            frame: user.frame("/perjanjian"),
            agreement: file.agreement,
            partner: file.partner,
            form: form.unwrap_or_else(|| LetterForm::from(&letter)),
            letter,
            errors: FormErrors::new(),
        })
    }
}
