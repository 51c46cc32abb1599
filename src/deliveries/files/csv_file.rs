//! The stored file: CSV as RFC 4180 has it, UTF-8, commas, the field names as
//! its header. Behind the fields every row names the source, BKN's number of
//! the agreement, the delivery's number and its day: a comment above the header
//! would break most readers, and rows are cut out and passed on.

use std::borrow::Cow;
use std::io::{self, BufWriter};

use crate::agreements::Agreement;
use crate::datasets::{GrantedFields, Values};
use crate::deliveries::model::Publication;
use crate::deliveries::text::{SOURCE, SOURCE_COLUMNS};
use crate::platform::files::NewFile;

/// A CSV file being written.
pub struct CsvFile<'g> {
    csv: csv::Writer<BufWriter<NewFile>>,
    granted: &'g GrantedFields<'static>,
    origin: [String; 4],
}

impl<'g> CsvFile<'g> {
    /// Writes the header.
    ///
    /// # Errors
    /// The disk's.
    pub fn start(
        file: NewFile,
        granted: &'g GrantedFields<'static>,
        (publication, agreement): (&Publication, &Agreement),
    ) -> csv::Result<Self> {
        let mut csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(BufWriter::with_capacity(1 << 16, file));
        let names = granted.iter().map(|field| field.name.as_str());
        csv.write_record(names.chain(SOURCE_COLUMNS))?;
        Ok(Self {
            csv,
            granted,
            origin: [
                SOURCE.to_owned(),
                agreement.bkn_number.clone(),
                publication.number.clone(),
                publication.day().to_string(),
            ],
        })
    }

    /// Writes the granted ones of a row's values.
    ///
    /// # Errors
    /// The disk's.
    pub fn write(&mut self, values: &Values) -> csv::Result<()> {
        for value in self.granted.pick(values) {
            self.csv
                .write_field(guarded(value.unwrap_or_default()).as_ref())?;
        }
        for value in &self.origin {
            self.csv.write_field(value)?;
        }
        self.csv.write_record(None::<&[u8]>)
    }

    /// The whole file.
    ///
    /// # Errors
    /// The disk's.
    pub fn finish(self) -> io::Result<NewFile> {
        let out = self.csv.into_inner().map_err(|error| error.into_error())?;
        out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

/// A value that no spreadsheet runs. Numbers, telephone numbers with their `+`
/// among them, stay as they are: programs read this file.
/// A spreadsheet in Indonesian parts cells at `;`, so that every part is looked
/// at.
fn guarded(text: &str) -> Cow<'_, str> {
    if !text.split(';').any(runs) {
        return Cow::Borrowed(text);
    }
    let guard = |part: &str| {
        if runs(part) {
            format!("'{part}")
        } else {
            part.to_owned()
        }
    };
    let parts: Vec<String> = text.split(';').map(guard).collect();
    Cow::Owned(parts.join(";"))
}

/// The value as it was before it was guarded.
pub(super) fn unguarded(text: &str) -> Cow<'_, str> {
    if !text.contains('\'') {
        return Cow::Borrowed(text);
    }
    let bare = |part: &'_ str| {
        part.strip_prefix('\'')
            .filter(|rest| runs(rest))
            .map(str::to_owned)
    };
    let parts = text
        .split(';')
        .map(|part| bare(part).unwrap_or_else(|| part.to_owned()));
    Cow::Owned(parts.collect::<Vec<_>>().join(";"))
}

/// Whether a spreadsheet would run a text.
fn runs(text: &str) -> bool {
    let is_number = |rest: &str| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || " ().-".contains(c))
    };
    match text.chars().next() {
        Some('+' | '-') => !text.get(1..).is_some_and(is_number),
        Some(first) => "=@\t\r＝＋－＠".contains(first),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_guarded_and_numbers_stay_exact() {
        for text in [
            "=1+1",
            "@SUM(A1)",
            "+cmd|' /C calc'!A0",
            "-1+A1",
            "＝1",
            "\tx",
        ] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        assert_eq!(guarded("x;=1+1;-5"), "x;'=1+1;-5");
        for text in ["=1+1", "x;=1+1;-5", "O'Brien", "'kutip'"] {
            assert_eq!(unguarded(&guarded(text)), text);
        }
        for text in [
            "",
            "+62 812-0000 (0001)",
            "-12.5",
            "199001012015031901",
            "O'Brien",
        ] {
            assert_eq!(guarded(text), text);
        }
    }
}
