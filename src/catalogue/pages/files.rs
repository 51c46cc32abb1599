//! The blank template and the samples of a data set.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use std::io;

use super::{found, load_codes};
use crate::accounts::SignedIn;
use crate::catalogue::model::Documented;
use crate::datasets::{self, AsnId, Codes};
use crate::institutions;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, attachment, streamed};
use crate::references::LoadedCodes;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

/// The reference lists as templates ask for them.
struct Lists(LoadedCodes);

impl Codes for Lists {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.0.has(list, code)
    }

    fn entries(&self, list: &str) -> Vec<(String, String)> {
        self.0.of(list)
    }

    fn is_loaded(&self, list: &str) -> bool {
        self.0.knows(list)
    }
}

/// Answers the blank template, with the columns that the reader may know.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn template(
    user: SignedIn,
    name: Path<String>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let one = found(&db, user.scope(), name.into_inner(), clock.now()).await?;
    let (one, lists) = with_lists(&db, one).await?;
    let response = attachment(&format!("templat-{}.xlsx", one.dataset().name), XLSX);
    Ok(streamed(response, move |out| {
        datasets::write_template(&one.fields, &lists, out).map_err(io::Error::other)
    }))
}

/// Answers the sample as CSV.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn sample_csv(
    user: SignedIn,
    name: Path<String>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let one = found(&db, user.scope(), name.into_inner(), clock.now()).await?;
    let own = own_code(&db, &user).await?;
    let response = attachment(&format!("contoh-{}.csv", one.dataset().name), CSV);
    Ok(streamed(response, move |out| {
        datasets::write_sample_csv(&one.fields, own, out).map_err(io::Error::other)
    }))
}

/// Answers the sample as a workbook.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn sample_xlsx(
    user: SignedIn,
    name: Path<String>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let one = found(&db, user.scope(), name.into_inner(), clock.now()).await?;
    let own = own_code(&db, &user).await?;
    let (one, lists) = with_lists(&db, one).await?;
    let response = attachment(&format!("contoh-{}.xlsx", one.dataset().name), XLSX);
    Ok(streamed(response, move |out| {
        datasets::write_sample_xlsx(&one.fields, own, &lists, out).map_err(io::Error::other)
    }))
}

async fn with_lists(db: &Db, one: Documented) -> Result<(Documented, Lists), AppError> {
    let loaded = db
        .read(move |conn| load_codes(conn, &one).map(|codes| (one, Lists(codes))))
        .await??;
    Ok(loaded)
}

/// BKN's reference ID of the reader's institution, for partners.
async fn own_code(db: &Db, user: &SignedIn) -> Result<Option<AsnId>, AppError> {
    let Some(institution) = user.scope().institution() else {
        return Ok(None);
    };
    let own = db
        .read(move |conn| institutions::find(conn, institution))
        .await??;
    let code = own.and_then(|own| own.reference_code);
    Ok(code.and_then(|code| code.parse().ok()))
}
