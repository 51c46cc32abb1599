//! The file of a publication, as CSV and as a workbook. The access is on record
//! before the first byte leaves.

use actix_web::http::Method;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use std::fs::File;
use std::io;

use super::sheet::Sheet;
use crate::accounts::SignedIn;
use crate::deliveries::actions::{self, Place, ReceiveError};
use crate::deliveries::files::{self, Explanation};
use crate::deliveries::text;
use crate::disclosures::AccessForm;
use crate::platform::clock::{Clock, Moment};
use crate::platform::dates;
use crate::platform::db::Db;
use crate::platform::files::FileStore;
use crate::platform::web::{AppError, CSV, XLSX, attachment, streamed, streamed_file};

type Parts = (Data<Db>, Data<FileStore>, Data<Clock>);

/// Answers the file as it is stored.
///
/// # Errors
/// Not found, refused, the database's, or the disk's.
pub async fn csv(
    user: SignedIn,
    place: Path<Place>,
    (request, parts): (HttpRequest, Parts),
) -> Result<HttpResponse, AppError> {
    if let Some(refused) = unasked(&request) {
        return Ok(refused);
    }
    let (sheet, file) = fetched(&user, *place, &parts, AccessForm::Csv).await?;
    let name = sheet.publication.file_name("csv");
    Ok(streamed_file(attachment(&name, CSV), file))
}

/// Answers the file as a workbook, which says who fetched it and when.
///
/// # Errors
/// Not found, refused, the database's, or the disk's.
pub async fn xlsx(
    user: SignedIn,
    place: Path<Place>,
    (request, parts): (HttpRequest, Parts),
) -> Result<HttpResponse, AppError> {
    if let Some(refused) = unasked(&request) {
        return Ok(refused);
    }
    let (sheet, file) = fetched(&user, *place, &parts, AccessForm::Xlsx).await?;
    let name = sheet.publication.file_name("xlsx");
    let explanation = explanation(&sheet, &user.account.name, parts.2.now());
    Ok(streamed(attachment(&name, XLSX), move |out| {
        files::write_xlsx(io::BufReader::new(file), &explanation, out).map_err(io::Error::other)
    }))
}

/// The file is opened before anything is recorded: a file that is gone starts
/// no clock.
async fn fetched(
    user: &SignedIn,
    place: Place,
    (db, store, clock): &Parts,
    form: AccessForm,
) -> Result<(Sheet, File), AppError> {
    let (scope, account, now) = (user.scope(), user.account.clone(), clock.now());
    let sheet = db
        .read(move |conn| {
            let dossier = actions::open(conn, scope, place, now)?;
            Ok::<_, ReceiveError>(Sheet::of(conn, dossier)?)
        })
        .await??;
    let stored = sheet.file.as_ref().ok_or(AppError::NotFound)?;
    let file = File::open(store.path(stored.id))?;
    db.write(move |conn| actions::fetch(conn, (scope, place), (&account, form), now))
        .await??;
    Ok((sheet, file))
}

/// What asks for the headers alone, or was led here by a page of another site,
/// receives nothing.
fn unasked(request: &HttpRequest) -> Option<HttpResponse> {
    if request.method() == Method::HEAD {
        return Some(HttpResponse::MethodNotAllowed().finish());
    }
    let site = request.headers().get("Sec-Fetch-Site");
    let is_led = site.is_some_and(|site| site == "cross-site" || site == "same-site");
    let refused = AppError::Refused(text::LED_BY_ANOTHER_SITE.to_owned());
    is_led.then(|| refused.error_response())
}

fn explanation(sheet: &Sheet, who: &str, now: Moment) -> Explanation {
    let of = &sheet.publication;
    let mut lines = vec![
        ("Sumber data", text::SOURCE.to_owned()),
        ("Nomor PKS (BKN)", sheet.agreement.bkn_number.clone()),
        (
            "Nomor PKS (instansi)",
            sheet.agreement.partner_number.clone(),
        ),
        ("Instansi penerima", sheet.partner.name.clone()),
        ("Dasar", of.article.clone()),
        ("Nomor penyerahan", of.number.clone()),
        ("Data per tanggal", dates::long(of.day())),
        ("Lampiran per tanggal", dates::long(of.as_of)),
        ("Cakupan", sheet.population.join("; ")),
        ("Kolom", sheet.fields.join(", ")),
        (
            "Jumlah baris",
            dates::number(of.row_count.unwrap_or_default()),
        ),
    ];
    if let Some(made) = of.made_at {
        lines.push(("Disiapkan", format!("{} WIB", dates::with_time(made))));
    }
    if let Some(file) = &sheet.file {
        lines.push(("SHA-256 berkas CSV", file.sha256.clone()));
    }
    lines.push(("Diunduh oleh", who.to_owned()));
    lines.push(("Diunduh pada", format!("{} WIB", dates::with_time(now))));
    for clause in &sheet.secrecy {
        let said = format!("{} ({})", clause.summary, clause.article);
        lines.push((clause.kind.label(), said));
    }
    Explanation {
        title: format!("{} dari BKN", of.title()),
        lines,
    }
}
