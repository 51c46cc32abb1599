//! The page that asks for a signature, and signing.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use serde::Deserialize;

use super::SECTION;
use crate::accounts::SignedIn;
use crate::agreements::FeedbackHalf;
use crate::deliveries::DeliveryId;
use crate::feedback::actions::{self, Dossier};
use crate::feedback::text;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, Frame, OneTimeKey, rendered, see_other};

/// The form's key, and whether the box was ticked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignForm {
    kunci: String,
    pernyataan: String,
}

#[derive(Template)]
#[template(path = "feedback/sign.html")]
struct SignPage {
    frame: Frame,
    dossier: Dossier,
    half: FeedbackHalf,
    wording: String,
    signer: String,
    kunci: String,
    errors: FormErrors,
}

/// Shows what would be signed.
///
/// # Errors
/// Not found, refused, or the database's.
pub async fn show(
    user: SignedIn,
    place: Path<(DeliveryId, String)>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let page = read(&user, &place, &db).await?;
    page.dossier.may_sign(page.half)?;
    Ok(rendered(StatusCode::OK, &page))
}

/// Signs it.
///
/// # Errors
/// Not found, refused, or the database's.
pub async fn sign(
    user: SignedIn,
    place: Path<(DeliveryId, String)>,
    form: Form<SignForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let mut page = read(&user, &place, &db).await?;
    if form.pernyataan != "ya" || !OneTimeKey::is_valid(&form.kunci) {
        page.errors.add("pernyataan", text::CONFIRM);
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let (id, half, now) = (place.0, page.half, clock.now());
    let (of, account) = ((user.scope(), id, half), user.account.clone());
    let key = form.into_inner().kunci;
    db.write(move |conn| actions::sign(conn, of, &key, (&account, now)))
        .await??;
    let said = format!("Pernyataan untuk {} ditandatangani.", half.inline());
    Flash::put(&session, &said);
    Ok(see_other(&format!("/balikan/{id}")))
}

async fn read(
    user: &SignedIn,
    (id, word): &(DeliveryId, String),
    db: &Db,
) -> Result<SignPage, AppError> {
    let half = FeedbackHalf::of_path(word).ok_or(AppError::NotFound)?;
    let (scope, id) = (user.scope(), *id);
    let found = db
        .read(move |conn| Dossier::read(conn, scope, id))
        .await??;
    let dossier = found.ok_or(AppError::NotFound)?;
    Ok(SignPage {
        frame: user.frame(SECTION),
        wording: dossier.wording(half),
        signer: user.account.name.clone(),
        dossier,
        half,
        kunci: OneTimeKey::generate(),
        errors: FormErrors::new(),
    })
}
