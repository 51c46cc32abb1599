//! A file that holds only mended rows, merged by the row key into the file
//! before it. What was not mended stays as it was typed, faults included.
//!
//! Only the mended rows are held in memory; the file before is read twice.

mod amend;
mod matching;
mod record;

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::context::{Limits, Outside, Upload};
use super::declaration::Dataset;
use super::reading::ReadError;
use super::refusal::FileRefusal;
use super::text_file;
use matching::Mended;
use record::{Reading, each_record};

pub use amend::{AmendReport, Amending, RowChange, RowEdit, amend, write_records};

/// What is merged.
#[derive(Debug, Clone, Copy)]
pub struct Merging<'a> {
    /// The file before, as it was checked.
    pub base: Upload<'a>,
    /// The file with mended rows.
    pub mended: Upload<'a>,
    /// The data set of both.
    pub dataset: &'a Dataset,
    /// The fields that the agreement grants; none = all.
    pub granted: Option<&'a [String]>,
    /// The limits of each.
    pub limits: Limits,
    /// Today in Jakarta: dates are read with it.
    pub today: NaiveDate,
    /// Mended rows at most: they are held in memory.
    pub most_mended: usize,
}

/// Mended rows that one file may hold at most.
pub const MOST_MENDED: usize = 100_000;

/// What a merge came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeReport {
    /// Mended rows that took the place of a row of the file before.
    pub replaced: u64,
    /// Mended rows whose key the file before does not have: they follow its
    /// last row.
    pub added: u64,
    /// The first of those, by their number in the file with mended rows.
    pub added_rows: Vec<u32>,
}

impl MergeReport {
    /// Rows that are named at most.
    const NAMED: usize = 50;

    fn note_added(&mut self, row: u32) {
        self.added += 1;
        if self.added_rows.len() < Self::NAMED {
            self.added_rows.push(row);
        }
    }
}

/// Why nothing was merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The file with mended rows is unfit as a whole.
    #[error("the mended rows cannot be merged: {0}")]
    Refused(#[from] FileRefusal),
    /// Reading or writing failed.
    #[error("reading or writing a file")]
    Io(#[from] io::Error),
    /// The changes could not be had.
    #[error("asking for the changes")]
    Edits(#[source] Outside),
    /// The merged file could not be written.
    #[error("writing the merged file")]
    Csv(#[from] csv::Error),
}

impl From<ReadError> for MergeError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Refused(refusal) => Self::Refused(refusal),
            ReadError::Io(error) => Self::Io(error),
        }
    }
}

/// Writes the merged file as CSV under the fields' own names.
///
/// # Errors
/// See [`MergeError`]; what was written until then is to be thrown away.
pub fn merge(merging: &Merging<'_>, out: impl Write) -> Result<MergeReport, MergeError> {
    let reading = merging.reading();
    let mut mended = read_mended(merging)?;
    each_record(&reading, merging.base, &mut |record| {
        mended.meet(record);
        Ok(())
    })?;
    mended.settle();
    let mut csv = text_file::start(out)?;
    let fields = reading.fields();
    csv.write_record(fields.iter().map(|(_, name)| name))?;
    let mut report = MergeReport::default();
    each_record(&reading, merging.base, &mut |record| {
        match mended.instead_of(record) {
            Some(better) => {
                report.replaced += 1;
                csv.write_record(better.cells(&fields))?;
            }
            None => csv.write_record(record.cells(&fields))?,
        }
        Ok(())
    })?;
    for record in mended.rest() {
        report.note_added(record.number);
        csv.write_record(record.cells(&fields))?;
    }
    csv.flush()?;
    Ok(report)
}

/// The rows that were mended. A key that stands there twice leaves open which
/// of both is meant, so the whole is refused.
fn read_mended(merging: &Merging<'_>) -> Result<Mended, MergeError> {
    let mut mended = Mended::default();
    each_record(&merging.reading(), merging.mended, &mut |record| {
        if mended.len() >= merging.most_mended {
            let most = merging.most_mended;
            return Err(FileRefusal::TooManyMended { most }.into());
        }
        let second = record.number;
        match mended.add(record.clone()) {
            None => Ok(()),
            Some(first) => Err(FileRefusal::DoubledKey {
                rows: [first, second],
            }
            .into()),
        }
    })?;
    if mended.is_empty() {
        return Err(FileRefusal::NoDataRows.into());
    }
    Ok(mended)
}

impl<'a> Merging<'a> {
    fn reading(&self) -> Reading<'a> {
        Reading {
            dataset: self.dataset,
            granted: self.granted,
            limits: self.limits,
            today: self.today,
        }
    }
}

#[cfg(test)]
mod tests;
