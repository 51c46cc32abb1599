//! A file again, with some of its cells changed and records added, as they were
//! typed into forms. What was not changed stays as it was typed, faults included.

use std::io::Write;
use std::iter::Peekable;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::MergeError;
use super::record::{Reading, Record, each_record};
use crate::datasets::context::{Limits, Outside, Upload};
use crate::datasets::declaration::Dataset;
use crate::datasets::text_file;

/// What is amended.
#[derive(Debug, Clone, Copy)]
pub struct Amending<'a> {
    /// The file before, as it was checked.
    pub base: Upload<'a>,
    /// Its data set.
    pub dataset: &'a Dataset,
    /// The fields that the agreement grants; none = all.
    pub granted: Option<&'a [String]>,
    /// The limits of the file.
    pub limits: Limits,
    /// Today in Jakarta.
    pub today: NaiveDate,
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowEdit {
    /// The row as a spreadsheet shows it; none for a new record.
    pub row: Option<u32>,
    /// What is done to it.
    pub change: RowChange,
}

/// What is done to one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// Other texts in some fields: name and text.
    Cells(Vec<(String, String)>),
    /// It is left out.
    Remove,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendReport {
    /// Rows with other texts.
    pub changed: u64,
    /// Rows that were left out.
    pub removed: u64,
    /// Records that follow the last row.
    pub added: u64,
    /// Changes to rows that the file does not have.
    pub missed: u64,
}

/// Writes the file with its changes as CSV under the fields' own names. The
/// changes come in the order of the rows, new records last; only one of them is
/// held in memory.
///
/// # Errors
/// See [`MergeError`]; what was written until then is to be thrown away.
pub fn amend(
    amending: &Amending<'_>,
    edits: impl Iterator<Item = Result<RowEdit, Outside>>,
    out: impl Write,
) -> Result<AmendReport, MergeError> {
    let reading = amending.reading();
    let fields = reading.fields();
    let mut csv = text_file::start(out)?;
    csv.write_record(fields.iter().map(|(_, name)| name))?;
    let (mut edits, mut report) = (edits.peekable(), AmendReport::default());
    each_record(&reading, amending.base, &mut |record| {
        match edit_of(&mut edits, record.number, &mut report)? {
            None => csv.write_record(record.cells(&fields))?,
            Some(RowChange::Remove) => report.removed += 1,
            Some(RowChange::Cells(cells)) => {
                report.changed += 1;
                let better = record.with(amending.dataset, &cells);
                csv.write_record(better.cells(&fields))?;
            }
        }
        Ok(())
    })?;
    for edit in edits {
        match edit.map_err(MergeError::Edits)? {
            RowEdit {
                row: None,
                change: RowChange::Cells(cells),
            } => {
                report.added += 1;
                let record = Record::new(amending.dataset, &cells);
                csv.write_record(record.cells(&fields))?;
            }
            _ => report.missed += 1,
        }
    }
    csv.flush()?;
    Ok(report)
}

/// Writes records that stand in no file as CSV under the fields' own names.
///
/// # Errors
/// When the file cannot be written.
pub fn write_records(
    dataset: &Dataset,
    granted: &[String],
    records: &[Vec<(String, String)>],
    out: impl Write,
) -> Result<(), MergeError> {
    let fields = dataset.fields.iter().enumerate();
    let fields: Vec<(usize, &str)> = fields
        .filter(|(_, field)| granted.contains(&field.name))
        .map(|(at, field)| (at, field.name.as_str()))
        .collect();
    let mut csv = text_file::start(out)?;
    csv.write_record(fields.iter().map(|(_, name)| name))?;
    for values in records {
        csv.write_record(Record::new(dataset, values).cells(&fields))?;
    }
    Ok(csv.flush()?)
}

impl<'a> Amending<'a> {
    fn reading(&self) -> Reading<'a> {
        Reading {
            dataset: self.dataset,
            granted: self.granted,
            limits: self.limits,
            today: self.today,
        }
    }
}

/// The change to a row, if there is one.
fn edit_of<I>(
    edits: &mut Peekable<I>,
    row: u32,
    report: &mut AmendReport,
) -> Result<Option<RowChange>, MergeError>
where
    I: Iterator<Item = Result<RowEdit, Outside>>,
{
    let is_due = |edit: &Result<RowEdit, Outside>| match edit {
        Ok(edit) => edit.row.is_some_and(|of| of <= row),
        Err(_) => true,
    };
    while let Some(edit) = edits.next_if(is_due) {
        let edit = edit.map_err(MergeError::Edits)?;
        if edit.row == Some(row) {
            return Ok(Some(edit.change));
        }
        report.missed += 1;
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
