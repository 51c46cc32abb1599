//! What may stand in a cell instead of what was found there.

use super::code::Code;
use super::id::AsnId;
use super::model::{Finding, Summary, Tally};
use super::values::as_digits;
use crate::platform::nip::Nip;

/// Zeros that a program can have taken away from the front of an ID.
const LOST_ZEROS: std::ops::RangeInclusive<usize> = 30..=31;

impl Finding {
    /// The value that was probably meant, where one can be computed: a date in
    /// the declared form, the code that took another's place, a number without
    /// its unit. With it in the cell this is not found there again.
    pub fn suggestion(&self) -> Option<String> {
        if self.value.chars().nth(Self::LONGEST_VALUE - 1) == Some('…') {
            return None;
        }
        let suggested = match self.code {
            Code::DateUnreadable
            | Code::IntegerFormat
            | Code::SumDiffers
            | Code::OwnCodeUnknown => self.params.first().cloned(),
            Code::DecimalFormat => match self.params.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            },
            Code::ReferenceReplaced | Code::ReferenceUnknown | Code::OwnCodeDiffers => {
                self.params.get(1).cloned()
            }
            Code::YearDiffers => self.params.get(1).and_then(|date| year_of(date)),
            Code::NotAllowed => nearest(&self.value, &self.params),
            Code::NipCharacters => nip(&self.value),
            Code::IdCharacters | Code::IdLength => id(&self.value),
            Code::ControlCharacters => Some(self.value.replace('\u{fffd}', "").trim().to_owned()),
            _ => None,
        };
        suggested.filter(|suggested| !suggested.is_empty() && *suggested != self.value)
    }
}

impl Summary {
    /// For how many findings of a rule in a field a better value was computed.
    pub fn suggested(&self, code: &str, field: &str) -> i64 {
        let is_meant = |tally: &&Tally| {
            tally.code.as_str() == code && tally.field.as_deref().unwrap_or_default() == field
        };
        let counts = self.tallies.iter().filter(is_meant);
        let count: u64 = counts.map(|tally| tally.suggested).sum();
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}

fn year_of(date: &str) -> Option<String> {
    date.split('-').next().map(str::to_owned)
}

/// A NIP among spaces, signs and letters that look like digits.
fn nip(value: &str) -> Option<String> {
    let read = as_digits(value).unwrap_or_else(|| value.to_owned());
    if read.contains(char::is_alphabetic) {
        return None;
    }
    let digits: String = read.chars().filter(char::is_ascii_digit).collect();
    digits.parse::<Nip>().ok().map(|_| digits)
}

/// An ID among spaces and signs, or without the zeros at its front.
fn id(value: &str) -> Option<String> {
    let read = as_digits(value).unwrap_or_else(|| value.to_owned());
    let is_sign = |letter: char| !letter.is_alphanumeric();
    let digits: String = read.chars().filter(|letter| !is_sign(*letter)).collect();
    let padded = match digits.len() {
        length if LOST_ZEROS.contains(&length) => format!("{digits:0>32}"),
        _ => digits,
    };
    padded.parse::<AsnId>().ok().map(|id| id.to_string())
}

/// The allowed value that is written nearly so, if there is exactly one.
fn nearest(value: &str, allowed: &[String]) -> Option<String> {
    let typed = folded(value);
    let mut alike = allowed.iter().filter(|one| is_alike(&typed, &folded(one)));
    match (alike.next(), alike.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    }
}

fn folded(text: &str) -> Vec<char> {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Short words must be the same, longer ones may differ in a letter or two, or
/// be the beginning of the other.
fn is_alike(typed: &[char], allowed: &[char]) -> bool {
    let room = match allowed.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let is_beginning = typed.len() >= 4 && allowed.starts_with(typed);
    is_beginning || distance(typed, allowed) <= room
}

/// Levenshtein: letters to change, add or take away.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut costs: Vec<usize> = (0..=b.len()).collect();
    for (row, left) in a.iter().enumerate() {
        let mut diagonal = row;
        let mut before = row + 1;
        for (cost, right) in costs.iter_mut().skip(1).zip(b) {
            let changed = diagonal + usize::from(left != right);
            diagonal = *cost;
            before = changed.min(before + 1).min(*cost + 1);
            *cost = before;
        }
        if let Some(first) = costs.first_mut() {
            *first = row + 1;
        }
    }
    costs.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
