//! Pages, forms, errors, sessions and the guards that stand before every route.

mod client;
mod error;
pub mod filters;
mod flash;
mod forms;
mod frame;
pub mod guards;
mod inputs;
mod local_path;
mod pagination;
mod request_log;
mod session;
mod statics;
mod stopped;
mod streaming;

pub use client::client_address;
pub use error::AppError;
pub use flash::Flash;
pub use forms::{Fields, FormErrors, OneTimeKey, csv_cell};
pub use frame::{Frame, NavGroup, NavItem, Viewer};
pub use inputs::search_term;
pub use local_path::{leading_on, local_path};
pub use pagination::{PageLink, Pages, list_address};
pub use request_log::request_log;
pub use session::{SESSION_ACCOUNT, SessionRules, SqlSessionStore};
pub use statics::{asset, serve as serve_static};
pub use stopped::Stopped;
pub use streaming::{streamed, streamed_file};

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use askama::Template;

/// Answers with a rendered template.
pub struct Page<T>(pub T);

/// Answers 422 with the same form again: what was typed and what is wrong.
pub struct Again<T>(pub T);

impl<T: Template> Responder for Page<T> {
    type Body = actix_web::body::BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        rendered(StatusCode::OK, &self.0)
    }
}

impl<T: Template> Responder for Again<T> {
    type Body = actix_web::body::BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        rendered(StatusCode::UNPROCESSABLE_ENTITY, &self.0)
    }
}

/// A page with any status.
pub fn rendered(status: StatusCode, template: &impl Template) -> HttpResponse {
    match template.render() {
        Ok(html) => HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .body(html),
        Err(error) => AppError::from(error).error_response(),
    }
}

/// Sends the browser on after a deed (303).
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .finish()
}

/// The media type of CSV files that the portal writes.
pub const CSV: &str = "text/csv; charset=utf-8";
/// The media type of workbooks.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Headers of a download: an attachment under this name, never run or framed.
pub fn attachment(name: &str, media_type: &str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    response
        .content_type(media_type.to_owned())
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"),
        ))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'",
        ));
    response
}
