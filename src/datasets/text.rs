//! The Indonesian words of the data engine: for each finding and each refusal
//! what is wrong and how to mend it. One source for the screen, the marked
//! file and the CSV of findings.

mod files;
mod findings;
mod indicators;
mod refusals;
mod rules;
mod stages;
mod titles;

use super::declaration::Dataset;
use super::model::Finding;

pub(super) use files::{
    FINDINGS_HEADERS, SUMMARY_HEADERS, TEMPLATE_HEADERS, WARNING_PREFIX, checked_under, severity,
    template_intro, template_row, template_version,
};

/// The two columns that a marked file has besides the person's own.
pub(super) const MARKS: [&str; 2] = ["Kesalahan", "Cara memperbaiki"];
/// The sheets that our own files have besides the data.
pub(super) const OUR_SHEETS: [&str; 2] = ["Petunjuk", "Ringkasan pemeriksaan"];
/// The sheet with the data in our own files.
pub(super) const DATA_SHEET: &str = "Data";
pub(super) const INSTRUCTIONS: &str = OUR_SHEETS[0];
pub(super) const SUMMARY: &str = OUR_SHEETS[1];

/// What is wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl Sentence {
    fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

impl Finding {
    /// What is wrong and how to mend it. The cell is not named in it, see
    /// [`Finding::cell`].
    pub fn sentence(&self, dataset: &Dataset) -> Sentence {
        let field = self
            .field
            .as_deref()
            .and_then(|name| dataset.field(name))
            .map(|(_, field)| field);
        findings::sentence(self, field)
    }
}

/// A whole number with points between the thousands: `12.480`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// A title inside a sentence: "tanggal kursus", but "NIP" and "ID PNS".
fn inside(title: &str) -> String {
    let mut letters = title.chars();
    let (first, second) = (letters.next(), letters.next());
    let is_acronym = second.is_some_and(char::is_uppercase);
    match first {
        Some(first) if !is_acronym => first.to_lowercase().chain(title.chars().skip(1)).collect(),
        _ => title.to_owned(),
    }
}

/// `a`, `a atau b`, `a, b, atau c`.
fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} atau {second}"),
        [most @ .., last] => format!("{}, atau {last}", most.join(", ")),
    }
}

/// A whole number of the params with points, other texts as they are.
fn shown(param: Option<&String>) -> String {
    let text = param.map(String::as_str).unwrap_or_default();
    match text.parse::<u64>() {
        Ok(number) => grouped(number),
        Err(_no_number) => text.replace('.', ","),
    }
}

#[cfg(test)]
mod tests;
