//! What a visitor is told when a request cannot be done.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use crate::platform::db::DbError;

use super::frame::Frame;
use super::request_log::request_id;

/// Why a request cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nothing there, or nothing there for this visitor: the two look the same.
    #[error("not found")]
    NotFound,
    /// The visitor must sign in first.
    #[error("sign in first")]
    SignInFirst,
    /// The visitor must accept the confidentiality statement first.
    #[error("accept the statement first")]
    AcceptFirst,
    /// The visitor's role may not do this.
    #[error("forbidden")]
    Forbidden,
    /// The deed is refused; the sentence says why, in Indonesian.
    #[error("refused: {0}")]
    Refused(String),
    /// The request cannot be understood; the sentence says why, in Indonesian.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// The request is larger than its limit; the sentence says which.
    #[error("too large: {0}")]
    TooLarge(String),
    /// A limit is reached; the sentence says which and until when.
    #[error("too often: {message}")]
    TooOften {
        /// The sentence, in Indonesian.
        message: String,
        /// Seconds until it may be tried again.
        seconds: i64,
    },
    /// The server is too busy to do this now.
    #[error("busy: {0}")]
    Busy(&'static str),
    /// A query failed.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// A file could not be read or kept.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// A page could not be rendered.
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    /// Anything else that is ours to mend.
    #[error("internal: {0}")]
    Internal(String),
}

/// Seconds after which a busy portal may be asked again.
const BUSY_SECONDS: i64 = 5;

#[derive(Template)]
#[template(path = "layout/error.html")]
struct ErrorPage {
    frame: Frame,
    title: &'static str,
    message: String,
    incident: Option<String>,
}

impl AppError {
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::Refused(message) => ("Permintaan tidak dapat dilakukan", message.clone()),
            Self::BadRequest(message) => ("Permintaan tidak dapat dibaca", message.clone()),
            Self::TooLarge(message) => ("Kiriman terlalu besar", message.clone()),
            Self::TooOften { message, .. } => ("Batas pemakaian tercapai", message.clone()),
            Self::Forbidden => (
                "Anda tidak berwenang membuka halaman ini",
                "Halaman ini untuk peran lain. Mulai lagi dari Beranda.".to_owned(),
            ),
            Self::Busy(_) => (
                "Portal sedang sibuk",
                "Coba lagi beberapa saat lagi. Tidak ada data yang hilang.".to_owned(),
            ),
            Self::File(cause) if lacks_room(cause) => (
                "Penyimpanan portal penuh",
                "Berkas belum tersimpan. Coba lagi nanti, atau hubungi pengelola portal."
                    .to_owned(),
            ),
            Self::NotFound | Self::Database(diesel::result::Error::NotFound) => (
                "Halaman tidak ditemukan",
                "Periksa alamat, atau mulai dari Beranda.".to_owned(),
            ),
            _ => (
                "Terjadi gangguan pada sistem",
                "Isian Anda belum tersimpan. Coba lagi beberapa menit lagi.".to_owned(),
            ),
        }
    }
}

impl AppError {
    /// Seconds after which the same may be asked again, where that is known.
    fn retry_after(&self) -> Option<i64> {
        match self {
            Self::Busy(_) => Some(BUSY_SECONDS),
            Self::TooOften { seconds, .. } => Some(*seconds),
            _ => None,
        }
    }
}

/// Whether the disk is full, or what we may take of it.
fn lacks_room(cause: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(cause.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Database(diesel::result::Error::NotFound) => {
                StatusCode::NOT_FOUND
            }
            Self::SignInFirst | Self::AcceptFirst => StatusCode::SEE_OTHER,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::File(cause) if lacks_room(cause) => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        match self {
            Self::SignInFirst => return super::see_other("/masuk"),
            Self::AcceptFirst => return super::see_other("/pernyataan-kerahasiaan"),
            _ => {}
        }
        let incident = request_id().filter(|_| status.is_server_error());
        if status.is_server_error() {
            tracing::error!(error = %self, incident, "request failed");
        }
        let (title, message) = self.words();
        let page = ErrorPage {
            frame: Frame::of_request(),
            title,
            message,
            incident,
        };
        let mut response = HttpResponse::build(status);
        if let Some(seconds) = self.retry_after() {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        response
            .content_type("text/html; charset=utf-8")
            .body(page.render().unwrap_or_default())
    }
}
