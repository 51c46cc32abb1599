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

use super::actions::Failure;
use crate::platform::web::AppError;

impl From<Failure> for AppError {
    fn from(error: Failure) -> Self {
        match error {
            Failure::Database(error) => error.into(),
            Failure::Mail(error) => error.into(),
            Failure::Randomness(error) => Self::Internal(error.to_string()),
        }
    }
}
