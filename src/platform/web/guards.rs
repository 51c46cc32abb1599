//! What stands before every route: host, origin, time limits, headers.

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::{InternalError, PayloadError};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpResponse, ResponseError};
use futures_util::Stream;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep};
use url::Url;

use super::error::AppError;
use crate::platform::config::{BODY_SECONDS, Config};

/// Where the files of the look are.
const STATIC_FILES: &str = "/statis/";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; object-src 'none'";

/// Refuses requests for another host (421), posts from another origin (403), and
/// addresses that ask for a NUL (400), which PostgreSQL holds in no text.
///
/// `same-site` counts as foreign: the portal shares its domain with others.
///
/// # Errors
/// The refusal.
pub async fn own_host_and_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(config) = request.app_data::<Data<Config>>().cloned() else {
        return Err(AppError::Internal("no configuration".into()).into());
    };
    let Some(origin) = own_origin(&config, &request) else {
        let refusal = HttpResponse::build(StatusCode::MISDIRECTED_REQUEST).finish();
        return Ok(request.into_response(refusal).map_into_right_body());
    };
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if !safe && !is_same_origin(&request, &origin) {
        let refusal = AppError::Forbidden.error_response();
        return Ok(request.into_response(refusal).map_into_right_body());
    }
    if request.query_string().contains("%00") {
        let refusal = AppError::BadRequest("Alamat ini tidak dapat dibaca.".to_owned());
        let refusal = refusal.error_response();
        return Ok(request.into_response(refusal).map_into_right_body());
    }
    next.call(request)
        .await
        .map(ServiceResponse::map_into_left_body)
}

/// The origin under which this request may come: the configured one; on this
/// machine over http, any of its names.
fn own_origin(config: &Config, request: &ServiceRequest) -> Option<String> {
    const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let own = config.web.base_url.origin().ascii_serialization();
    let asked = Url::parse(&format!("{}://{host}/", config.web.base_url.scheme())).ok()?;
    let bare = asked.path() == "/" && asked.username().is_empty() && asked.query().is_none();
    let name = asked.host_str()?;
    let local = config.is_loopback_http() && LOOPBACK.contains(&name);
    let asked = asked.origin().ascii_serialization();
    (bare && (asked == own || local)).then_some(asked)
}

fn is_same_origin(request: &ServiceRequest, own: &str) -> bool {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == own,
        (None, None) => false,
    }
}

/// Forgets the cookies of a request for a file of the look: it is the same for
/// everybody, and an error page keeps its look while the database is away.
///
/// # Errors
/// Those of the route.
pub async fn no_session_for_statics(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.path().starts_with(STATIC_FILES) {
        request.headers_mut().remove(header::COOKIE);
    }
    next.call(request).await
}

/// Adds the security headers to every answer, errors and files too.
///
/// # Errors
/// Those of the route.
pub async fn security_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let https = request
        .app_data::<Data<Config>>()
        .is_some_and(|config| config.web.base_url.scheme() == "https");
    match next.call(request).await {
        Ok(mut response) => {
            harden(response.headers_mut(), https);
            Ok(response)
        }
        Err(error) => {
            let mut response = page_of(&error);
            harden(response.headers_mut(), https);
            Err(InternalError::from_response(error, response).into())
        }
    }
}

/// The page of an error that no handler turned into one.
fn page_of(error: &Error) -> HttpResponse {
    let response = error.error_response();
    if response.status().is_server_error() && error.as_error::<AppError>().is_none() {
        return AppError::Internal(error.to_string()).error_response();
    }
    response
}

fn harden(headers: &mut header::HeaderMap, https: bool) {
    let mut set = |name: &'static str, value: &'static str| {
        let name = header::HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, header::HeaderValue::from_static(value));
        }
    };
    set("content-security-policy", POLICY);
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "no-referrer");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set(
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    set("x-frame-options", "DENY");
    set("cache-control", "no-store");
    if https {
        set(
            "strict-transport-security",
            "max-age=63072000; includeSubDomains",
        );
    }
}

/// The slowest sender that is waited for: bytes a second.
const BODY_BYTES_A_SECOND: u64 = 100_000;

/// Ends a request whose body dribbles or stops: the whole body has the seconds
/// that the configuration gives, and one more for each 100 kB that came. The
/// server itself times only headers.
///
/// # Errors
/// Those of the route.
pub async fn body_deadline(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let seconds = request
        .app_data::<Data<Config>>()
        .map_or(BODY_SECONDS, |config| config.web.body_seconds);
    let (request, body) = request.into_parts();
    let timed = Timed {
        body,
        seconds,
        deadline: Box::pin(tokio::time::sleep(Duration::from_secs(seconds))),
        started: Instant::now(),
        received: 0,
    };
    let timed: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(timed);
    let body = Payload::Stream { payload: timed };
    next.call(ServiceRequest::from_parts(request, body)).await
}

struct Timed {
    body: Payload,
    seconds: u64,
    deadline: Pin<Box<Sleep>>,
    started: Instant,
    received: u64,
}

impl Stream for Timed {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(item) = Pin::new(&mut self.body).poll_next(cx) {
            if let Some(Ok(bytes)) = &item {
                self.received += bytes.len() as u64;
                let allowed = self.seconds + self.received / BODY_BYTES_A_SECOND;
                let until = self.started + Duration::from_secs(allowed);
                self.deadline.as_mut().reset(until);
            }
            return Poll::Ready(item);
        }
        if self.deadline.as_mut().poll(cx).is_ready() {
            let slow = io::Error::new(io::ErrorKind::TimedOut, "the body came too slowly");
            return Poll::Ready(Some(Err(PayloadError::Io(slow))));
        }
        Poll::Pending
    }
}
