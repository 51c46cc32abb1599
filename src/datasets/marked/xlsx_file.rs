//! The marked file as a workbook: faulty cells coloured and with a note, and a
//! second sheet that sums up by rule. Rows are written as they come.

use std::io::Write;

use rust_xlsxwriter::{Color, Format, FormatAlign, Note, Workbook, Worksheet};

use super::{MarkError, Marked, Marking, Place, walk};
use crate::datasets::context::Outside;
use crate::datasets::declaration::Dataset;
use crate::datasets::model::{Finding, Severity, Tallies, Tally, column_name};
use crate::datasets::text;

/// The format "Text" of every spreadsheet program.
const TEXT_FORMAT: u8 = 49;

/// Notes stay in memory until the end, so there is an end to them; colours and
/// the two columns are there for every finding.
const NOTES: usize = 5_000;
/// A spreadsheet keeps no longer text in a cell, in characters.
const LONGEST_CELL: usize = 32_000;
const LAST_ROW: u32 = 1_048_576;

const ERROR_FILL: Color = Color::RGB(0x00FB_D5D0);
const WARNING_FILL: Color = Color::RGB(0x00FD_E9B8);
const HEADER_FILL: Color = Color::RGB(0x00E4_E9F2);

/// Writes the marked file as a workbook. The findings come in the order of the
/// rows.
pub fn write<I, W>(marking: &Marking<'_>, findings: I, writer: W) -> Result<(), MarkError>
where
    I: Iterator<Item = Result<Finding, Outside>>,
    W: Write + Send,
{
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(text::DATA_SHEET)?;
    let mut data = DataSheet {
        sheet,
        dataset: marking.dataset,
        formats: Formats::new(),
        notes: 0,
        last_row: 0,
        tallies: Tallies::default(),
    };
    walk(marking, findings, &mut |marked| data.put(marked))?;
    let tallies = data.tallies.into_list();
    summary(
        workbook.add_worksheet_with_constant_memory()?,
        marking,
        &tallies,
    )?;
    workbook.save_to_writer(writer)?;
    Ok(())
}

struct Formats {
    plain: Format,
    header: Format,
    error: Format,
    warning: Format,
}

impl Formats {
    /// All cells are text, so that what is typed into them stays as typed.
    fn new() -> Self {
        let plain = Format::new().set_num_format_index(TEXT_FORMAT);
        Self {
            header: plain.clone().set_bold().set_background_color(HEADER_FILL),
            error: plain.clone().set_background_color(ERROR_FILL),
            warning: plain.clone().set_background_color(WARNING_FILL),
            plain,
        }
    }

    fn of(&self, severity: Option<Severity>) -> &Format {
        match severity {
            Some(Severity::Error) => &self.error,
            Some(Severity::Warning) => &self.warning,
            Some(Severity::Hint) | None => &self.plain,
        }
    }
}

struct DataSheet<'a> {
    sheet: &'a mut Worksheet,
    dataset: &'a Dataset,
    formats: Formats,
    notes: usize,
    last_row: u32,
    tallies: Tallies,
}

impl DataSheet<'_> {
    fn put(&mut self, marked: &Marked<'_>) -> Result<(), MarkError> {
        let row = self.row_for(marked);
        if marked.place == Place::Header {
            self.dress(marked, row)?;
        }
        for column in 0..marked.width() {
            let text = cut(marked.text(column));
            let severity = severity(marked.findings, column);
            if text.is_empty() && severity.is_none() {
                continue;
            }
            let format = if marked.place == Place::Header {
                &self.formats.header
            } else {
                self.formats.of(severity)
            };
            self.sheet.write_string_with_format(
                row,
                crate::datasets::header::short(column),
                text,
                format,
            )?;
        }
        for finding in marked.findings {
            self.tallies.count(finding);
            self.note(finding, row)?;
        }
        Ok(())
    }

    /// The row as it was, counted from 0. Only a text file with blank lines
    /// beyond the end of any spreadsheet is closed up.
    fn row_for(&mut self, marked: &Marked<'_>) -> u32 {
        let row = if marked.row.number <= LAST_ROW {
            marked.row.number
        } else {
            self.last_row + 1
        };
        self.last_row = row;
        row.saturating_sub(1)
    }

    fn dress(&mut self, marked: &Marked<'_>, row: u32) -> Result<(), MarkError> {
        self.sheet.set_freeze_panes(row + 1, 0)?;
        for column in 0..marked.width() {
            let width = if marked.columns.contains(&column) {
                60.0
            } else {
                22.0
            };
            self.sheet
                .set_column_width(crate::datasets::header::short(column), width)?;
        }
        Ok(())
    }

    fn note(&mut self, finding: &Finding, row: u32) -> Result<(), MarkError> {
        let Some(column) = finding.column.filter(|_| self.notes < NOTES) else {
            return Ok(());
        };
        let sentence = finding.sentence(self.dataset);
        let note = Note::new(format!("{} {}", sentence.problem, sentence.remedy))
            .add_author_prefix(false)
            .set_width(260);
        self.sheet.insert_note(row, column, &note)?;
        self.notes += 1;
        Ok(())
    }
}

/// The gravest finding of a cell.
fn severity(findings: &[Finding], column: usize) -> Option<Severity> {
    let here = findings
        .iter()
        .filter(|finding| finding.column.map(usize::from) == Some(column));
    here.map(|finding| finding.severity).min()
}

fn cut(text: &str) -> String {
    if text.len() <= LONGEST_CELL {
        text.to_owned()
    } else {
        text.chars().take(LONGEST_CELL).collect()
    }
}

fn summary(
    sheet: &mut Worksheet,
    marking: &Marking<'_>,
    tallies: &[Tally],
) -> Result<(), MarkError> {
    let dataset = marking.dataset;
    let rules = marking.rules.map(|number| number.to_string());
    let rules = rules.unwrap_or_else(|| dataset.declared_version());
    let (bold, wrap) = (
        Format::new().set_bold(),
        Format::new().set_align(FormatAlign::Top),
    );
    sheet.set_name(text::SUMMARY)?;
    for (column, width) in [(0, 14.0), (1, 40.0), (2, 30.0), (3, 16.0), (4, 16.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, format!("{}: {}", text::SUMMARY, dataset.title), &bold)?;
    sheet.write_string(1, 0, text::checked_under(&rules))?;
    for (column, title) in (0..).zip(text::SUMMARY_HEADERS) {
        sheet.write_string_with_format(2, column, title, &bold)?;
    }
    for (row, tally) in (3..).zip(tallies) {
        let field = tally.field.as_deref().unwrap_or_default();
        let column = tally
            .column
            .map(|column| format!(" ({})", column_name(column)))
            .unwrap_or_default();
        sheet.write_string_with_format(row, 0, text::severity(tally.severity), &wrap)?;
        sheet.write_string_with_format(row, 1, tally.code.title(), &wrap)?;
        sheet.write_string_with_format(row, 2, format!("{field}{column}"), &wrap)?;
        sheet.write_number(row, 3, tally.findings as f64)?;
        sheet.write_number(row, 4, tally.rows as f64)?;
    }
    Ok(())
}
