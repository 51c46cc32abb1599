//! Pages of the rules: every data set, one data set, one rule, one version.

pub mod list;
pub mod rule;
pub mod show;
pub mod version;

use super::text;
use crate::datasets::{self, Dataset, Stage};
use crate::platform::web::AppError;

/// The section's address.
const SECTION: &str = "/aturan";

/// A stage as it is shown.
struct Label {
    word: &'static str,
    style: &'static str,
}

impl Label {
    fn of(stage: Stage) -> Self {
        Self {
            word: text::stage(stage),
            style: text::style(stage),
        }
    }
}

fn declared(name: &str) -> Result<&'static Dataset, AppError> {
    datasets::find(name).ok_or(AppError::NotFound)
}
