//! One line in the log for each request.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use std::time::Instant;
use tracing::Instrument;

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
    let mut result = next.call(request).instrument(span).await;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    match &mut result {
        Ok(response) => {
            let route = response.request().match_pattern();
            let route = route.as_deref().unwrap_or("-");
            let status = response.status().as_u16();
            tracing::info!(id, %method, route, status, ms, "answered");
            if let Ok(value) = HeaderValue::from_str(&id) {
                let name = HeaderName::from_static("x-request-id");
                response.headers_mut().insert(name, value);
            }
        }
        Err(error) => {
            let status = error.as_response_error().status_code().as_u16();
            tracing::info!(id, %method, status, ms, "answered before the route");
        }
    }
    result
}
