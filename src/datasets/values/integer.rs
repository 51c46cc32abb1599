//! Whole numbers by our own grammar: digits, a minus sign, and at most `,0` or
//! `.00` behind them. Three digits behind a sign could mean thousands, so they
//! are refused.

use chrono::{Datelike, NaiveDate};

use super::cleaning::all;
use super::lookalike::whole_number;
use super::{Fault, Taken, write};
use crate::datasets::code::Code;
use crate::datasets::declaration::{Field, IntegerLimits};

pub(super) fn take(
    limits: &IntegerLimits,
    field: &Field,
    token: &str,
    out: &mut String,
) -> Result<Taken, Fault> {
    let out_of_range = || {
        Fault::with(
            Code::NumberRange,
            [limits.min.to_string(), limits.max.to_string()],
        )
    };
    let value = parse(token)?.ok_or_else(out_of_range)?;
    if value < limits.min || value > limits.max {
        return Err(out_of_range());
    }
    let taken = put(value, token, out);
    let warning = limits
        .warn_above
        .filter(|usual| value > *usual)
        .map(|usual| {
            Box::new(Fault::with(
                Code::NumberUnusual,
                [usual.to_string(), field.unit.clone().unwrap_or_default()],
            ))
        });
    Ok(Taken { warning, ..taken })
}

pub(super) fn take_year(
    earliest: i32,
    field: &Field,
    token: &str,
    today: NaiveDate,
    out: &mut String,
) -> Result<Taken, Fault> {
    let value = parse(token)?.unwrap_or(i64::MAX);
    if value < i64::from(earliest) {
        return Err(Fault::with(Code::DateTooEarly, [earliest.to_string()]));
    }
    if value > 9999 || (field.not_after_today && value > i64::from(today.year())) {
        return Err(Fault::with(Code::DateInFuture, [today.year().to_string()]));
    }
    Ok(put(value, token, out))
}

fn put(value: i64, token: &str, out: &mut String) -> Taken {
    if is_canonical(token) {
        out.push_str(token);
        return Taken::as_is();
    }
    let from = out.len();
    write(out, value);
    Taken::changed(token, out.get(from..).unwrap_or_default(), Code::Rewritten)
}

/// The common case: nothing but the digits.
fn is_canonical(token: &str) -> bool {
    let is_padded = matches!(token.as_bytes(), [] | [b'0', _, ..]);
    all(token, |byte| byte.is_ascii_digit()) && !is_padded
}

/// The number; none when it has more than 18 digits.
fn parse(token: &str) -> Result<Option<i64>, Fault> {
    if token.len() <= 18 && is_canonical(token) {
        return Ok(Some(number(token)));
    }
    let (is_negative, rest) = token
        .strip_prefix('-')
        .map_or((false, token), |rest| (true, rest));
    let digits = rest.split_once(['.', ',']).map_or(rest, |(whole, zeros)| {
        if matches!(zeros, "0" | "00") {
            whole
        } else {
            ""
        }
    });
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::with(Code::IntegerFormat, whole_number(token)));
    }
    let digits = digits.trim_start_matches('0');
    if digits.len() > 18 {
        return Ok(None);
    }
    let value = number(digits);
    Ok(Some(if is_negative { -value } else { value }))
}

/// What at most 18 digits are worth.
fn number(digits: &str) -> i64 {
    digits
        .bytes()
        .fold(0, |value, byte| value * 10 + i64::from(byte - b'0'))
}
