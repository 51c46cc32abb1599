//! The workbook: the rows as text, so that no digit of a NIP is lost, and a
//! sheet that says what they are. Made from the stored file while it is sent.

use std::io::{Read, Write};

use rust_xlsxwriter::{Color, Format, Workbook, Worksheet, XlsxError};

use super::csv_file::unguarded;
use crate::deliveries::text::{DATA_SHEET, EXPLANATION_SHEET};

/// The format "Text" of every spreadsheet program.
const TEXT_FORMAT: u8 = 49;
/// Rows of a sheet, its header not counted.
const ROWS_OF_SHEET: u32 = 1_048_575;
/// A spreadsheet keeps no longer text in a cell, in characters.
const LONGEST_CELL: usize = 32_000;

/// Why a workbook is not written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The stored file cannot be read.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The workbook cannot be written.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

/// What the sheet beside the data says: a title, and lines of name and text.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The title.
    pub title: String,
    /// What is said.
    pub lines: Vec<(&'static str, String)>,
}

/// Writes the rows of a stored CSV file as a workbook.
///
/// # Errors
/// When reading or writing fails.
pub fn write<R: Read, W: Write + Send>(
    stored: R,
    explanation: &Explanation,
    out: W,
) -> Result<(), WorkbookError> {
    let mut csv = csv::Reader::from_reader(stored);
    let header = csv.headers()?.clone();
    let mut workbook = Workbook::new();
    let text = Format::new().set_num_format_index(TEXT_FORMAT);
    let mut rows = csv.records().peekable();
    let mut sheets = 0;
    while sheets == 0 || rows.peek().is_some() {
        sheets += 1;
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        start(sheet, &header, (sheets, &text))?;
        for (row, record) in (1..=ROWS_OF_SHEET).zip(rows.by_ref()) {
            put(sheet, row, &record?, &text)?;
        }
    }
    explain(workbook.add_worksheet(), explanation)?;
    workbook.save_to_writer(out)?;
    Ok(())
}

fn start(
    sheet: &mut Worksheet,
    header: &csv::StringRecord,
    (number, text): (u32, &Format),
) -> Result<(), XlsxError> {
    let name = match number {
        1 => DATA_SHEET.to_owned(),
        number => format!("{DATA_SHEET} {number}"),
    };
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    let bold = text.clone().set_bold();
    let bold = bold.set_background_color(Color::RGB(0x00E4_E9F2));
    for (column, title) in (0..).zip(header) {
        let width = u32::try_from(title.len().clamp(20, 36)).unwrap_or(20);
        sheet.set_column_width(column, f64::from(width))?;
        sheet.set_column_format(column, text)?;
        sheet.write_string_with_format(0, column, title, &bold)?;
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    record: &csv::StringRecord,
    text: &Format,
) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(record) {
        // A cell of text runs nothing: it holds the value as it is.
        let cell = unguarded(cell);
        let cell = cell.as_ref();
        if cell.is_empty() {
            continue;
        }
        if cell.len() <= LONGEST_CELL {
            sheet.write_string_with_format(row, column, cell, text)?;
        } else {
            let cut: String = cell.chars().take(LONGEST_CELL).collect();
            sheet.write_string_with_format(row, column, cut, text)?;
        }
    }
    Ok(())
}

fn explain(sheet: &mut Worksheet, explanation: &Explanation) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap();
    sheet.set_name(EXPLANATION_SHEET)?;
    sheet.set_column_width(0, 28)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, &explanation.title, &bold)?;
    for (row, (name, text)) in (2..).zip(&explanation.lines) {
        sheet.write_string_with_format(row, 0, *name, &bold)?;
        sheet.write_string_with_format(row, 1, text, &wrap)?;
    }
    Ok(())
}
