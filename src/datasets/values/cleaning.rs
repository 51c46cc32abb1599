//! Removing what spreadsheets and other programs leave around a value.

use std::borrow::Cow;

use super::Fault;
use crate::datasets::code::Code;
use crate::datasets::reading::{is_invisible, is_zero_width};

/// A value that is one token (ID, NIP, number, date): without the marks that
/// force text, invisible characters, and full-width forms.
pub(super) fn token(text: &str) -> Result<Cow<'_, str>, Fault> {
    let is_forced = matches!(text.as_bytes(), [b'\'' | b'=', ..]);
    if all(text, |byte| byte.is_ascii_graphic()) && !is_forced {
        return Ok(Cow::Borrowed(text));
    }
    if let Some(bad) = text
        .trim_matches(is_invisible)
        .chars()
        .find(|letter| is_forbidden(*letter))
    {
        return Err(control(bad));
    }
    let plain: String = text
        .chars()
        .filter(|letter| !is_zero_width(*letter))
        .map(narrow)
        .collect();
    Ok(Cow::Owned(unquote(plain.trim()).to_owned()))
}

/// Whether all bytes are of a kind. Goes through all of them, many at a time:
/// faster on short texts than stopping at the first that is not.
pub(super) fn all(text: &str, is_kind: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, byte| all & is_kind(byte))
}

/// Excel's ways to force text: `'123`, `="123"`.
fn unquote(text: &str) -> &str {
    let inner = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    inner
        .or_else(|| text.strip_prefix('\''))
        .unwrap_or(text)
        .trim()
}

/// Full-width digits and signs, and spaces of other kinds, as plain ones.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    }
}

/// Control characters, direction overrides and isolates.
pub(in crate::datasets) fn is_forbidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub(super) fn control(letter: char) -> Fault {
    Fault::with(
        Code::ControlCharacters,
        [format!("U+{:04X}", u32::from(letter))],
    )
}

/// Whether a spreadsheet might run this text as a formula when it reads it
/// from a CSV file, so that a leading `'` has to guard it.
pub(in crate::datasets) fn guard_needed(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ])
}
