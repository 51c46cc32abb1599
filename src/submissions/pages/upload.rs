//! Uploading a file (P5): for a new submission, or as a new version of one.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;
use std::sync::Arc;

use super::SECTION;
use crate::accounts::SignedIn;
use crate::agreements::AgreementId;
use crate::deliveries::{Delivery, DeliveryId};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::files::{FileStore, StoredFile};
use crate::platform::uploads::{self, UploadLimits};
use crate::platform::web::{
    AppError, FormErrors, Frame, OneTimeKey, Page, filters, rendered, see_other,
};
use crate::submissions::actions::{self, NewUpload, UploadError};
use crate::submissions::model::SubmissionId;
use crate::submissions::queries::{find, grants};
use crate::submissions::text;

/// What a file may weigh: 25 MB.
const LIMITS: UploadLimits = UploadLimits {
    file_bytes: 25_000_000,
    field_bytes: 1_000,
};

#[derive(Template)]
#[template(path = "submissions/upload.html")]
struct UploadPage {
    frame: Frame,
    target: Target,
    key: String,
    delivery: String,
    errors: FormErrors,
    same: Option<(String, String)>,
}

/// Where an upload goes.
#[derive(Debug, Clone)]
struct Target {
    action: String,
    title: &'static str,
    template: String,
    bkn_number: String,
    submission: Option<(SubmissionId, String, i32)>,
    deliveries: Vec<Delivery>,
    needs_delivery: bool,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    penyerahan: String,
}

/// Shows the form for a new submission.
///
/// # Errors
/// Not found, or the database's.
pub async fn new(
    user: SignedIn,
    of: Path<(AgreementId, String)>,
    query: Query<NewQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, today) = (user.scope(), clock.now().jakarta_date());
    let target = db
        .read(move |conn| new_target(conn, scope, of.into_inner(), today))
        .await??;
    Ok(Page(UploadPage {
        frame: user.frame(SECTION),
        target,
        key: OneTimeKey::generate(),
        delivery: query.into_inner().penyerahan,
        errors: FormErrors::new(),
        same: None,
    }))
}

/// Shows the form for the next version of a submission.
///
/// # Errors
/// Not found, or the database's.
pub async fn next(
    user: SignedIn,
    of: Path<SubmissionId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, id) = (user.scope(), of.into_inner());
    let target = db.read(move |conn| next_target(conn, scope, id)).await??;
    Ok(Page(UploadPage {
        frame: user.frame(SECTION),
        target,
        key: OneTimeKey::generate(),
        delivery: String::new(),
        errors: FormErrors::new(),
        same: None,
    }))
}

fn new_target(
    conn: &mut DbConn,
    scope: crate::accounts::Scope,
    (agreement, name): (AgreementId, String),
    today: chrono::NaiveDate,
) -> Result<Target, AppError> {
    let found = grants::one(conn, scope, agreement, &name)?;
    let (agreement, _) = found.ok_or(AppError::NotFound)?;
    let dataset = crate::datasets::find(&name).ok_or(AppError::NotFound)?;
    let mut deliveries = grants::unanswered_deliveries(conn, scope)?;
    deliveries.retain(|delivery| delivery.agreement_id == agreement.id);
    Ok(Target {
        action: format!("/pengiriman/baru/{}/{name}", agreement.id),
        title: &dataset.title,
        template: format!("/pengiriman/templat/{}/{name}", agreement.id),
        needs_delivery: !agreement.is_in_force(today),
        bkn_number: agreement.bkn_number,
        submission: None,
        deliveries,
    })
}

fn next_target(
    conn: &mut DbConn,
    scope: crate::accounts::Scope,
    id: SubmissionId,
) -> Result<Target, AppError> {
    let submission = find::submission(conn, scope, id)?.ok_or(AppError::NotFound)?;
    let agreement =
        crate::agreements::find(conn, scope, submission.agreement_id)?.ok_or(AppError::NotFound)?;
    let dataset = crate::datasets::find(&submission.dataset).ok_or(AppError::NotFound)?;
    let versions = find::versions_of(conn, id)?.len();
    let next = i32::try_from(versions)
        .unwrap_or(i32::MAX)
        .saturating_add(1);
    Ok(Target {
        action: format!("/pengiriman/{id}/unggah"),
        title: &dataset.title,
        template: format!("/pengiriman/templat/{}/{}", agreement.id, dataset.name),
        bkn_number: agreement.bkn_number,
        submission: Some((id, submission.number, next)),
        deliveries: Vec::new(),
        needs_delivery: false,
    })
}

/// Takes the file of a new submission.
///
/// # Errors
/// The refusal, the database's, or the disk's.
pub async fn create(
    user: SignedIn,
    of: Path<(AgreementId, String)>,
    form: Multipart,
    db: Data<Db>,
    clock: Data<Clock>,
    files: Data<FileStore>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, of) = (user.scope(), clock.now(), of.into_inner());
    let place = of.clone();
    let target = db
        .read(move |conn| new_target(conn, scope, place, now.jakarta_date()))
        .await??;
    take(
        Taking {
            user,
            target,
            db,
            files,
            now,
        },
        form,
        move |conn, posted| {
            let delivery = posted.delivery()?;
            let upload = &posted.upload;
            actions::begin(conn, scope, (of.0, &of.1, delivery), upload, now)
        },
    )
    .await
}

/// Takes the file of the next version of a submission.
///
/// # Errors
/// The refusal, the database's, or the disk's.
pub async fn add(
    user: SignedIn,
    of: Path<SubmissionId>,
    form: Multipart,
    db: Data<Db>,
    clock: Data<Clock>,
    files: Data<FileStore>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, id) = (user.scope(), clock.now(), of.into_inner());
    let target = db.read(move |conn| next_target(conn, scope, id)).await??;
    take(
        Taking {
            user,
            target,
            db,
            files,
            now,
        },
        form,
        move |conn, posted| actions::add_version(conn, scope, id, &posted.upload, now),
    )
    .await
}

/// What taking a file works with.
struct Taking {
    user: SignedIn,
    target: Target,
    db: Data<Db>,
    files: Data<FileStore>,
    now: Moment,
}

/// A form whose file was kept.
struct Posted {
    upload: NewUpload,
    delivery: String,
}

impl Posted {
    fn delivery(&self) -> Result<Option<DeliveryId>, UploadError> {
        if self.delivery.is_empty() {
            return Ok(None);
        }
        let id = DeliveryId::try_from(self.delivery.clone());
        id.map(Some).map_err(|_| UploadError::UnknownDelivery)
    }
}

async fn take(
    with: Taking,
    form: Multipart,
    deed: impl FnOnce(&mut DbConn, &Posted) -> Result<(SubmissionId, i32), UploadError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let received = match uploads::receive(form, &with.files, LIMITS).await {
        Ok(received) => received,
        Err(uploads::UploadError::FileTooLarge { .. }) => {
            let errors = FormErrors::one("berkas", text::too_large());
            return Ok(with.again(StatusCode::PAYLOAD_TOO_LARGE, String::new(), errors));
        }
        Err(error) => return Err(error.into()),
    };
    let (key, delivery) = (
        received.field("kunci").to_owned(),
        received.field("penyerahan").to_owned(),
    );
    let (file, name) = match received.file {
        Some((file, name)) if text::file_fault(&name, file.size()).is_none() => (file, name),
        other => {
            let fault = other.and_then(|(file, name)| text::file_fault(&name, file.size()));
            let errors = FormErrors::one("berkas", fault.unwrap_or_else(text::no_file));
            return Ok(with.again(StatusCode::UNPROCESSABLE_ENTITY, delivery, errors));
        }
    };
    if !OneTimeKey::is_valid(&key) {
        return Err(AppError::BadRequest(text::stale_form()));
    }
    if with.target.needs_delivery && delivery.is_empty() {
        let errors = FormErrors::one("penyerahan", text::choose_delivery());
        return Ok(with.again(StatusCode::UNPROCESSABLE_ENTITY, delivery, errors));
    }
    let (media_type, now) = (text::media_type(&name), with.now);
    let stored = actix_web::web::block(move || file.keep(&name, media_type, now))
        .await
        .map_err(|error| AppError::Internal(error.to_string()))??;
    let posted = Posted {
        upload: NewUpload {
            file: stored,
            form_key: key,
            by: with.user.account.clone(),
        },
        delivery,
    };
    with.record(posted, deed).await
}

impl Taking {
    async fn record(
        self,
        posted: Posted,
        deed: impl FnOnce(&mut DbConn, &Posted) -> Result<(SubmissionId, i32), UploadError>
        + Send
        + 'static,
    ) -> Result<HttpResponse, AppError> {
        let posted = Arc::new(posted);
        let given = Arc::clone(&posted);
        let done = self.db.write(move |conn| deed(conn, &given)).await?;
        match done {
            Ok(place) => Ok(self.on_to(place)),
            Err(error) => {
                self.discard(&posted.upload.file);
                self.refused(error, &posted).await
            }
        }
    }

    /// The file's row was not committed: nobody knows it.
    fn discard(&self, file: &StoredFile) {
        if let Err(error) = self.files.discard(file.id) {
            tracing::warn!(%error, file = %file.id, "an unused file stays");
        }
    }

    async fn refused(self, error: UploadError, posted: &Posted) -> Result<HttpResponse, AppError> {
        match error {
            UploadError::Repeated => {
                let (key, by) = (posted.upload.form_key.clone(), posted.upload.by.id);
                let first = self
                    .db
                    .read(move |conn| find::by_form_key(conn, &key, by))
                    .await??;
                first.map(|place| self.on_to(place)).ok_or(error.into())
            }
            UploadError::SameContent {
                submission,
                number,
                version,
            } => {
                let place = format!("/pengiriman/{submission}/versi/{version}");
                let name = format!("{number} versi {version}");
                let errors = FormErrors::one("berkas", text::same_content(&name));
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                let page = self.page(posted.delivery.clone(), errors, Some((place, name)));
                Ok(rendered(status, &page))
            }
            error => Err(error.into()),
        }
    }

    /// To the version; by way of the sign-in when the session has gone idle.
    fn on_to(&self, (submission, version): (SubmissionId, i32)) -> HttpResponse {
        let place = format!("/pengiriman/{submission}/versi/{version}");
        if self.user.is_idle() {
            see_other(&format!("/masuk?tujuan={place}"))
        } else {
            see_other(&place)
        }
    }

    /// The form again; an idle session is shown nothing.
    fn again(self, status: StatusCode, delivery: String, errors: FormErrors) -> HttpResponse {
        if self.user.is_idle() {
            return see_other(&format!("/masuk?tujuan={}", self.target.action));
        }
        rendered(status, &self.page(delivery, errors, None))
    }

    fn page(
        self,
        delivery: String,
        errors: FormErrors,
        same: Option<(String, String)>,
    ) -> UploadPage {
        UploadPage {
            frame: self.user.frame(SECTION),
            target: self.target,
            key: OneTimeKey::generate(),
            delivery,
            errors,
            same,
        }
    }
}
