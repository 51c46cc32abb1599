//! Uploading a file (P5): for a new submission, or as a new version of one.

use actix_multipart::Multipart;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::SECTION;
use super::taking::{LIMITS, Taking, take};
use crate::accounts::{Scope, SignedIn};
use crate::agreements::AgreementId;
use crate::deliveries::Delivery;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::files::FileStore;
use crate::platform::web::{AppError, FormErrors, Frame, OneTimeKey, Page, filters};
use crate::submissions::actions;
use crate::submissions::model::{SubmissionId, SubmissionVersion, half_of};
use crate::submissions::queries::{find, grants};

#[derive(Template)]
#[template(path = "submissions/upload.html")]
pub(super) struct UploadPage {
    pub(super) frame: Frame,
    pub(super) target: Target,
    pub(super) key: String,
    pub(super) delivery: String,
    pub(super) errors: FormErrors,
    /// The version that has the same content, with its address.
    pub(super) same: Option<(String, String)>,
}

impl UploadPage {
    /// What a file may weigh, in words.
    fn limit(&self) -> String {
        LIMITS.in_words()
    }
}

/// Where an upload goes.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) action: String,
    title: &'static str,
    dataset: &'static str,
    template: String,
    bkn_number: String,
    submission: Option<(SubmissionId, String, i32)>,
    deliveries: Vec<Delivery>,
    /// The version that mended rows would be merged into.
    base: Option<i32>,
    /// Whether only mended rows are to be uploaded.
    pub(super) mends: bool,
    pub(super) needs_delivery: bool,
}

impl Target {
    /// Which half a file is, as feedback.
    fn half(&self) -> &'static str {
        half_of(self.dataset).label()
    }
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
    scope: Scope,
    (agreement, name): (AgreementId, String),
    today: chrono::NaiveDate,
) -> Result<Target, AppError> {
    let dataset = crate::datasets::find(&name).ok_or(AppError::NotFound)?;
    let found = grants::one(conn, scope, (agreement, &name), today)?;
    let (agreement, _) = found.ok_or(AppError::NotFound)?;
    let mut deliveries = grants::unanswered_deliveries(conn, scope, half_of(&name))?;
    deliveries.retain(|delivery| delivery.agreement_id == agreement.id);
    Ok(Target {
        action: format!("/pengiriman/baru/{}/{name}", agreement.id),
        title: &dataset.title,
        dataset: &dataset.name,
        template: format!("/pengiriman/templat/{}/{name}", agreement.id),
        needs_delivery: !agreement.is_in_force(today),
        bkn_number: agreement.bkn_number,
        submission: None,
        base: None,
        mends: false,
        deliveries,
    })
}

fn next_target(conn: &mut DbConn, scope: Scope, id: SubmissionId) -> Result<Target, AppError> {
    let submission = find::submission(conn, scope, id)?.ok_or(AppError::NotFound)?;
    let agreement =
        crate::agreements::find(conn, scope, submission.agreement_id)?.ok_or(AppError::NotFound)?;
    let dataset = crate::datasets::find(&submission.dataset).ok_or(AppError::NotFound)?;
    let versions = find::versions_of(conn, id)?;
    let base = SubmissionVersion::to_be_mended(versions.iter().map(|(version, _)| version));
    let next = i32::try_from(versions.len())
        .unwrap_or(i32::MAX)
        .saturating_add(1);
    Ok(Target {
        action: format!("/pengiriman/{id}/unggah"),
        title: &dataset.title,
        dataset: &dataset.name,
        template: format!("/pengiriman/templat/{}/{}", agreement.id, dataset.name),
        bkn_number: agreement.bkn_number,
        submission: Some((id, submission.number, next)),
        base: base.map(|base| base.version),
        mends: false,
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
