//! Text on one line, in Unicode's composed form.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::cleaning::{all, control, guard_needed, is_forbidden};
use super::{Fault, Taken};
use crate::datasets::code::Code;
use crate::datasets::declaration::{Field, TextLimits};
use crate::datasets::reading::{Cell, CellKind, is_invisible};

/// From here on a spreadsheet keeps fewer digits of a number than were typed.
const LAST_EXACT: f64 = 1e15;

pub(super) fn take(
    limits: &TextLimits,
    field: &Field,
    cell: Cell<'_>,
    out: &mut String,
) -> Result<Taken, Fault> {
    if matches!(cell.kind, CellKind::Number(number) if number.abs() >= LAST_EXACT) {
        return Err(Fault::new(Code::IdDamaged));
    }
    let text = one_line(cell.text)?;
    let characters = if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    };
    if characters < limits.min {
        return Err(Fault::with(
            Code::TextTooShort,
            [characters.to_string(), limits.min.to_string()],
        ));
    }
    if characters > limits.max {
        return Err(Fault::with(
            Code::TextTooLong,
            [characters.to_string(), limits.max.to_string()],
        ));
    }
    let value = allowed(limits, &text)?;
    if limits
        .pattern
        .as_ref()
        .is_some_and(|pattern| !pattern.is_match(value))
    {
        return Err(Fault::with(Code::PatternMismatch, field.example.clone()));
    }
    out.push_str(value);
    Ok(Taken::changed(cell.text, value, Code::Cleaned))
}

/// The declared spelling of a value that must be one of a list.
fn allowed<'a>(limits: &'a TextLimits, text: &'a str) -> Result<&'a str, Fault> {
    if limits.one_of.is_empty() {
        return Ok(text);
    }
    let found = limits
        .one_of
        .iter()
        .find(|value| value.eq_ignore_ascii_case(text));
    found
        .map(String::as_str)
        .ok_or_else(|| Fault::with(Code::NotAllowed, limits.one_of.iter().cloned()))
}

/// The text on one line, trimmed and composed; the guard against formulas that
/// our own CSV files carry is taken off again.
fn one_line(text: &str) -> Result<Cow<'_, str>, Fault> {
    if is_plain(text) {
        return Ok(Cow::Borrowed(text));
    }
    let trimmed = text.trim_matches(is_invisible);
    let mut line = String::with_capacity(trimmed.len());
    for letter in trimmed.chars() {
        match letter {
            '\r' | '\n' | '\t' => line.push(' '),
            '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            bad if is_forbidden(bad) => return Err(control(bad)),
            good => line.push(good),
        }
    }
    let line = without_doubled_breaks(line, trimmed);
    let line = ComposingNormalizerBorrowed::new_nfc()
        .normalize(&line)
        .into_owned();
    match line.strip_prefix('\'') {
        Some(guarded) if guard_needed(guarded) => Ok(Cow::Owned(guarded.to_owned())),
        _ => Ok(Cow::Owned(line)),
    }
}

/// A line break of two characters is one space.
fn without_doubled_breaks(line: String, original: &str) -> String {
    if original.contains(['\r', '\n', '\t']) {
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        line
    }
}

/// Nothing to do: printable ASCII without white space or a guard at the ends.
fn is_plain(text: &str) -> bool {
    all(text, |byte| matches!(byte, b' '..=b'~'))
        && !matches!(text.as_bytes(), [b' ' | b'\'', ..] | [.., b' '])
}
