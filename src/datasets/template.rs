//! The blank workbook of a data set: a sheet to fill in, whose columns keep
//! what is typed as text, and a sheet that explains the columns.

use std::io::Write;

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::context::Codes;
use super::declaration::{Dataset, Field, Kind};
use super::granted::GrantedFields;
use super::header::short;
use super::reading::TEMPLATE_PROPERTY;
use super::text::{self, TEMPLATE_HEADERS};

/// The format "Text" of every spreadsheet program.
const TEXT_FORMAT: u8 = 49;

/// Why a template could not be written.
#[derive(Debug, thiserror::Error)]
#[error("writing the template")]
pub struct TemplateError(#[from] XlsxError);

/// Rows that a drop-down reaches.
const ROWS: u32 = 100_000;
/// A list of choices may have no more characters.
const LONGEST_LIST: usize = 255;
/// Lists with more codes are not printed in the instructions.
const SHORT_LIST: usize = 60;

/// Writes the blank template of the granted fields.
///
/// # Errors
/// When it cannot be written.
pub fn write<W: Write + Send>(
    granted: &GrantedFields<'_>,
    codes: &dyn Codes,
    writer: W,
) -> Result<(), TemplateError> {
    write_filled(granted, codes, &[], writer)
}

/// Writes the template with these cells as its first row.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write_filled<W: Write + Send>(
    granted: &GrantedFields<'_>,
    codes: &dyn Codes,
    cells: &[String],
    writer: W,
) -> Result<(), TemplateError> {
    let dataset = granted.dataset();
    let fields: Vec<&Field> = granted.iter().collect();
    let mut workbook = Workbook::new();
    let version = text::template_version(dataset);
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&version)
            .set_custom_property(
                TEMPLATE_PROPERTY,
                format!("{}/{}", dataset.name, dataset.version),
            ),
    );
    let data = workbook.add_worksheet();
    data_sheet(data, &fields, codes)?;
    for (column, cell) in (0..).zip(cells) {
        data.write_string(1, column, cell)?;
    }
    instructions(workbook.add_worksheet(), dataset, &fields, codes)?;
    workbook.save_to_writer(writer)?;
    Ok(())
}

fn data_sheet(
    sheet: &mut Worksheet,
    fields: &[&Field],
    codes: &dyn Codes,
) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format_index(TEXT_FORMAT);
    let header = text
        .clone()
        .set_bold()
        .set_background_color(Color::RGB(0x00E4_E9F2));
    sheet.set_name(text::DATA_SHEET)?.set_freeze_panes(1, 0)?;
    for (column, field) in (0..).map(short).zip(fields) {
        if !matches!(field.kind, Kind::Integer(_) | Kind::Decimal(_)) {
            sheet.set_column_format(column, &text)?;
        }
        let width = if matches!(field.kind, Kind::Id) {
            38
        } else {
            field.name.len().max(20) + 2
        };
        sheet.set_column_width(column, width as f64)?;
        sheet.write_string_with_format(0, column, &field.name, &header)?;
        if let Some(choices) = choices(field, codes) {
            sheet.add_data_validation(
                1,
                column,
                ROWS,
                column,
                &DataValidation::new().allow_list_strings(&choices)?,
            )?;
        }
    }
    Ok(())
}

/// The values of a drop-down, where they are few and short.
fn choices(field: &Field, codes: &dyn Codes) -> Option<Vec<String>> {
    let values = match (&field.kind, &field.reference) {
        (Kind::Text(limits), _) if !limits.one_of.is_empty() => limits.one_of.clone(),
        (_, Some(list)) => codes
            .entries(list)
            .into_iter()
            .map(|(code, _)| code)
            .collect(),
        _ => return None,
    };
    let characters: usize = values.iter().map(|value| value.chars().count() + 1).sum();
    (!values.is_empty() && characters <= LONGEST_LIST).then_some(values)
}

fn instructions(
    sheet: &mut Worksheet,
    dataset: &Dataset,
    fields: &[&Field],
    codes: &dyn Codes,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let plain = Format::new();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(text::INSTRUCTIONS)?;
    for (column, width) in (0..).zip([26, 26, 60, 34, 10, 40]) {
        sheet.set_column_width(column, width)?;
    }
    let intro = text::template_intro(dataset);
    for (row, line) in (0..).zip(&intro) {
        sheet.write_string_with_format(row, 0, line, if row == 0 { &bold } else { &plain })?;
    }
    let head = intro.len() as u32 + 1;
    for (column, title) in (0..).zip(TEMPLATE_HEADERS) {
        sheet.write_string_with_format(head, column, title, &bold)?;
    }
    for (row, field) in (head + 1..).zip(fields) {
        for (column, cell) in (0..).zip(text::template_row(field)) {
            sheet.write_string_with_format(row, column, cell, &wrap)?;
        }
    }
    lists(sheet, head + fields.len() as u32 + 2, fields, codes)
}

/// The short reference lists, below the columns.
fn lists(
    sheet: &mut Worksheet,
    mut row: u32,
    fields: &[&Field],
    codes: &dyn Codes,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for field in fields {
        let entries = field
            .reference
            .as_deref()
            .map(|list| codes.entries(list))
            .unwrap_or_default();
        if entries.is_empty() || entries.len() > SHORT_LIST {
            continue;
        }
        sheet.write_string_with_format(row, 0, &field.title, &bold)?;
        for (code, name) in entries {
            row += 1;
            sheet.write_string(row, 0, code)?;
            sheet.write_string(row, 1, name)?;
        }
        row += 2;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
