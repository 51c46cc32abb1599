//! Uploading an extract.

use actix_multipart::Multipart;
use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, block};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use chrono::NaiveDate;
use std::fs::File;
use std::io;

use super::SECTION;
use crate::accounts::SignedIn;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::Db;
use crate::platform::files::{FileStore, NewFile, StoredFile};
use crate::platform::uploads::{self, Received, UploadLimits};
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, OneTimeKey, Page, rendered, see_other,
};
use crate::register::actions::{self, NewUpload, QueueError};
use crate::register::import::{ImportError, kept, open};
use crate::register::text;

/// An extract of 5,000,000 profiles has about 1.8 GB; larger ones come by the
/// command line.
const LIMITS: UploadLimits = UploadLimits {
    file_bytes: 2_000_000_000,
    field_bytes: 200,
};

#[derive(Template)]
#[template(path = "register/upload.html")]
struct UploadPage {
    frame: Frame,
    key: String,
    dataset: String,
    as_of: String,
    complete: bool,
    today: NaiveDate,
    errors: FormErrors,
    datasets: Vec<(&'static str, &'static str)>,
}

impl UploadPage {
    /// What a file may weigh, in words.
    fn limit(&self) -> String {
        LIMITS.in_words()
    }
}

/// Shows the form.
///
/// # Errors
/// None of its own.
pub async fn new(user: SignedIn, clock: Data<Clock>) -> Result<impl Responder, AppError> {
    let today = clock.now().jakarta_date();
    let typed = ("", &*today.to_string(), false);
    Ok(Page(form(&user, typed, today, FormErrors::new())))
}

fn form(
    user: &SignedIn,
    (dataset, as_of, complete): (&str, &str, bool),
    today: NaiveDate,
    errors: FormErrors,
) -> UploadPage {
    UploadPage {
        frame: user.frame(SECTION),
        key: OneTimeKey::generate(),
        dataset: dataset.to_owned(),
        as_of: as_of.to_owned(),
        complete,
        today,
        errors,
        datasets: kept()
            .map(|it| (it.name.as_str(), it.title.as_str()))
            .collect(),
    }
}

/// Takes an extract and leads on to its progress.
///
/// # Errors
/// The refusal, the database's, or the disk's.
pub async fn create(
    user: SignedIn,
    multipart: Multipart,
    session: Session,
    (db, clock, files): (Data<Db>, Data<Clock>, Data<FileStore>),
) -> Result<HttpResponse, AppError> {
    let mut received = uploads::receive(multipart, &files, LIMITS).await?;
    let now = clock.now();
    let taken = match read(&mut received, now.jakarta_date()) {
        Ok(taken) => kept_file(taken, now).await?,
        Err(errors) => Err(errors),
    };
    let (asked, file) = match taken {
        Ok(taken) => taken,
        Err(errors) => return Ok(again(&user, &received, now, errors)),
    };
    let upload = NewUpload {
        dataset: asked.dataset,
        as_of: asked.as_of,
        complete: asked.complete,
        older: asked.older,
        form_key: asked.key,
        actor: user.actor(),
        file,
    };
    let file = upload.file.id;
    let queued = db
        .write(move |conn| actions::queue(conn, &upload, now))
        .await;
    if !matches!(queued, Ok(Ok(_))) {
        files.discard(file)?;
    }
    let (id, said) = match queued? {
        Ok((id, before)) => (id, text::queued(before.as_ref())),
        Err(QueueError::Open(id)) => (id, text::OPEN_ALREADY.to_owned()),
        Err(QueueError::Repeated(id)) => return Ok(see_other(&format!("{SECTION}/muat/{id}"))),
        Err(QueueError::Latest(last)) => {
            let errors = FormErrors::one("berkas", text::latest(&last));
            return Ok(again(&user, &received, now, errors));
        }
        Err(QueueError::Older(day)) => {
            let errors = FormErrors::one("lama", text::older(day));
            return Ok(again(&user, &received, now, errors));
        }
        Err(QueueError::Database(error)) => return Err(error.into()),
    };
    Flash::put(&session, &said);
    Ok(see_other(&format!("{SECTION}/muat/{id}")))
}

/// What the form asks for.
struct Asked {
    dataset: String,
    as_of: NaiveDate,
    complete: bool,
    older: bool,
    key: String,
}

type Taken<T> = Result<(Asked, T), FormErrors>;

fn read(received: &mut Received, today: NaiveDate) -> Taken<(NewFile, String)> {
    let mut errors = FormErrors::new();
    let key = received.field("kunci").to_owned();
    let dataset = received.field("jenis").to_owned();
    if !kept().any(|it| it.name == dataset) {
        errors.add("jenis", text::CHOOSE_DATASET);
    }
    let as_of = errors.date("per", received.field("per"), "tanggal keadaan data");
    if as_of.is_some_and(|day| day > today) {
        errors.add("per", text::AFTER_TODAY);
    }
    let file = received.file.take().filter(|(file, _)| file.size() > 0);
    if file.is_none() {
        errors.add("berkas", text::NO_FILE);
    } else if !OneTimeKey::is_valid(&key) {
        errors.add("berkas", text::STALE_FORM);
    }
    match (as_of, file) {
        (Some(as_of), Some(file)) if errors.is_empty() => Ok((
            Asked {
                dataset,
                as_of,
                complete: !received.field("seluruh").is_empty(),
                older: !received.field("lama").is_empty(),
                key,
            },
            file,
        )),
        _ => Err(errors),
    }
}

/// Looks at the header and makes the file durable, on a thread that may wait.
async fn kept_file(
    (asked, (file, name)): (Asked, (NewFile, String)),
    now: Moment,
) -> Result<Taken<StoredFile>, AppError> {
    let kept = block(move || -> io::Result<Taken<StoredFile>> {
        match open(&asked.dataset, File::open(file.path())?) {
            Ok(_) => Ok(Ok((asked, file.keep(&name, "text/csv", now)?))),
            Err(ImportError::Io(error)) => Err(error),
            Err(error) => Ok(Err(FormErrors::one("berkas", text::fault(&error)))),
        }
    });
    Ok(kept
        .await
        .map_err(|error| AppError::Internal(error.to_string()))??)
}

fn again(user: &SignedIn, received: &Received, now: Moment, errors: FormErrors) -> HttpResponse {
    let complete = !received.field("seluruh").is_empty();
    let typed = (received.field("jenis"), received.field("per"), complete);
    let page = form(user, typed, now.jakarta_date(), errors);
    rendered(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
