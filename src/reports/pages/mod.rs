//! The pages on letters and reports: BKN asks, the partner files, BKN reviews.

pub mod filing;
pub mod letters;
pub mod own;
pub mod review;

use actix_web::HttpResponse;
use serde_json::json;
use std::path::PathBuf;

use super::model::Report;
use crate::audit::Entry;
use crate::institutions::InstitutionId;
use crate::platform::files::StoredFile;
use crate::platform::web::{AppError, attachment};

/// A report and its file.
pub(super) type Answer = (Report, StoredFile);

/// The PDF as an attachment; it is never shown on a page of the portal.
async fn download(path: PathBuf, file: &StoredFile) -> Result<HttpResponse, AppError> {
    let content = actix_web::web::block(move || std::fs::read(path))
        .await
        .map_err(|error| AppError::Internal(error.to_string()))??;
    Ok(attachment(&file.name, "application/pdf").body(content))
}

/// The trail's entry of a look at a report.
fn look(actor: String, institution: InstitutionId, report: &Report) -> Entry {
    Entry {
        actor,
        institution: Some(institution.to_string()),
        action: "report.downloaded",
        subject: ("report", report.id.to_string()),
        detail: json!({ "letter": report.letter_id.to_string() }),
    }
}
