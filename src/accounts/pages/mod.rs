//! Pages of accounts.

pub(super) mod confirm;
pub mod edit;
pub mod forgotten;
pub mod home;
pub mod info;
pub mod link;
pub mod list;
pub mod new;
pub mod own_password;
pub mod pics;
pub mod profile;
mod proof;
pub mod sessions;
pub mod show;
pub mod sign_in;
pub mod statement;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::actions::Failure;
use crate::platform::web::{AppError, rendered};

/// A form again, for somebody who tried too often: it says when to try again.
fn slowed(page: &impl Template, seconds: i64) -> HttpResponse {
    let mut response = rendered(StatusCode::TOO_MANY_REQUESTS, page);
    let value = header::HeaderValue::from(seconds);
    response.headers_mut().insert(header::RETRY_AFTER, value);
    response
}

impl From<Failure> for AppError {
    fn from(error: Failure) -> Self {
        match error {
            Failure::Database(error) => error.into(),
            Failure::Mail(error) => error.into(),
            Failure::Randomness(error) => Self::Internal(error.to_string()),
        }
    }
}
