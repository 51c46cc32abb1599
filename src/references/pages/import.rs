//! Uploading a new version of a list: it is compared first, and taken later.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, Responder};
use askama::Template;

use super::SECTION;
use crate::accounts::SignedIn;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::files::{FileStore, NewFile};
use crate::platform::uploads::{self, Received, UploadLimits};
use crate::platform::web::{
    AppError, FormErrors, Frame, OneTimeKey, Page, filters, rendered, see_other,
};
use crate::references::actions::{self, Order, StageError};
use crate::references::model::ReferenceImport;
use crate::references::queries::find;
use crate::references::text;

/// The largest of BKN's lists has 9 MB.
const LIMITS: UploadLimits = UploadLimits {
    file_bytes: 30_000_000,
    field_bytes: 200,
};

/// Characters of a version's name.
const LABEL_CHARACTERS: usize = 30;

#[derive(Template)]
#[template(path = "references/import.html")]
struct ImportPage {
    frame: Frame,
    key: String,
    label: String,
    errors: FormErrors,
    waiting: Vec<ReferenceImport>,
}

impl ImportPage {
    /// What a file may weigh, in words.
    fn limit(&self) -> String {
        LIMITS.in_words()
    }
}

/// Shows the form, and the imports that were compared and not taken.
///
/// # Errors
/// The database's.
pub async fn new(user: SignedIn, db: Data<Db>) -> Result<impl Responder, AppError> {
    let waiting = db.read(find::waiting_imports).await??;
    Ok(Page(ImportPage {
        frame: user.frame(SECTION),
        key: OneTimeKey::generate(),
        label: String::new(),
        errors: FormErrors::new(),
        waiting,
    }))
}

/// Takes a file, compares it, and leads on to what it would change.
///
/// # Errors
/// The refusal, the database's, or the disk's.
pub async fn create(
    user: SignedIn,
    form: Multipart,
    db: Data<Db>,
    clock: Data<Clock>,
    files: Data<FileStore>,
) -> Result<HttpResponse, AppError> {
    let mut received = uploads::receive(form, &files, LIMITS).await?;
    let key = received.field("kunci").to_owned();
    if !OneTimeKey::is_valid(&key) {
        return Err(AppError::BadRequest(
            "Formulir ini sudah kedaluwarsa. Buka lagi halamannya.".to_owned(),
        ));
    }
    let mut errors = FormErrors::new();
    let label = errors.line_or_none(
        "versi",
        received.field("versi"),
        "nama versi",
        LABEL_CHARACTERS,
    );
    let Some((file, name)) = received.file.take().filter(|(file, _)| file.size() > 0) else {
        errors.add("berkas", text::NO_FILE);
        return Ok(again(&user, &received, errors));
    };
    if !errors.is_empty() {
        return Ok(again(&user, &received, errors));
    }
    let (actor, now) = (user.actor(), clock.now());
    let content = content(file).await?;
    let staged = db
        .write(move |conn| {
            let order = Order {
                actor: &actor,
                file_name: &name,
                content: &content,
                label: label.as_deref(),
                form_key: &key,
            };
            actions::stage(conn, order, now)
        })
        .await?;
    match staged {
        Ok(import) => Ok(see_other(&format!("{SECTION}/impor/{}", import.id))),
        Err(StageError::Read(fault)) => {
            let errors = FormErrors::one("berkas", text::fault(&fault));
            Ok(again(&user, &received, errors))
        }
        Err(StageError::Database(error)) => Err(error.into()),
    }
}

/// Reads an uploaded file. It is not kept: what it would change is.
async fn content(file: NewFile) -> Result<Vec<u8>, AppError> {
    let done = actix_web::web::block(move || std::fs::read(file.path())).await;
    Ok(done.map_err(|error| AppError::Internal(error.to_string()))??)
}

fn again(user: &SignedIn, received: &Received, errors: FormErrors) -> HttpResponse {
    let page = ImportPage {
        frame: user.frame(SECTION),
        key: OneTimeKey::generate(),
        label: received.field("versi").to_owned(),
        errors,
        waiting: Vec::new(),
    };
    rendered(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
