//! Pages of look-ups: for PICs, and what BKN sees of their use.

pub mod choose;
pub mod history;
pub mod person;
pub mod units;
pub mod usage;

use super::actions::LookUpError;
use super::model::{Kind, Reached, limits};
use super::text;
use crate::platform::clock::Moment;
use crate::platform::config::LookupConfig;
use crate::platform::dates;
use crate::platform::web::AppError;

/// Where these pages are in the menu.
const SECTION: &str = "/pencarian";

/// What a visitor is told when nothing is looked up.
fn refused(error: LookUpError) -> AppError {
    match error {
        LookUpError::NotGranted => AppError::NotFound,
        LookUpError::Ended(day) => AppError::Refused(format!(
            "PKS ini berakhir pada {}. Sejak itu data ASN tidak lagi diberikan.",
            dates::long(day)
        )),
        LookUpError::Database(error) => error.into(),
    }
}

/// What a visitor is told when a limit of searches for units is reached.
fn limited_units(reached: Reached, set: &LookupConfig, now: Moment) -> AppError {
    AppError::TooOften {
        message: text::limited(reached, &limits(Kind::Units, set), now),
        seconds: seconds_until(reached, now),
    }
}

/// Seconds until one may look again.
fn seconds_until(reached: Reached, now: Moment) -> i64 {
    reached.until.seconds_since(now) + 1
}
