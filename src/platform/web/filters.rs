//! Filters of the templates: dates and numbers as offices write them.
#![allow(
    missing_docs,
    reason = "the filter macro writes public items without them"
)]

use askama::{Result, Values, filter_fn};
use chrono::NaiveDate;

use crate::platform::clock::Moment;
use crate::platform::dates;

/// A thing with a calendar date.
pub trait Dated {
    /// Its date in Jakarta.
    fn date(&self) -> NaiveDate;
}
impl Dated for NaiveDate {
    fn date(&self) -> NaiveDate {
        *self
    }
}
impl Dated for Moment {
    fn date(&self) -> NaiveDate {
        self.jakarta_date()
    }
}
impl<T: Dated> Dated for &T {
    fn date(&self) -> NaiveDate {
        (*self).date()
    }
}

/// A whole number.
pub trait Whole {
    /// Its value.
    fn whole(&self) -> i64;
}
impl Whole for i64 {
    fn whole(&self) -> i64 {
        *self
    }
}
impl Whole for i32 {
    fn whole(&self) -> i64 {
        i64::from(*self)
    }
}
impl Whole for usize {
    fn whole(&self) -> i64 {
        i64::try_from(*self).unwrap_or(i64::MAX)
    }
}
impl<T: Whole> Whole for &T {
    fn whole(&self) -> i64 {
        (*self).whole()
    }
}

/// `30 November 2026`.
#[filter_fn]
pub fn date(value: impl Dated, _: &dyn Values) -> Result<String> {
    Ok(dates::long(value.date()))
}

/// `Senin, 30 November 2026`.
#[filter_fn]
pub fn weekday_date(value: impl Dated, _: &dyn Values) -> Result<String> {
    Ok(dates::with_weekday(value.date()))
}

/// `30 November 2026 pukul 14.32`.
#[filter_fn]
pub fn date_time(value: &Moment, _: &dyn Values) -> Result<String> {
    Ok(dates::with_time(*value))
}

/// `12.480`.
#[filter_fn]
pub fn number(value: impl Whole, _: &dyn Values) -> Result<String> {
    Ok(dates::number(value.whole()))
}

/// `2,4 MB`.
#[filter_fn]
pub fn size(value: impl Whole, _: &dyn Values) -> Result<String> {
    Ok(dates::size(value.whole()))
}

/// `19870412 201012 2 003`: an 18-digit NIP in its four parts.
#[filter_fn]
pub fn nip(value: &str, _: &dyn Values) -> Result<String> {
    let parts = [
        value.get(..8),
        value.get(8..14),
        value.get(14..15),
        value.get(15..),
    ];
    let parts: Option<Vec<&str>> = parts.into_iter().collect();
    Ok(parts.map_or_else(|| value.to_owned(), |parts| parts.join(" ")))
}
