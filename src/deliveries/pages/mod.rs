//! The pages of deliveries, on BKN's side and the partner's.

pub mod all;
pub mod download;
mod lines;
pub mod own;
pub mod plan_form;
pub mod plans;
pub mod publication;
pub mod publish;
pub mod recorded;
mod sheet;

pub use sheet::{HalfLine, HalvesOf};

use super::actions::{ReceiveError, SettleError};
use crate::platform::web::AppError;

/// Publications on one page.
const PER_PAGE: i64 = 25;

impl From<ReceiveError> for AppError {
    fn from(error: ReceiveError) -> Self {
        match (error.sentence(), error) {
            (Some(sentence), _) => Self::Refused(sentence.to_owned()),
            (None, ReceiveError::Database(error)) => error.into(),
            (None, _) => Self::NotFound,
        }
    }
}

impl From<SettleError> for AppError {
    fn from(error: SettleError) -> Self {
        match (error.sentence(), error) {
            (Some(sentence), _) => Self::Refused(sentence.to_owned()),
            (None, SettleError::Database(error)) => error.into(),
            (None, _) => Self::NotFound,
        }
    }
}
