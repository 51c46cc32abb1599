//! Text files: one pass to learn the shape, one to read the rows.

use std::io::{BufRead, Read};
use std::path::Path;

use super::encoding::{self, Encoding};
use super::records::Records;
use super::row::RawRow;
use super::survey::Survey;
use super::{ReadError, delimiter};
use crate::datasets::context::Limits;
use crate::datasets::header::Search;
use crate::datasets::model::Note;
use crate::datasets::refusal::FileRefusal;

/// Bytes looked at to find encoding and delimiter.
const SAMPLE: u64 = 64 << 10;

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

    /// The text below the hint line.
    fn text(&self, path: &Path) -> Result<Box<dyn BufRead>, ReadError> {
        let mut input = encoding::open(path, self.encoding)?;
        std::io::copy(&mut input.by_ref().take(self.hint), &mut std::io::sink())?;
        Ok(input)
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
    let survey = Survey::of(shape.text(path)?, delimiter, limits)?;
    shape.rows = survey.rows;
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

/// Hands every row that is not blank to `visit`.
pub(super) fn each_row<E: From<ReadError>>(
    path: &Path,
    shape: &Shape,
    limits: Limits,
    visit: &mut dyn FnMut(&RawRow) -> Result<(), E>,
) -> Result<(), E> {
    let mut records = Records::new(shape.text(path)?, shape.delimiter, limits.row_bytes);
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
