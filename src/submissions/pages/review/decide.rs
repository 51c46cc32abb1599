//! The one decision on a sent version.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::web::{Data, Form, Path};
use serde::Deserialize;

use super::address_of;
use super::version::{self, REASON, Refused};
use crate::accounts::SignedIn;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, see_other};
use crate::submissions::actions;
use crate::submissions::model::{Decision, SubmissionId};
use crate::submissions::text;

/// Takes over every row.
///
/// # Errors
/// The refusal, or the database's.
pub async fn take_over(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    session: Session,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, place) = (user.scope(), clock.now(), of.into_inner());
    let by = user.account;
    db.write(move |conn| actions::take_over(conn, scope, place, (&by, now)))
        .await??;
    Flash::put(&session, text::decided_flash(Decision::TakenOver));
    Ok(see_other(&address_of(place)))
}

/// Takes over the good rows and asks for the correction of the marked ones.
///
/// # Errors
/// The refusal, or the database's.
pub async fn ask_corrections(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    session: Session,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, place) = (user.scope(), clock.now(), of.into_inner());
    let by = user.account;
    db.write(move |conn| actions::ask_corrections(conn, scope, place, (&by, now)))
        .await??;
    Flash::put(&session, text::decided_flash(Decision::CorrectionAsked));
    Ok(see_other(&address_of(place)))
}

/// Why a version is returned.
#[derive(Debug, Deserialize)]
pub struct ReturnForm {
    #[serde(default)]
    alasan: String,
}

/// Returns the whole version.
///
/// # Errors
/// The refusal, or the database's.
pub async fn return_version(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    form: Form<ReturnForm>,
    session: Session,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, place) = (user.scope(), clock.now(), of.into_inner());
    let reason = form.into_inner().alasan;
    let mut errors = FormErrors::new();
    let reason = errors.text("alasan", &reason, "alasan pengembalian", REASON);
    if !errors.is_empty() {
        let refused = Refused {
            errors,
            reason,
            ..Refused::default()
        };
        return version::again(&user, place, refused, &db, now).await;
    }
    let by = user.account;
    db.write(move |conn| actions::return_version(conn, scope, place, &reason, (&by, now)))
        .await??;
    Flash::put(&session, text::decided_flash(Decision::Returned));
    Ok(see_other(&address_of(place)))
}
