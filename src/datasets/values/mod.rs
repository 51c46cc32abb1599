//! From a cell to a canonical value: one grammar per kind of field.

mod cleaning;
mod date;
mod decimal;
mod integer;
mod lookalike;
mod text;

use chrono::NaiveDate;

use super::code::Code;
use super::declaration::{Field, Kind};
use super::id::{AsnId, AsnIdError};
use super::reading::{Cell, CellKind};
use crate::platform::nip::{Nip, NipError, is_scientific};

pub(super) use cleaning::{guard_needed, is_forbidden};
pub(super) use date::iso_of_serial;
pub(super) use decimal::parse as parse_decimal;
pub(super) use decimal::write as write_decimal;
pub(super) use lookalike::as_digits;

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: Code,
    pub params: Vec<String>,
}

impl Fault {
    pub fn new(code: Code) -> Self {
        Self {
            code,
            params: Vec::new(),
        }
    }

    pub fn with(code: Code, params: impl IntoIterator<Item = String>) -> Self {
        Self {
            code,
            params: params.into_iter().collect(),
        }
    }
}

/// A value that was taken.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    /// What was changed without loss, if anything.
    pub change: Option<Code>,
    /// What has to be explained, if anything.
    pub warning: Option<Box<Fault>>,
    /// Whom the value names, if it names a person.
    pub who: Option<Who>,
}

/// An ID or a NIP, for the look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Id(AsnId),
    Nip(Nip),
}

impl Taken {
    fn as_is() -> Self {
        Self::default()
    }

    fn changed(from: &str, to: &str, how: Code) -> Self {
        Self {
            change: (from != to).then_some(how),
            ..Self::default()
        }
    }
}

/// Outside knowledge that the grammars need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub today: NaiveDate,
    /// Characters in a cell at most.
    pub longest_cell: usize,
}

/// Takes a cell that is not blank: appends its canonical text to `out`, or
/// says what is wrong.
pub(super) fn take(
    field: &Field,
    cell: Cell<'_>,
    setting: Setting,
    out: &mut String,
) -> Result<Taken, Fault> {
    refuse_unreadable(cell, setting.longest_cell)?;
    match &field.kind {
        Kind::Text(limits) => text::take(limits, field, cell, out),
        Kind::Id => id(cell, out),
        Kind::Nip => nip(cell, out),
        Kind::Integer(limits) => integer::take(limits, field, &cleaning::token(cell.text)?, out),
        Kind::Decimal(limits) => decimal::take(limits, field, &decimal::token(cell)?, out),
        Kind::Year { earliest } => integer::take_year(
            *earliest,
            field,
            &cleaning::token(cell.text)?,
            setting.today,
            out,
        ),
        Kind::Date { earliest } => {
            let bounds = date::Bounds {
                earliest: *earliest,
                latest: field.not_after_today.then_some(setting.today),
            };
            date::take(cell, bounds, setting.today, out)
        }
    }
    .map(|taken| noting_the_cell(taken, cell, out))
}

/// A cell that no grammar can read.
fn refuse_unreadable(cell: Cell<'_>, longest: usize) -> Result<(), Fault> {
    match cell.kind {
        CellKind::Formula => return Err(Fault::new(Code::Formula)),
        CellKind::Error => return Err(Fault::new(Code::CellError)),
        _ => {}
    }
    if cell.text.len() > longest {
        let characters = cell.text.chars().count();
        if characters > longest {
            return Err(Fault::with(
                Code::CellTooLong,
                [characters.to_string(), longest.to_string()],
            ));
        }
    }
    Ok(())
}

/// A value computed by a formula or cleaned of invisible characters is a
/// change even where the grammar saw none.
fn noting_the_cell(mut taken: Taken, cell: Cell<'_>, out: &str) -> Taken {
    if taken.change.is_none() && (cell.kind == CellKind::Computed || !out.ends_with(cell.text)) {
        taken.change = Some(Code::Cleaned);
    }
    taken
}

fn id(cell: Cell<'_>, out: &mut String) -> Result<Taken, Fault> {
    let token = cleaning::token(cell.text)?;
    if matches!(cell.kind, CellKind::Number(_) | CellKind::Serial(_))
        || (token.len() < 32 && is_scientific(&token))
    {
        return Err(Fault::new(Code::IdDamaged));
    }
    let id: AsnId = token.parse().map_err(|error| match error {
        AsnIdError::NotHexadecimal => Fault::new(Code::IdCharacters),
        AsnIdError::Length(length) => Fault::with(Code::IdLength, [length.to_string()]),
    })?;
    let who = Some(Who::Id(id));
    if token.len() == 32 && !token.bytes().any(|byte| byte.is_ascii_lowercase()) {
        out.push_str(&token);
        return Ok(Taken {
            who,
            ..Taken::as_is()
        });
    }
    write(out, id);
    Ok(Taken {
        who,
        change: Some(Code::Rewritten),
        ..Taken::as_is()
    })
}

fn nip(cell: Cell<'_>, out: &mut String) -> Result<Taken, Fault> {
    if matches!(cell.kind, CellKind::Number(_) | CellKind::Serial(_)) {
        return Err(Fault::new(Code::NipDamaged));
    }
    let mut token = cleaning::token(cell.text)?;
    if token.contains(' ') {
        token.to_mut().retain(|letter| letter != ' ');
    }
    let nip: Nip = token.parse().map_err(|error| match error {
        NipError::NotDigits => Fault::new(Code::NipCharacters),
        NipError::Length(length) => Fault::with(Code::NipLength, [length.to_string()]),
        NipError::Damaged => Fault::new(Code::NipDamaged),
        NipError::BirthDate => Fault::new(Code::NipBirthDate),
        NipError::Appointment => Fault::new(Code::NipAppointment),
        NipError::Sex => Fault::new(Code::NipSex),
    })?;
    out.push_str(&token);
    Ok(Taken {
        who: Some(Who::Nip(nip)),
        ..Taken::as_is()
    })
}

fn write(out: &mut String, value: impl std::fmt::Display) {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let _infallible = write!(out, "{value}");
}

#[cfg(test)]
mod tests;
