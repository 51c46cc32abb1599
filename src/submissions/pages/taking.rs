//! Taking an uploaded file: receiving it, keeping it, recording it, and what is
//! answered when one of these is refused.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use std::sync::Arc;

use super::SECTION;
use super::upload::{Target, UploadPage};
use crate::accounts::SignedIn;
use crate::deliveries::DeliveryId;
use crate::platform::clock::Moment;
use crate::platform::db::{Db, DbConn};
use crate::platform::files::{FileStore, NewFile, StoredFile};
use crate::platform::uploads::{self, UploadLimits};
use crate::platform::web::{AppError, FormErrors, OneTimeKey, rendered, see_other};
use crate::submissions::actions::{NewUpload, UploadError};
use crate::submissions::model::SubmissionId;
use crate::submissions::queries::find;
use crate::submissions::text;

/// What a file may weigh: a million rows of the widest data set as CSV.
pub(super) const LIMITS: UploadLimits = UploadLimits {
    file_bytes: 250_000_000,
    field_bytes: 1_000,
};

/// What taking a file works with.
pub(super) struct Taking {
    pub(super) user: SignedIn,
    pub(super) target: Target,
    pub(super) db: Data<Db>,
    pub(super) files: Data<FileStore>,
    pub(super) now: Moment,
}

/// A form whose file was kept.
pub(super) struct Posted {
    pub(super) upload: NewUpload,
    delivery: String,
}

impl Posted {
    /// The delivery that the file answers, if one was chosen.
    pub(super) fn delivery(&self) -> Result<Option<DeliveryId>, UploadError> {
        if self.delivery.is_empty() {
            return Ok(None);
        }
        let id = DeliveryId::try_from(self.delivery.clone());
        id.map(Some).or(Err(UploadError::UnknownDelivery))
    }
}

/// Receives a form with a file and hands what was kept to `deed`.
pub(super) async fn take(
    mut with: Taking,
    form: Multipart,
    deed: impl FnOnce(&mut DbConn, &Posted) -> Result<(SubmissionId, i32), UploadError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let received = match uploads::receive(form, &with.files, LIMITS).await {
        Ok(received) => received,
        Err(uploads::UploadError::FileTooLarge { .. }) => {
            let errors = FormErrors::one("berkas", text::too_large(&LIMITS.in_words()));
            return Ok(with.again(StatusCode::PAYLOAD_TOO_LARGE, String::new(), errors));
        }
        Err(error) => return Err(error.into()),
    };
    let (form_key, delivery) = (
        received.field("kunci").to_owned(),
        received.field("penyerahan").to_owned(),
    );
    let mends = received.field("cakupan") == "perbaikan";
    with.target.mends = mends;
    if !OneTimeKey::is_valid(&form_key) {
        return Err(AppError::BadRequest(text::stale_form()));
    }
    let chosen = received.file.ok_or_else(text::no_file);
    let chosen = chosen.and_then(|(file, name)| match text::file_fault(&name, file.size()) {
        Some(fault) => Err(fault),
        None => Ok((file, name)),
    });
    let mut errors = FormErrors::new();
    if with.target.needs_delivery && delivery.is_empty() {
        errors.add("penyerahan", text::choose_delivery());
    }
    match chosen {
        Ok((file, name)) if errors.is_empty() => {
            let file = keep(file, name, with.now).await?;
            let by = with.user.account.clone();
            let upload = NewUpload {
                file,
                form_key,
                mends,
                by,
            };
            with.record(Posted { upload, delivery }, deed).await
        }
        other => {
            if let Err(fault) = other {
                errors.add("berkas", fault);
            }
            Ok(with.again(StatusCode::UNPROCESSABLE_ENTITY, delivery, errors))
        }
    }
}

async fn keep(file: NewFile, name: String, now: Moment) -> Result<StoredFile, AppError> {
    let media_type = text::media_type(&name);
    let kept = actix_web::web::block(move || file.keep(&name, media_type, now)).await;
    Ok(kept.map_err(|error| AppError::Internal(error.to_string()))??)
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
            // Whether a broken commit took effect is not known: its file stays.
            Err(UploadError::Database(error)) => Err(error.into()),
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
