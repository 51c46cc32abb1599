//! The overview as a file: the rows that the filter leaves, all pages of them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};

use crate::accounts::SignedIn;
use crate::overview::filter::Filter;
use crate::overview::matrix::{self, COLUMNS};
use crate::overview::queries;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, CSV, attachment, csv_cell};

/// Sends it.
///
/// # Errors
/// The database's.
pub async fn download(
    user: SignedIn,
    filter: Query<Filter>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, today) = (user.scope(), clock.now().jakarta_date());
    let standings = db
        .read(move |conn| queries::standings(conn, scope, today))
        .await??;
    let rows = filter.apply(&standings, today);
    let rows = rows.into_iter().map(|one| matrix::row(one, today));
    let body = written(rows).map_err(|error| AppError::Internal(error.to_string()))?;
    let name = format!("ikhtisar-{today}.csv");
    Ok(attachment(&name, CSV).body(body))
}

/// With a byte order mark, so that spreadsheets read it as UTF-8.
fn written(rows: impl Iterator<Item = matrix::Row>) -> csv::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = ["Instansi", "Nama singkat", "Nomor PKS"];
    writer.write_record(head.iter().chain(&COLUMNS))?;
    for row in rows {
        let number = row.agreement.map(|(number, _)| number).unwrap_or_default();
        let mut cells = vec![row.name, row.short_name, number];
        cells.extend(row.cells.iter().map(matrix::Cell::words));
        writer.write_record(cells.iter().map(|cell| csv_cell(cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}
