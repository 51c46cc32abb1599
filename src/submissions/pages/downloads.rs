//! What a partner takes away of a version: the file itself, the file marked,
//! every finding. Each is recorded, because personal data leaves with it.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::json;
use std::io;

use crate::accounts::{Scope, SignedIn};
use crate::audit::{self, Entry};
use crate::datasets::{self, FindingsCsv};
use crate::platform::child;
use crate::platform::clock::{Clock, Moment};
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::files::FileStore;
use crate::platform::web::{AppError, CSV, XLSX, attachment, streamed, streamed_file};
use crate::submissions::findings::Findings;
use crate::submissions::model::{SubmissionId, SubmissionState};
use crate::submissions::queries::find::{self, Dossier};
use crate::submissions::queries::rule_sets;

type Place = (SubmissionId, i32);

/// Answers the file as it was uploaded.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn original(
    user: SignedIn,
    of: Path<Place>,
    db: Data<Db>,
    files: Data<FileStore>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let taking = (user.scope(), user.actor(), clock.now());
    let dossier = taken(&db, taking, of.into_inner(), "original").await?;
    let path = files.path(dossier.file.id);
    let file = std::fs::File::open(path)?;
    let response = attachment(&dossier.file.name, &dossier.file.media_type);
    Ok(streamed_file(response, file))
}

/// Answers every finding as CSV.
///
/// # Errors
/// Not found, or the database's.
pub async fn findings(
    user: SignedIn,
    of: Path<Place>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let taking = (user.scope(), user.actor(), clock.now());
    let dossier = taken(&db, taking, of.into_inner(), "findings").await?;
    let dataset = datasets::find(&dossier.submission.dataset).ok_or(AppError::NotFound)?;
    let name = format!("temuan-{}.csv", label(&dossier));
    let version = dossier.version.id;
    let response = attachment(&name, CSV);
    Ok(streamed(response, move |out| {
        let mut conn = db.connection().map_err(io::Error::other)?;
        let rules = rule_sets::used(&mut conn, version).map_err(io::Error::other)?;
        let mut csv = FindingsCsv::new(dataset, out)?.under(rules);
        for finding in Findings::of(conn, version) {
            csv.write(&finding.map_err(io::Error::other)?)?;
        }
        csv.finish()
    }))
}

/// Answers the file with its findings marked, as XLSX.
///
/// # Errors
/// Not found, the database's, or the child's.
pub async fn marked_xlsx(
    user: SignedIn,
    of: Path<Place>,
    db: Data<Db>,
    (files, clock, config): (Data<FileStore>, Data<Clock>, Data<Config>),
) -> Result<HttpResponse, AppError> {
    let taking = (user.scope(), user.actor(), clock.now());
    let dossier = taken(&db, taking, of.into_inner(), "marked_xlsx").await?;
    marked(&dossier, &files, &config, ("xlsx", XLSX)).await
}

/// Answers the file with its findings marked, as CSV.
///
/// # Errors
/// Not found, the database's, or the child's.
pub async fn marked_csv(
    user: SignedIn,
    of: Path<Place>,
    db: Data<Db>,
    (files, clock, config): (Data<FileStore>, Data<Clock>, Data<Config>),
) -> Result<HttpResponse, AppError> {
    let taking = (user.scope(), user.actor(), clock.now());
    let dossier = taken(&db, taking, of.into_inner(), "marked_csv").await?;
    marked(&dossier, &files, &config, ("csv", CSV)).await
}

/// The child writes the file, because it reads what somebody uploaded.
async fn marked(
    dossier: &Dossier,
    files: &FileStore,
    config: &Config,
    (ending, media_type): (&str, &str),
) -> Result<HttpResponse, AppError> {
    let state = dossier.version.state();
    let unchecked = matches!(
        state,
        SubmissionState::Checking | SubmissionState::Cancelled
    );
    if unchecked || dossier.version.refusal.is_some() {
        return Err(AppError::NotFound);
    }
    let target = files.scratch_path();
    let version = dossier.version.id.to_string();
    let target_text = target.to_string_lossy();
    let arguments = ["mark-upload", &version, ending, &target_text];
    let mut child = child::command(&config.storage, &arguments).spawn()?;
    let parent = child.stdin.take();
    let status = child.wait().await?;
    drop(parent);
    let opened = std::fs::File::open(&target);
    if target.exists() {
        std::fs::remove_file(&target)?;
    }
    if !status.success() {
        return Err(AppError::Internal(format!("marking a file: {status}")));
    }
    let name = format!("bertanda-{}.{ending}", label(dossier));
    Ok(streamed_file(attachment(&name, media_type), opened?))
}

fn label(dossier: &Dossier) -> String {
    format!("{}-v{}", dossier.submission.number, dossier.version.version)
}

/// The version, with the look at it recorded.
async fn taken(
    db: &Db,
    (scope, actor, now): (Scope, String, Moment),
    (submission, number): Place,
    what: &'static str,
) -> Result<Dossier, AppError> {
    db.write(move |conn| {
        let found = find::dossier(conn, scope, submission, number)?;
        let dossier = found.ok_or(AppError::NotFound)?;
        let entry = Entry {
            actor,
            institution: Some(dossier.institution.id.to_string()),
            action: "submissions.downloaded",
            subject: ("submission", submission.to_string()),
            detail: json!({
                "number": dossier.submission.number, "version": number, "what": what,
            }),
        };
        audit::record(conn, entry, now)?;
        Ok::<_, AppError>(dossier)
    })
    .await?
}
