//! Asking for the password again before a deed that matters.
//!
//! What was posted stays in the page that asks, so that nothing typed is lost.
//! With the right password the same post goes on to its handler, which never
//! sees the password.

use actix_session::SessionExt;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpMessage, ResponseError};
use askama::Template;
use url::form_urlencoded;

use super::proof::{self, Proof};
use crate::accounts::{SignedIn, session as own_session, text};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, FormErrors, Frame, client_address, rendered};

/// The field of the password, beside those that were posted.
const PASSWORD: &str = "sandi_anda";

type Fields = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    address: String,
    nip: String,
    fields: Fields,
    errors: FormErrors,
}

/// What becomes of a request.
pub(in crate::accounts) enum Confirmation {
    /// It goes on.
    Given(ServiceRequest),
    /// It is answered by the question for the password.
    Asked(ServiceResponse),
}

/// Lets a request on when it only looks, when its password was given lately, or
/// when it brings the right one; asks for it otherwise.
pub(in crate::accounts) async fn confirmed(mut request: ServiceRequest) -> Confirmation {
    let answer = match question(&mut request).await {
        Ok(None) => return Confirmation::Given(request),
        Ok(Some(page)) => rendered(StatusCode::UNPROCESSABLE_ENTITY, &page),
        Err(error) => error.error_response(),
    };
    Confirmation::Asked(request.into_response(answer))
}

async fn question(request: &mut ServiceRequest) -> Result<Option<ConfirmPage>, AppError> {
    let now = part::<Clock>(request)?.now();
    let session = request.get_session();
    if request.method() != Method::POST || own_session::is_fresh(&session, now) {
        return Ok(None);
    }
    let caller = request.extensions().get::<SignedIn>().cloned();
    let caller = caller.ok_or(AppError::SignInFirst)?;
    let (passwords, fields): (Fields, Fields) = posted(request)
        .await?
        .into_iter()
        .partition(|(name, _)| name == PASSWORD);
    let mut errors = FormErrors::new();
    if let Some((_, typed)) = passwords.first() {
        match fault(request, &caller, typed).await? {
            None => {
                own_session::note_proof(&session, now)?;
                put_back(request, &fields);
                return Ok(None);
            }
            Some(sentence) => errors.add(PASSWORD, sentence),
        }
    }
    Ok(Some(ConfirmPage {
        frame: caller.frame(""),
        address: request.uri().to_string(),
        nip: caller.account.nip,
        fields,
        errors,
    }))
}

/// What is wrong with the typed password.
async fn fault(
    request: &ServiceRequest,
    caller: &SignedIn,
    typed: &str,
) -> Result<Option<String>, AppError> {
    if typed.is_empty() {
        return Ok(Some("Isi kata sandi Anda.".to_owned()));
    }
    let (db, now) = (part::<Db>(request)?, part::<Clock>(request)?.now());
    let address = client_address(request.request());
    let proof = proof::prove(&caller.account, typed, address, &db, now).await?;
    Ok(match proof {
        Proof::Right => None,
        Proof::Wrong => Some("Kata sandi tidak cocok.".to_owned()),
        Proof::Wait(seconds) => Some(text::wait(seconds)),
    })
}

/// The fields of a form.
async fn posted(request: &mut ServiceRequest) -> Result<Fields, AppError> {
    if request.content_type().starts_with("multipart/") {
        return Err(AppError::BadRequest(
            "Kiriman ini tidak dapat dikonfirmasi. Masuk lagi, lalu kirim ulang.".to_owned(),
        ));
    }
    let body = request.extract::<Bytes>().await;
    let body = body.map_err(|error| unread(&error))?;
    Ok(form_urlencoded::parse(&body).into_owned().collect())
}

fn unread(error: &actix_web::Error) -> AppError {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            AppError::TooLarge("Isian formulir terlalu panjang.".to_owned())
        }
        _ => AppError::BadRequest("Isian formulir tidak lengkap. Coba lagi.".to_owned()),
    }
}

/// Makes the request carry these fields.
fn put_back(request: &mut ServiceRequest, fields: &Fields) {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let length = header::HeaderValue::from(body.len());
    request.headers_mut().insert(header::CONTENT_LENGTH, length);
    request.set_payload(Payload::from(Bytes::from(body)));
}

fn part<T: Clone + 'static>(request: &ServiceRequest) -> Result<Data<T>, AppError> {
    let found = request.app_data::<Data<T>>().cloned();
    found.ok_or_else(|| AppError::Internal("a part of the server is missing".to_owned()))
}
