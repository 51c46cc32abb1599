//! Text files: one pass to learn the shape, one to read the rows.

use std::io::{BufRead, Read};
use std::path::Path;

use super::encoding::{self, Encoding};
use super::records::Records;
use super::row::RawRow;
use super::{ReadError, delimiter};
use crate::datasets::context::Limits;
use crate::datasets::header::Search;
use crate::datasets::model::Note;
use crate::datasets::refusal::FileRefusal;

/// Bytes looked at to find encoding and delimiter.
const SAMPLE: u64 = 64 << 10;
/// Rows that may stand above the data: titles and the header.
const ROWS_ABOVE: u64 = 11;

/// What the first pass found.
#[derive(Debug)]
pub(super) struct Shape {
    /// Rows that are not blank.
    pub rows: u64,
    encoding: Encoding,
    delimiter: u8,
    /// Bytes of the hint line, which no spreadsheet shows.
    hint: u64,
}

impl Shape {
    /// The encoding, where it is not the expected one.
    pub fn note(&self) -> Option<Note> {
        (self.encoding != Encoding::Utf8).then(|| Note::Encoding {
            name: self.encoding.name().to_owned(),
        })
    }

    fn records(&self, path: &Path, limits: Limits) -> Result<Records<Box<dyn BufRead>>, ReadError> {
        let mut input = encoding::open(path, self.encoding)?;
        std::io::copy(&mut input.by_ref().take(self.hint), &mut std::io::sink())?;
        Ok(Records::new(input, self.delimiter, limits.row_bytes))
    }
}

/// Reads the whole file once.
pub(super) fn inspect(
    path: &Path,
    search: &Search<'_>,
    limits: Limits,
) -> Result<Shape, ReadError> {
    let guess = encoding::guess(&sample(path, None)?)?;
    let sample = sample(path, Some(guess))?;
    let hint = delimiter::hint(&sample);
    let delimiter = hint.map_or_else(
        || delimiter::find(&sample, search),
        |(delimiter, _)| delimiter,
    );
    let mut shape = Shape {
        rows: 0,
        encoding: guess,
        delimiter,
        hint: hint.map_or(0, |(_, length)| length as u64),
    };
    let mut survey = Survey::default();
    let mut records = shape.records(path, limits)?;
    while records.read()? {
        let (bytes, ends) = records.cells();
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        shape.rows += 1;
        refuse_excess(bytes, ends, shape.rows, limits)?;
        survey.see(bytes, records.line());
    }
    shape.encoding = survey.verdict(guess)?;
    Ok(shape)
}

/// The beginning of the file, as bytes or decoded.
fn sample(path: &Path, encoding: Option<Encoding>) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    match encoding {
        Some(encoding) => encoding::open(path, encoding)?
            .take(SAMPLE)
            .read_to_end(&mut bytes)?,
        None => std::fs::File::open(path)?
            .take(SAMPLE)
            .read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

fn refuse_excess(
    bytes: &[u8],
    ends: &[usize],
    rows: u64,
    limits: Limits,
) -> Result<(), FileRefusal> {
    if rows > u64::from(limits.rows) + ROWS_ABOVE {
        return Err(FileRefusal::TooManyRows { limit: limits.rows });
    }
    let inside = ends
        .get(usize::from(limits.columns).saturating_sub(1))
        .filter(|_| ends.len() > usize::from(limits.columns));
    let beyond = inside.and_then(|end| bytes.get(*end..));
    if beyond.is_some_and(|beyond| !beyond.trim_ascii().is_empty()) {
        return Err(FileRefusal::TooWide {
            limit: limits.columns,
        });
    }
    Ok(())
}

/// Whether the bytes are UTF-8, and if not whether they may be Windows-1252.
#[derive(Debug, Default)]
struct Survey {
    has_utf8_letters: bool,
    first_foreign_line: Option<u64>,
    has_impossible_bytes: bool,
}

impl Survey {
    fn see(&mut self, bytes: &[u8], line: u64) {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.has_utf8_letters |= !text.is_ascii(),
            Err(_foreign) => {
                self.first_foreign_line
                    .get_or_insert(line.saturating_sub(1).max(1));
                self.has_impossible_bytes |= !encoding::may_be_windows_1252(bytes);
            }
        }
    }

    fn verdict(&self, guess: Encoding) -> Result<Encoding, FileRefusal> {
        match self.first_foreign_line {
            None => Ok(guess),
            Some(line) if self.has_utf8_letters || self.has_impossible_bytes => {
                Err(FileRefusal::Encoding { line })
            }
            Some(_) => Ok(Encoding::Windows1252),
        }
    }
}

/// Hands every row that is not blank to `visit`.
pub(super) fn each_row<E: From<ReadError>>(
    path: &Path,
    shape: &Shape,
    limits: Limits,
    visit: &mut dyn FnMut(&RawRow) -> Result<(), E>,
) -> Result<(), E> {
    let mut records = shape.records(path, limits)?;
    let mut row = RawRow::default();
    while records.read()? {
        let (bytes, ends) = records.cells();
        let text = std::str::from_utf8(bytes).map_err(|_error| {
            ReadError::from(FileRefusal::Encoding {
                line: records.line(),
            })
        })?;
        row.fill(records.row(), text, ends);
        if !row.is_blank() {
            visit(&row)?;
        }
    }
    Ok(())
}
