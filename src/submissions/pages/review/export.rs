//! What was taken over, on its way to SIASN, and the file as it came.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::json;
use std::io::{self, Write};

use super::sent;
use crate::accounts::SignedIn;
use crate::audit::{self, Entry};
use crate::datasets::{self, Codes, Dataset, OwnCode};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::files::FileStore;
use crate::platform::web::{AppError, CSV, attachment, csv_cell, streamed, streamed_file};
use crate::submissions::codes::Lists;
use crate::submissions::model::{RowOutcome, SubmissionId, VersionId};
use crate::submissions::queries::find::Dossier;
use crate::submissions::queries::rows;

/// Rows read at a time.
const BATCH: i64 = 2_000;

/// Answers the rows taken over as CSV, under SIASN's own field names.
///
/// # Errors
/// Not found, the refusal where nothing was taken over, or the database's.
pub async fn taken_over(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, actor, now, at) = (user.scope(), user.actor(), clock.now(), of.into_inner());
    let dossier = db
        .write(move |conn| {
            let dossier = sent(conn, scope, at)?;
            let outcome = RowOutcome::TakenOver;
            let rows = rows::count_with_outcome(conn, dossier.version.id, outcome)?;
            if rows == 0 {
                return Err(AppError::Refused(crate::submissions::text::nothing_taken()));
            }
            record(conn, actor, &dossier, ("submissions.exported", rows), now)?;
            Ok(dossier)
        })
        .await??;
    let dataset = datasets::find(&dossier.submission.dataset).ok_or(AppError::NotFound)?;
    let (number, version) = (&dossier.submission.number, &dossier.version);
    let name = format!("siasn-{number}-v{}.csv", version.version);
    let (response, id) = (attachment(&name, CSV), version.id);
    let sender = dossier.institution.id;
    Ok(streamed(response, move |out| {
        let mut conn = db.connection().map_err(io::Error::other)?;
        let codes = Lists::load_for(&mut conn, dataset, sender).map_err(io::Error::other)?;
        write(&mut conn, (dataset, &codes), id, out)
    }))
}

/// With the mark that spreadsheets need to read UTF-8, and no cell that they
/// would run as a formula. A code of the sender's own brings the one that BKN
/// has mapped it to.
fn write(
    conn: &mut DbConn,
    (dataset, codes): (&Dataset, &Lists),
    version: VersionId,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    csv.write_record(dataset.fields.iter().map(siasn_name))?;
    let mut after = 0;
    loop {
        let outcome = RowOutcome::TakenOver;
        let batch = rows::with_outcome_after(conn, version, outcome, after, BATCH)
            .map_err(io::Error::other)?;
        let Some(last) = batch.last() else {
            return csv.flush();
        };
        after = last.row_number;
        for row in &batch {
            let mut values = row.values();
            if let Some(places) = dataset.own_code() {
                map_own(&mut values, places, codes);
            }
            let values = values.into_iter();
            csv.write_record(values.map(|value| csv_cell(&value.unwrap_or_default())))?;
        }
    }
}

/// Fills BKN's code in where only the sender's own stands.
fn map_own(values: &mut [Option<String>], (own, bkn): (usize, usize), codes: &Lists) {
    let typed = values.get(own).cloned().flatten();
    let Some(OwnCode::Mapped(code)) = typed.and_then(|typed| codes.own_code(&typed)) else {
        return;
    };
    if let Some(place) = values.get_mut(bkn).filter(|place| place.is_none()) {
        *place = Some(code);
    }
}

/// SIASN's name for a field: the first that its declaration gives.
fn siasn_name(field: &datasets::Field) -> &str {
    field.siasn.first().unwrap_or(&field.name)
}

/// Answers the file as the partner uploaded it.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn original(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    db: Data<Db>,
    files: Data<FileStore>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, actor, now, at) = (user.scope(), user.actor(), clock.now(), of.into_inner());
    let dossier = db
        .write(move |conn| {
            let dossier = sent(conn, scope, at)?;
            let rows = dossier.version.rows_total.unwrap_or_default();
            record(conn, actor, &dossier, ("submissions.downloaded", rows), now)?;
            Ok::<_, AppError>(dossier)
        })
        .await??;
    let file = std::fs::File::open(files.path(dossier.file.id))?;
    let response = attachment(&dossier.file.name, &dossier.file.media_type);
    Ok(streamed_file(response, file))
}

fn record(
    conn: &mut DbConn,
    actor: String,
    dossier: &Dossier,
    (action, rows): (&'static str, i64),
    now: Moment,
) -> Result<(), AppError> {
    let entry = Entry {
        actor,
        institution: Some(dossier.institution.id.to_string()),
        action,
        subject: ("submission", dossier.submission.id.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": dossier.version.version,
            "rows": rows,
        }),
    };
    Ok(audit::record(conn, entry, now)?)
}
