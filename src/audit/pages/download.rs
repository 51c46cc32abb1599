//! The trail as a CSV file, streamed: memory does not grow with it.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Query};
use diesel::QueryResult;
use futures_util::stream;
use serde_json::json;

use super::list::TrailQuery;
use super::rows::{self, Row};
use crate::accounts::SignedIn;
use crate::audit::model::{Entry, TrailFilter};
use crate::audit::{actions, queries, text};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, CSV, FormErrors, attachment, csv_cell};

/// Events that are read at a time.
const CHUNK: i64 = 500;

/// Spreadsheets in Indonesian part cells at the semicolon, and read UTF-8 only
/// after this mark.
const MARK: &str = "\u{feff}";

/// Where a download stands.
struct Position {
    db: Db,
    filter: TrailFilter,
    /// The number of the last event written.
    before: i64,
    is_first: bool,
}

/// Downloads what the filter finds. The download is an event too.
///
/// # Errors
/// The database's; a fault in the middle ends the connection.
pub async fn download(
    user: SignedIn,
    query: Query<TrailQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let mut errors = FormErrors::new();
    let filter = query.filter(&mut errors);
    if let Some((_, sentence)) = errors.iter().next() {
        return Err(AppError::BadRequest(sentence.clone()));
    }
    let (entry, now) = (exported(user.actor(), &filter), clock.now());
    db.write(move |conn| actions::record(conn, entry, now))
        .await??;
    let name = format!("jejak-audit-{}.csv", now.jakarta_date());
    let start = Position {
        db: db.get_ref().clone(),
        filter,
        before: i64::MAX,
        is_first: true,
    };
    let body = stream::try_unfold(start, |position| position.advance());
    Ok(attachment(&name, CSV).streaming(body))
}

/// The record of a download: which filter, without what was typed to find people.
fn exported(actor: String, filter: &TrailFilter) -> Entry {
    let day = |at: Option<Moment>| at.map(|at| at.jakarta_date().to_string());
    Entry {
        actor,
        institution: filter.institution.clone(),
        action: "audit.exported",
        subject: ("audit", String::new()),
        detail: json!({
            "from": day(filter.from),
            "until": day(filter.until),
            "action": filter.action,
            "by_person": !filter.actor.is_empty(),
        }),
    }
}

impl Position {
    async fn advance(mut self) -> Result<Option<(Bytes, Self)>, AppError> {
        let (filter, before) = (self.filter.clone(), self.before);
        let rows = self
            .db
            .read(move |conn| chunk(conn, &filter, before))
            .await??;
        if rows.is_empty() && !self.is_first {
            return Ok(None);
        }
        let bytes = written(&rows, self.is_first)?;
        self.before = rows.last().map_or(0, |row| row.event.sequence);
        self.is_first = false;
        Ok(Some((bytes, self)))
    }
}

fn chunk(conn: &mut DbConn, filter: &TrailFilter, before: i64) -> QueryResult<Vec<Row>> {
    let events = queries::before(conn, filter, before, CHUNK)?;
    let institutions = queries::institutions(conn)?;
    rows::named(conn, events, &institutions)
}

fn written(rows: &[Row], with_head: bool) -> Result<Bytes, AppError> {
    let start = if with_head { MARK } else { "" };
    let mut csv = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer(start.as_bytes().to_vec());
    let fault = |error: csv::Error| AppError::Internal(error.to_string());
    if with_head {
        csv.write_record(text::CSV_HEAD).map_err(fault)?;
    }
    for row in rows {
        csv.write_record(cells(row).map(|cell| csv_cell(&cell)))
            .map_err(fault)?;
    }
    let bytes = csv
        .into_inner()
        .map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(bytes.into())
}

fn cells(row: &Row) -> [String; 12] {
    let event = &row.event;
    [
        event.sequence.to_string(),
        event.at.jakarta().format("%F %T").to_string(),
        row.actor.clone(),
        row.role.to_owned(),
        event.actor.clone(),
        row.institution.clone(),
        row.action().to_owned(),
        event.action.clone(),
        row.subject().to_owned(),
        event.subject_id.clone(),
        event.detail.clone(),
        event.hash.clone(),
    ]
}
