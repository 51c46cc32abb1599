//! From a file to rows: what kind of file it is, what shape it has, and its
//! cells one row after the other. Everything that makes a file unfit as a
//! whole is found here.

mod archive;
mod csv_file;
mod delimiter;
mod encoding;
mod kind;
mod markup;
mod merges;
mod records;
mod row;
mod stamp;
mod survey;
mod workbook;
mod xlsx_file;

use std::io;

use super::context::{CheckError, Limits, Upload};
use super::header::Search;
use super::model::Note;
use super::refusal::FileRefusal;

pub(super) use row::{Cell, CellKind, RawRow, is_invisible, is_zero_width};
pub(super) use stamp::{PROPERTY as TEMPLATE_PROPERTY, Stamp};

/// A file whose shape is known, ready to be read row by row.
pub(super) struct Source<'a> {
    /// Rows that are not blank, the header included; an estimate for XLSX.
    pub rows: u64,
    /// What to say about the file.
    pub notes: Vec<Note>,
    /// The template that a workbook says it was made from.
    pub stamp: Option<Stamp>,
    format: Format,
    upload: Upload<'a>,
    limits: Limits,
}

enum Format {
    Csv(csv_file::Shape),
    Xlsx(Box<xlsx_file::Shape>),
}

/// Why reading stopped.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    #[error(transparent)]
    Refused(#[from] FileRefusal),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<ReadError> for CheckError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Refused(refusal) => Self::Unreadable(refusal),
            ReadError::Io(error) => Self::Io(error),
        }
    }
}

/// Looks at the whole file once, quickly. `search` knows the data set's
/// headers: they tell the delimiter and the sheet.
pub(super) fn open<'a>(
    upload: Upload<'a>,
    search: &Search<'_>,
    limits: Limits,
) -> Result<Source<'a>, ReadError> {
    let (mut notes, mut stamp) = (Vec::new(), None);
    let (format, rows) = match kind::of(upload)? {
        kind::FileKind::Csv => {
            let shape = csv_file::inspect(upload.path, search, limits)?;
            notes.extend(shape.note());
            let rows = shape.rows;
            (Format::Csv(shape), rows)
        }
        kind::FileKind::Xlsx(mut archive) => {
            stamp = archive.stamp.take();
            let shape = xlsx_file::inspect(upload.path, archive, search, limits)?;
            notes.extend(shape.notes());
            let rows = shape.rows();
            (Format::Xlsx(Box::new(shape)), rows)
        }
    };
    Ok(Source {
        rows,
        notes,
        stamp,
        format,
        upload,
        limits,
    })
}

impl Source<'_> {
    /// Hands every row that is not blank to `visit`, in the order of the file.
    pub fn each_row<E: From<ReadError>>(
        &mut self,
        visit: &mut dyn FnMut(&RawRow) -> Result<(), E>,
    ) -> Result<(), E> {
        match &mut self.format {
            Format::Csv(shape) => csv_file::each_row(self.upload.path, shape, self.limits, visit),
            Format::Xlsx(shape) => xlsx_file::each_row(self.upload.path, shape, self.limits, visit),
        }
    }

    /// Whether values stand in cells with types of their own.
    pub fn is_workbook(&self) -> bool {
        matches!(self.format, Format::Xlsx(_))
    }
}

#[cfg(test)]
mod tests;
