//! The pages of feedback, on both sides.

pub mod on_delivery;
pub mod show;
pub mod sign;

use super::actions::SignError;
use crate::platform::web::AppError;

/// The section of a partner's menu.
const SECTION: &str = "/data-bkn";

impl From<SignError> for AppError {
    fn from(error: SignError) -> Self {
        match (error.sentence(), error) {
            (Some(sentence), _) => Self::Refused(sentence.to_owned()),
            (None, SignError::Database(error)) => error.into(),
            (None, _) => Self::NotFound,
        }
    }
}
