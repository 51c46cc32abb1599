//! Decimal numbers by our own grammar, with comma or point, as whole numbers
//! of the smallest unit. SIASN writes `12.500`, people write `12,5` and
//! `1.250,5`: a number that can be read in two ways is refused unless only one
//! of them lies within the limits.

use std::borrow::Cow;

use super::{Fault, Taken, as_digits, cleaning};
use crate::datasets::code::Code;
use crate::datasets::declaration::{DecimalLimits, Field};
use crate::datasets::reading::{Cell, CellKind};

/// The text to read. A number cell has one meaning only, which zeros at its
/// end make plain.
pub(super) fn token(cell: Cell<'_>) -> Result<Cow<'_, str>, Fault> {
    match cell.kind {
        CellKind::Number(_) if cell.text.contains('.') => Ok(plain(cell.text.to_owned()).into()),
        _ => cleaning::token(cell.text),
    }
}

/// A number with a point that nobody can take for thousands.
fn plain(mut text: String) -> String {
    if text
        .rsplit_once('.')
        .is_some_and(|(_, fraction)| fraction.len() == 3)
    {
        text.push('0');
    }
    text
}

pub(super) fn take(
    limits: &DecimalLimits,
    field: &Field,
    token: &str,
    out: &mut String,
) -> Result<Taken, Fault> {
    let within = |value: &i64| (limits.min..=limits.max).contains(value);
    let shown = |value: i64| {
        let mut text = String::new();
        write(value, limits.places, &mut text);
        text
    };
    let readings = readings(token, limits.places)
        .ok_or_else(|| Fault::with(Code::DecimalFormat, suggestion(token, limits.places)))?;
    let mut possible = readings.iter().flatten().copied().filter(within);
    let Some(value) = possible.next() else {
        return Err(Fault::with(
            Code::NumberRange,
            [shown(limits.min), shown(limits.max)],
        ));
    };
    if let Some(other) = possible.next() {
        return Err(Fault::with(
            Code::DecimalFormat,
            [value, other].map(|value| plain(shown(value))),
        ));
    }
    let from = out.len();
    write(value, limits.places, out);
    let warning = limits
        .warn_above
        .filter(|usual| value > *usual)
        .map(|usual| {
            Box::new(Fault::with(
                Code::NumberUnusual,
                [shown(usual), field.unit.clone().unwrap_or_default()],
            ))
        });
    Ok(Taken {
        warning,
        ..Taken::changed(token, out.get(from..).unwrap_or_default(), Code::Rewritten)
    })
}

/// `12,5 jam` and `l2,5` can only mean 12,5.
fn suggestion(token: &str, places: u32) -> Option<String> {
    let number = token.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == ' ');
    let digits = as_digits(token);
    [digits.as_deref(), Some(number)]
        .into_iter()
        .flatten()
        .find(|text| *text != token && parse(text, places).is_some())
        .map(str::to_owned)
}

/// The number in units of `10^-places`, when it can be read in one way only.
pub(in crate::datasets) fn parse(text: &str, places: u32) -> Option<i64> {
    match readings(text, places)? {
        [Some(value), None] => Some(value),
        _ => None,
    }
}

/// The canonical text: a point, no zeros at the end.
pub(in crate::datasets) fn write(value: i64, places: u32, out: &mut String) {
    let unit = 10_u64.pow(places);
    let (whole, rest) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let sign = if value < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{rest:0width$}", width = places as usize);
    out.push_str(text.trim_end_matches('0').trim_end_matches('.'));
}

/// One or two readings; none when it is no number.
fn readings(text: &str, places: u32) -> Option<[Option<i64>; 2]> {
    let (is_negative, body) = text
        .strip_prefix('-')
        .map_or((false, text), |rest| (true, rest));
    let sign = |value: i64| if is_negative { -value } else { value };
    let last_mark = body.rfind(['.', ',']);
    let Some(at) = last_mark else {
        return Some([Some(sign(scaled(body, "", places)?)), None]);
    };
    let (whole, rest) = body.split_at_checked(at)?;
    let fraction = rest.get(1..)?;
    let mark = rest.get(..1)?;
    let grouping = if mark == "." { ',' } else { '.' };
    if whole.contains(mark) {
        return Some([
            Some(sign(scaled(
                &ungrouped(body, mark.chars().next()?)?,
                "",
                places,
            )?)),
            None,
        ]);
    }
    let is_grouped = whole.contains(grouping);
    let plain = if is_grouped {
        ungrouped(whole, grouping)?
    } else {
        whole.to_owned()
    };
    let as_fraction = scaled(&plain, fraction, places);
    let could_be_thousands = !is_grouped
        && fraction.len() == 3
        && matches!(whole.len(), 1..=3)
        && !whole.starts_with('0');
    let as_thousands = if could_be_thousands {
        scaled(&format!("{whole}{fraction}"), "", places)
    } else {
        None
    };
    match (as_fraction.map(sign), as_thousands.map(sign)) {
        (None, None) => None,
        (None, thousands) => Some([thousands, None]),
        (fraction, thousands) => {
            Some([fraction, thousands.filter(|value| Some(*value) != fraction)])
        }
    }
}

/// `1.250` with the mark as thousands: groups of three behind the first.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let is_sound = matches!(first.len(), 1..=3) && groups.clone().all(|group| group.len() == 3);
    is_sound.then(|| groups.fold(first.to_owned(), |all, group| all + group))
}

fn scaled(whole: &str, fraction: &str, places: u32) -> Option<i64> {
    let fraction = fraction.trim_end_matches('0');
    let is_number = !whole.is_empty()
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit());
    if !is_number || fraction.len() > places as usize || whole.len() > 11 {
        return None;
    }
    format!("{whole}{fraction:0<width$}", width = places as usize)
        .parse()
        .ok()
}
