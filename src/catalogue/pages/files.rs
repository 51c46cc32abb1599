//! The blank template and the samples of a data set.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use diesel::QueryResult;
use std::io::{self, Write};

use super::{load_codes, of_name};
use crate::accounts::{Scope, SignedIn};
use crate::catalogue::actions::{self, Handed};
use crate::datasets::{self, AsnId, GrantedFields};
use crate::institutions;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, CSV, XLSX, attachment, streamed};
use crate::references::LoadedCodes;

/// What a file is made of.
struct Material {
    fields: GrantedFields<'static>,
    codes: LoadedCodes,
    /// BKN's reference ID of the reader's institution, for partners.
    own: Option<AsnId>,
}

/// Where the request's things are kept.
type Kept = (Data<Db>, Data<Clock>);

/// Answers the blank template, with the columns that the reader may know.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn template(
    user: SignedIn,
    name: Path<String>,
    kept: Kept,
) -> Result<HttpResponse, AppError> {
    let made_of = material(&user, name.into_inner(), Handed::Template, kept).await?;
    Ok(answer("templat", ("xlsx", XLSX), made_of, |it, out| {
        datasets::write_template(&it.fields, &it.codes, out).map_err(io::Error::other)
    }))
}

/// Answers the sample as CSV.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn sample_csv(
    user: SignedIn,
    name: Path<String>,
    kept: Kept,
) -> Result<HttpResponse, AppError> {
    let made_of = material(&user, name.into_inner(), Handed::Sample, kept).await?;
    Ok(answer("contoh", ("csv", CSV), made_of, |it, out| {
        datasets::write_sample_csv(&it.fields, it.own, &it.codes, out).map_err(io::Error::other)
    }))
}

/// Answers the sample as a workbook.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn sample_xlsx(
    user: SignedIn,
    name: Path<String>,
    kept: Kept,
) -> Result<HttpResponse, AppError> {
    let made_of = material(&user, name.into_inner(), Handed::Sample, kept).await?;
    Ok(answer("contoh", ("xlsx", XLSX), made_of, |it, out| {
        datasets::write_sample_xlsx(&it.fields, it.own, &it.codes, out).map_err(io::Error::other)
    }))
}

/// Reads what a file is made of, and records that it was handed out.
async fn material(
    user: &SignedIn,
    name: String,
    handed: Handed,
    (db, clock): Kept,
) -> Result<Material, AppError> {
    let (scope, actor, now) = (user.scope(), user.actor(), clock.now());
    db.write(move |conn| {
        let one = of_name(conn, scope, &name, now)?.ok_or(AppError::NotFound)?;
        actions::hand_out(conn, handed, (scope, &actor), &name, now)?;
        let (codes, own) = (load_codes(conn, &one)?, own_code(conn, scope)?);
        Ok(Material {
            fields: one.fields,
            codes,
            own,
        })
    })
    .await?
}

fn own_code(conn: &mut DbConn, scope: Scope) -> QueryResult<Option<AsnId>> {
    let Some(institution) = scope.institution() else {
        return Ok(None);
    };
    let own = institutions::find(conn, institution)?;
    let code = own.and_then(|own| own.reference_code);
    Ok(AsnId::of(code.as_deref()))
}

fn answer(
    word: &str,
    (ending, media_type): (&str, &str),
    made_of: Material,
    write: impl FnOnce(&Material, &mut (dyn Write + Send)) -> io::Result<()> + Send + 'static,
) -> HttpResponse {
    let name = &made_of.fields.dataset().name;
    let response = attachment(&format!("{word}-{name}.{ending}"), media_type);
    streamed(response, move |out| write(&made_of, out))
}
