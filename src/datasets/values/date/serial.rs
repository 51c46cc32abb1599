//! Dates as spreadsheets keep them: days since 1899-12-30.

use chrono::{Days, NaiveDate};

use super::Fault;
use crate::datasets::code::Code;

/// Spreadsheets count a 29 February 1900 that never was; before it days are
/// off by one, and that day itself is none.
const PHANTOM_LEAP_DAY: i64 = 60;
/// 9999-12-31, the last day a spreadsheet knows.
const LAST_DAY: i64 = 2_958_465;

/// The date of a cell that is shown as a date; the time of day is dropped.
pub(super) fn taken(days: f64, today: NaiveDate) -> Result<NaiveDate, Fault> {
    if days < 0.0 {
        return Err(Fault::with(Code::DateTooEarly, ["1900-01-01".to_owned()]));
    }
    if days >= (LAST_DAY + 1) as f64 {
        return Err(Fault::with(Code::DateInFuture, [today.to_string()]));
    }
    date_of(days).ok_or_else(|| Fault::new(Code::DateImpossible))
}

/// The date of a day number, if there is one.
pub(super) fn date_of(days: f64) -> Option<NaiveDate> {
    let whole = days.floor() as i64;
    if !days.is_finite() || !(0..=LAST_DAY).contains(&whole) || whole == PHANTOM_LEAP_DAY {
        return None;
    }
    let since_epoch = if whole < PHANTOM_LEAP_DAY {
        whole + 1
    } else {
        whole
    };
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(since_epoch.unsigned_abs()))
}

/// How a person sees such a cell; the number itself where it is no date.
pub(in crate::datasets) fn iso(days: f64) -> String {
    date_of(days).map_or_else(|| days.to_string(), |date| date.to_string())
}

/// What a bare number may have meant: a day number, or a date without marks.
pub(super) fn suggestion(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        5 => date_of(text.parse().ok()?).filter(|date| *date <= today),
        8 => NaiveDate::parse_from_str(text, "%Y%m%d")
            .ok()
            .filter(|date| *date <= today),
        _ => None,
    }
}
