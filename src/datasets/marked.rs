//! The person's own file, marked: every cell as it was read, and two more
//! columns that say what is wrong and how to mend it. It can be mended and
//! uploaded again as it is. Rows stay where they were, so that `E17` in a
//! message is `E17` in the marked file. Nothing in it can run as a formula.

mod csv_file;
mod xlsx_file;

use std::io;
use std::iter::Peekable;

use super::context::{Limits, Outside, Upload};
use super::declaration::Dataset;
use super::header::{Search, mark_columns};
use super::model::{Finding, Severity};
use super::reading::{self, RawRow, ReadError};
use super::refusal::FileRefusal;
use super::text;

pub use csv_file::write as write_csv;
pub use xlsx_file::write as write_xlsx;

/// The file to mark, and how it was checked.
#[derive(Debug, Clone, Copy)]
pub struct Marking<'a> {
    /// The file as it was uploaded.
    pub upload: Upload<'a>,
    /// The data set it was checked against.
    pub dataset: &'a Dataset,
    /// The fields that the agreement grants; none = all.
    pub granted: Option<&'a [String]>,
    /// The limits it was checked with.
    pub limits: Limits,
    /// The version of the rules that it was checked under.
    pub rules: Option<i32>,
}

/// Why a file could not be marked.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// The file that was read before cannot be read again.
    #[error("the file cannot be read again: {0}")]
    Unreadable(#[from] FileRefusal),
    /// Reading or writing failed.
    #[error("reading or writing a file")]
    Io(#[from] io::Error),
    /// The findings could not be had.
    #[error("asking for the findings")]
    Findings(#[source] Outside),
    /// The workbook could not be written.
    #[error("writing the workbook")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The text file could not be written.
    #[error("writing the text file")]
    Csv(#[from] csv::Error),
}

impl From<ReadError> for MarkError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Refused(refusal) => Self::Unreadable(refusal),
            ReadError::Io(error) => Self::Io(error),
        }
    }
}

/// A row on its way into the marked file.
struct Marked<'a> {
    row: &'a RawRow,
    place: Place,
    /// The two columns of the marks.
    columns: [usize; 2],
    findings: &'a [Finding],
    /// What stands in them: problems and remedies, or their headers.
    marks: [String; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    AboveHeader,
    Header,
    Data,
}

impl Marked<'_> {
    /// How many columns the marked row has.
    fn width(&self) -> usize {
        let marked = if self.place == Place::AboveHeader {
            0
        } else {
            self.columns.iter().max().map_or(0, |last| last + 1)
        };
        self.row.len().max(marked)
    }

    /// What stands in a column: a mark, or what the person wrote.
    fn text(&self, column: usize) -> &str {
        let mark = self
            .columns
            .iter()
            .position(|mark| *mark == column && self.place != Place::AboveHeader);
        match mark.and_then(|at| self.marks.get(at)) {
            Some(mark) => mark,
            None => self.row.cell(column).text,
        }
    }
}

/// Goes through the file and its findings side by side.
fn walk<I>(
    marking: &Marking<'_>,
    findings: I,
    put: &mut dyn FnMut(&Marked<'_>) -> Result<(), MarkError>,
) -> Result<(), MarkError>
where
    I: Iterator<Item = Result<Finding, Outside>>,
{
    let granted = |name: &String| marking.granted.is_none_or(|granted| granted.contains(name));
    let granted = marking
        .dataset
        .fields
        .iter()
        .map(|field| granted(&field.name))
        .collect();
    let mut search = Search::new(marking.dataset, granted);
    let mut source = reading::open(marking.upload, &search, marking.limits)?;
    let mut findings = findings.peekable();
    let mut columns = None;
    source.each_row::<MarkError>(&mut |row| {
        let Some(columns) = columns else {
            let is_header = search.offer(row)?.is_some();
            let place = if is_header {
                Place::Header
            } else {
                Place::AboveHeader
            };
            let found = mark_columns(row);
            columns = is_header.then_some(found);
            return put(&Marked {
                row,
                place,
                columns: found,
                findings: &[],
                marks: text::MARKS.map(str::to_owned),
            });
        };
        let found = of_row(&mut findings, row.number)?;
        put(&Marked {
            row,
            place: Place::Data,
            columns,
            findings: &found,
            marks: marks(&found, marking.dataset),
        })
    })
}

/// The findings of one row; those of rows before it have no row to stand in.
fn of_row<I>(findings: &mut Peekable<I>, row: u32) -> Result<Vec<Finding>, MarkError>
where
    I: Iterator<Item = Result<Finding, Outside>>,
{
    let mut found = Vec::new();
    while let Some(next) = findings
        .next_if(|next| next.as_ref().is_ok_and(|finding| finding.row <= row) || next.is_err())
    {
        let finding = next.map_err(MarkError::Findings)?;
        if finding.row == row {
            found.push(finding);
        }
    }
    Ok(found)
}

fn marks(findings: &[Finding], dataset: &Dataset) -> [String; 2] {
    let (mut problems, mut remedies) = (Vec::new(), Vec::new());
    for finding in findings {
        let sentence = finding.sentence(dataset);
        let cell = finding
            .cell()
            .map(|cell| format!("{cell}: "))
            .unwrap_or_default();
        let grade = if finding.severity == Severity::Warning {
            text::WARNING_PREFIX
        } else {
            ""
        };
        problems.push(format!("{grade}{cell}{}", sentence.problem));
        if !remedies.contains(&sentence.remedy) {
            remedies.push(sentence.remedy);
        }
    }
    [problems.join(" | "), remedies.join(" | ")]
}

#[cfg(test)]
mod tests;
