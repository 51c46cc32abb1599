//! Calendar dates. Day first, as Indonesia writes them; never swapped, never
//! guessed: what can be read in two ways is refused with a suggestion.

mod month;
mod serial;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::{Fault, Taken, as_digits, cleaning};
use crate::datasets::code::Code;
use crate::datasets::reading::{Cell, CellKind};

pub(in crate::datasets) use serial::iso as iso_of_serial;

/// The dates that are taken.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub earliest: Option<NaiveDate>,
    pub latest: Option<NaiveDate>,
}

pub(super) fn take(
    cell: Cell<'_>,
    bounds: Bounds,
    today: NaiveDate,
    out: &mut String,
) -> Result<Taken, Fault> {
    let (date, token) = match cell.kind {
        CellKind::Serial(days) => (serial::taken(days, today)?, "".into()),
        _ => {
            let token = cleaning::token(cell.text)?;
            let date = parse(&token, today).map_err(|fault| with_digits(fault, &token, today))?;
            (date, token)
        }
    };
    if let Some(earliest) = bounds.earliest.filter(|earliest| date < *earliest) {
        return Err(Fault::with(Code::DateTooEarly, [earliest.to_string()]));
    }
    if let Some(latest) = bounds.latest.filter(|latest| date > *latest) {
        return Err(Fault::with(Code::DateInFuture, [latest.to_string()]));
    }
    if iso(&token) == Some(date) {
        out.push_str(&token);
        return Ok(Taken::as_is());
    }
    put(date, out);
    Ok(Taken {
        change: Some(Code::Rewritten),
        ..Taken::as_is()
    })
}

fn put(date: NaiveDate, out: &mut String) {
    let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
    let pair = |value: u32| [value / 10 % 10, value % 10];
    let [[y1, y2], [y3, y4]] = [pair(year / 100), pair(year)];
    let ([m1, m2], [d1, d2]) = (pair(month), pair(day));
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(|digit| char::from(b'0' + digit as u8));
    for (place, digit) in digits.into_iter().enumerate() {
        if place == 4 || place == 6 {
            out.push('-');
        }
        out.push(digit);
    }
}

fn unreadable(suggestion: Option<NaiveDate>) -> Fault {
    Fault::with(
        Code::DateUnreadable,
        suggestion.map(|date| date.to_string()),
    )
}

/// A date in which letters stand for digits is suggested, not taken.
fn with_digits(fault: Fault, token: &str, today: NaiveDate) -> Fault {
    if fault.code != Code::DateUnreadable || !fault.params.is_empty() {
        return fault;
    }
    let read = as_digits(token).and_then(|digits| parse(&digits, today).ok());
    read.map_or(fault, |date| unreadable(Some(date)))
}

/// Reads a date, with or without a time behind it.
pub(super) fn parse(text: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    if let Some(date) = iso(text) {
        return Ok(date);
    }
    if let Some([day, month, year]) = ten_characters(text) {
        return calendar(year, month, day);
    }
    let (day_part, time) = split_time(text);
    let date = parse_day(day_part, today)?;
    match time {
        None => Ok(date),
        Some(time) => with_time(date, time),
    }
}

/// The common case: `2025-08-17`.
fn iso(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
        return None;
    };
    let year = i32::try_from(digits([y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, digits([m1, m2])?, digits([d1, d2])?)
}

/// The next common case: `17-08-2025`, as SIASN writes it, or with strokes; its
/// day, month and year.
fn ten_characters(text: &str) -> Option<[u32; 3]> {
    let [d1, d2, b'-' | b'/', m1, m2, b'-' | b'/', y1, y2, y3, y4] = *text.as_bytes() else {
        return None;
    };
    Some([
        digits([d1, d2])?,
        digits([m1, m2])?,
        digits([y1, y2, y3, y4])?,
    ])
}

fn digits<const N: usize>(text: [u8; N]) -> Option<u32> {
    text.iter().try_fold(0, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| byte - b'0')?;
        Some(value * 10 + u32::from(digit))
    })
}

/// Cuts a time such as ` 00:00:00` or `T00:00:00Z` off.
fn split_time(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    let Some((before, _)) = text.split_at_checked(colon) else {
        return (text, None);
    };
    let Some(start) = before.rfind(['T', 't', ' ']) else {
        return (text, None);
    };
    let (day, time) = text.split_at_checked(start).unwrap_or((text, ""));
    (day.trim_end(), time.get(1..))
}

/// A time without zone is ignored. A time with a zone can mean another day in
/// Jakarta: then the date is not taken but suggested.
fn with_time(date: NaiveDate, time: &str) -> Result<NaiveDate, Fault> {
    let (clock, offset) = zone(time.trim());
    let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
    let formats = ["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p"];
    let clock = formats
        .iter()
        .find_map(|format| chrono::NaiveTime::parse_from_str(clock.trim(), format).ok());
    let clock = clock.ok_or_else(|| unreadable(None))?;
    let Some(offset) = offset else {
        return Ok(date);
    };
    let jakarta =
        NaiveDateTime::new(date, clock).checked_add_signed(TimeDelta::minutes(JAKARTA - offset));
    match jakarta.map(|moment| moment.date()) {
        Some(same) if same == date => Ok(date),
        other => Err(unreadable(other)),
    }
}

/// Minutes east of UTC.
const JAKARTA: i64 = 7 * 60;

fn zone(time: &str) -> (&str, Option<i64>) {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return (clock, Some(0));
    }
    let Some(at) = time.rfind(['+', '-']) else {
        return (time, None);
    };
    let Some((clock, offset)) = time.split_at_checked(at) else {
        return (time, None);
    };
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let minutes = digits
        .parse::<i64>()
        .ok()
        .filter(|_| digits.len() == 4)
        .map(|value| value / 100 * 60 + value % 100);
    (
        clock,
        minutes.map(|value| {
            if offset.starts_with('-') {
                -value
            } else {
                value
            }
        }),
    )
}

fn parse_day(text: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let text = month::without_weekday(text);
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [first, second, third] if first.len() == 4 => year_first(first, second, third),
        [first, second, third] => day_first(first, second, third, today),
        [only] => Err(unreadable(serial::suggestion(only, today))),
        _ => Err(unreadable(None)),
    }
}

fn year_first(year: &str, month: &str, day: &str) -> Result<NaiveDate, Fault> {
    let (Some(year), Some(month), Some(day)) = (number(year), month::number(month), number(day))
    else {
        return Err(unreadable(None));
    };
    calendar(year, month, day)
}

fn day_first(day: &str, month: &str, year: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let (Some(day), Some(month)) = (number(day), month::number(month)) else {
        return Err(unreadable(None));
    };
    match (number(year), year.len()) {
        (Some(year), 4) => calendar(year, month, day),
        (Some(year), 2) => Err(unreadable(in_likely_century(year, month, day, today))),
        _ => Err(unreadable(None)),
    }
}

/// The date, or what is wrong with it. A month above 12 with a day that could
/// be the month is American order: suggested, not taken.
fn calendar(year: u32, month: u32, day: u32) -> Result<NaiveDate, Fault> {
    let at =
        |month, day| NaiveDate::from_ymd_opt(i32::try_from(year).unwrap_or(i32::MAX), month, day);
    match at(month, day) {
        Some(date) => Ok(date),
        None if month > 12 && day <= 12 => Err(at(day, month).map_or_else(
            || Fault::new(Code::DateImpossible),
            |date| unreadable(Some(date)),
        )),
        None => Err(Fault::new(Code::DateImpossible)),
    }
}

/// For the suggestion only: this century unless that lies ahead.
fn in_likely_century(year: u32, month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let at =
        |century: u32| NaiveDate::from_ymd_opt(i32::try_from(century + year).ok()?, month, day);
    at(2000).filter(|date| *date <= today).or_else(|| at(1900))
}

fn number(text: &str) -> Option<u32> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}
