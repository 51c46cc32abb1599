//! One line in the log for each request.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use std::time::Instant;
use tracing::Instrument;

tokio::task_local! {
    static REQUEST: String;
}

/// The id of the request that this task answers, as the log and the answer's
/// header have it.
pub(super) fn request_id() -> Option<String> {
    REQUEST.try_with(Clone::clone).ok()
}

/// Logs method, route, status and time under a request id, which the answer
/// carries too. The path is logged as its pattern and the query not at all:
/// both may hold a secret or a person's number.
///
/// # Errors
/// Those of the route.
pub async fn request_log(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let began = Instant::now();
    let method = request.method().clone();
    let id = uuid::Uuid::now_v7().simple().to_string();
    let span = tracing::info_span!("request", id);
    let answer = next.call(request).instrument(span);
    let result = REQUEST.scope(id.clone(), answer).await;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    match result {
        Ok(mut response) => {
            let route = response.request().match_pattern();
            let route = route.as_deref().unwrap_or("-");
            let status = response.status().as_u16();
            tracing::info!(id, %method, route, status, ms, "answered");
            name(response.headers_mut(), &id);
            Ok(response)
        }
        Err(error) => {
            let mut response = error.error_response();
            let status = response.status().as_u16();
            tracing::info!(id, %method, status, ms, "answered before the route");
            name(response.headers_mut(), &id);
            Err(InternalError::from_response(error, response).into())
        }
    }
}

fn name(headers: &mut HeaderMap, id: &str) {
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}
