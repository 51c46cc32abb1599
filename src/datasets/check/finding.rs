//! How a fault becomes a finding.

use std::borrow::Cow;

use super::super::declaration::Field;
use super::super::model::{Finding, Severity};
use super::super::values::{self, Fault};

impl Finding {
    /// A fault at a place, with the value cut to size and made harmless to show.
    pub(super) fn of(
        row: u32,
        (column, field): (Option<u16>, Option<&Field>),
        severity: Severity,
        fault: Fault,
        value: &str,
    ) -> Self {
        Self {
            row,
            column,
            field: field.map(|field| field.name.clone()),
            code: fault.code,
            severity,
            value: harmless(value).into_owned(),
            params: fault.params,
        }
    }
}

fn harmless(value: &str) -> Cow<'_, str> {
    if value.len() <= Finding::LONGEST_VALUE
        && value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    {
        return Cow::Borrowed(value);
    }
    let visible = |letter: char| {
        if values::is_forbidden(letter) {
            '\u{fffd}'
        } else {
            letter
        }
    };
    let mut cut: String = value
        .chars()
        .take(Finding::LONGEST_VALUE)
        .map(visible)
        .collect();
    if value.chars().nth(Finding::LONGEST_VALUE).is_some() {
        cut.pop();
        cut.push('…');
    }
    Cow::Owned(cut)
}
