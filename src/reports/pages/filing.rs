//! Filing a report: a PDF and a note.

use actix_multipart::Multipart;
use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path, block};
use std::fs::File;

use super::own::{self, LetterPage};
use crate::accounts::SignedIn;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::files::{FileStore, NewFile, StoredFile};
use crate::platform::uploads::{self, Received, UploadLimits};
use crate::platform::web::{AppError, Flash, FormErrors, OneTimeKey, see_other};
use crate::reports::actions::{self, FileReportError, FiledReport};
use crate::reports::model::LetterId;
use crate::reports::pdf;

/// 25 MB of PDF, and notes far below the field's limit.
pub(super) const LIMITS: UploadLimits = UploadLimits {
    file_bytes: 25_000_000,
    field_bytes: 8 * 1024,
};
/// Characters of a note.
const NOTE_CHARACTERS: usize = 1_000;

/// Takes in a report.
///
/// # Errors
/// Why it is refused.
pub async fn create(
    user: SignedIn,
    id: Path<LetterId>,
    form: Multipart,
    (db, clock, files, session): (Data<Db>, Data<Clock>, Data<FileStore>, Session),
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let mut page = LetterPage::new(&user, own::case(&db, user.scope(), id).await?);
    let received = uploads::receive(form, &files, LIMITS).await?;
    if page.leads_to_the_first(&received) {
        return Ok(see_other(&format!("/laporan/{id}")));
    }
    let Some(checked) = page.checked(received).await? else {
        return Ok(page.again());
    };
    let now = clock.now();
    let Checked {
        file,
        name,
        note,
        form_key,
    } = checked;
    let file = block(move || file.keep(&name, "application/pdf", now))
        .await
        .map_err(|error| AppError::Internal(error.to_string()))??;
    let (filer, scope, kept) = (user.account.clone(), user.scope(), file.clone());
    let filed = FiledReport {
        letter: id,
        file,
        note,
        form_key,
    };
    let outcome = db
        .write(move |conn| actions::file_report(conn, scope, filed, &filer, now))
        .await;
    settle(outcome, &files, &kept)?;
    Flash::put(
        &session,
        "Laporan tersampaikan. Tanda terimanya juga dikirim ke surel Anda.",
    );
    Ok(see_other(&format!("/laporan/{id}")))
}

/// What passed every check and may be kept.
struct Checked {
    file: NewFile,
    name: String,
    note: String,
    form_key: String,
}

type Outcome<T> = Result<Result<T, FileReportError>, crate::platform::db::DbError>;

/// A file whose row was not committed is removed; a repeated post is no fault.
fn settle<T>(outcome: Outcome<T>, files: &FileStore, kept: &StoredFile) -> Result<(), AppError> {
    let refusal = match outcome {
        Ok(Ok(_)) => return Ok(()),
        Ok(Err(FileReportError::PostedTwice)) => None,
        Ok(Err(error)) => Some(AppError::from(error)),
        Err(error) => Some(AppError::from(error)),
    };
    if let Err(error) = files.discard(kept.id) {
        tracing::warn!(%error, "a file without a report stays behind");
    }
    refusal.map_or(Ok(()), Err)
}

impl LetterPage {
    /// Whether the same form came before and its report stands.
    fn leads_to_the_first(&self, received: &Received) -> bool {
        let key = received.field("kunci");
        let mut answers = self.case.answers.iter();
        answers.any(|(report, _)| report.form_key == key)
    }

    /// What may be kept, or nothing and what is wrong with it.
    async fn checked(&mut self, received: Received) -> Result<Option<Checked>, AppError> {
        if !self.may_file {
            return Err(FileReportError::NotAwaited.into());
        }
        let mut errors = FormErrors::new();
        let form_key = received.field("kunci").to_owned();
        if !OneTimeKey::is_valid(&form_key) {
            errors.add(
                "berkas",
                "Formulir ini sudah lama terbuka. Muat ulang halamannya.",
            );
        }
        self.note = received.field("catatan").to_owned();
        let note = errors.text_or_none("catatan", &self.note, "catatan", NOTE_CHARACTERS);
        let checked = match received.file {
            None => {
                errors.add("berkas", "Pilih berkas PDF laporan.");
                None
            }
            Some((file, name)) => match fault_of(&file).await? {
                None => Some((file, name)),
                Some(fault) => {
                    errors.add("berkas", fault.sentence());
                    None
                }
            },
        };
        self.errors = errors;
        let checked = checked.filter(|_| self.errors.is_empty());
        Ok(checked.map(|(file, name)| Checked {
            file,
            name,
            note: note.unwrap_or_default(),
            form_key,
        }))
    }
}

async fn fault_of(file: &NewFile) -> Result<Option<pdf::PdfFault>, AppError> {
    let path = file.path().to_owned();
    let fault = block(move || pdf::fault(File::open(path)?))
        .await
        .map_err(|error| AppError::Internal(error.to_string()))??;
    Ok(fault)
}

impl From<FileReportError> for AppError {
    fn from(error: FileReportError) -> Self {
        match error {
            FileReportError::NotFound => Self::NotFound,
            FileReportError::NotAwaited => Self::Refused(
                "Laporan atas surat ini sudah disampaikan dan menunggu atau sudah diterima BKN."
                    .into(),
            ),
            FileReportError::PostedTwice => Self::Refused("Laporan ini sudah disampaikan.".into()),
            FileReportError::Database(error) => error.into(),
        }
    }
}
