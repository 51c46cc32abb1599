//! The first look at a text file: how many rows it has, whether it is UTF-8,
//! whether a row is too wide. Up to the first quote a line is a row, and lines
//! are found several times faster than records.

use std::io::{BufRead, Cursor, Read};

use memchr::{memchr, memchr_iter, memrchr};

use super::ReadError;
use super::encoding::{self, Encoding};
use super::records::Records;
use crate::datasets::context::Limits;
use crate::datasets::refusal::FileRefusal;

/// Rows that may stand above the data: titles and the header.
const ROWS_ABOVE: u64 = 11;
/// Bytes that are looked at together.
const BLOCK: usize = 256 << 10;

/// What is known of the text so far.
#[derive(Debug)]
pub(super) struct Survey {
    /// Rows that are not blank.
    pub rows: u64,
    lines: u64,
    letters: Letters,
    delimiter: u8,
    limits: Limits,
}

impl Survey {
    /// Reads the text to its end.
    pub fn of(input: impl BufRead, delimiter: u8, limits: Limits) -> Result<Self, ReadError> {
        Self::in_blocks(input, delimiter, limits, BLOCK)
    }

    fn in_blocks(
        mut input: impl BufRead,
        delimiter: u8,
        limits: Limits,
        size: usize,
    ) -> Result<Self, ReadError> {
        let mut survey = Self {
            rows: 0,
            lines: 0,
            letters: Letters::default(),
            delimiter,
            limits,
        };
        let mut block = Vec::with_capacity(size);
        loop {
            let room = size.saturating_sub(block.len());
            let is_last = input.by_ref().take(room as u64).read_to_end(&mut block)? < room;
            let quote = memchr(b'"', &block);
            let plain = block.get(..quote.unwrap_or(block.len())).unwrap_or(&block);
            let lines = match memrchr(b'\n', plain) {
                _ if is_last && quote.is_none() => plain,
                Some(last) => plain.get(..=last).unwrap_or(plain),
                None => &[],
            };
            let (used, all) = (survey.lines(lines)?, lines.len());
            let goes_on = quote.is_none() && used == all && all > 0;
            block.drain(..used);
            if is_last && block.is_empty() {
                return Ok(survey);
            }
            if !goes_on {
                return survey.records(Cursor::new(block).chain(input));
            }
        }
    }

    /// Whether the text is what it was taken for.
    pub fn verdict(&self, guess: Encoding) -> Result<Encoding, FileRefusal> {
        self.letters.verdict(guess)
    }

    /// Looks at lines without quotes, up to one that is more than a row; how
    /// many bytes they are.
    fn lines(&mut self, text: &[u8]) -> Result<usize, ReadError> {
        let is_utf8 = std::str::from_utf8(text).is_ok();
        self.letters.has_utf8_letters |= is_utf8 && !text.is_ascii();
        let mut start = 0;
        let ends = memchr_iter(b'\n', text).chain((!text.ends_with(b"\n")).then_some(text.len()));
        for end in ends.take_while(|_| !text.is_empty()) {
            let line = text.get(start..end).unwrap_or_default();
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.len() as u64 > self.limits.row_bytes || memchr(b'\r', line).is_some() {
                return Ok(start);
            }
            self.lines += 1;
            if !self.is_blank(line) {
                self.row(self.is_too_wide(line))?;
                if !is_utf8 {
                    self.letters.see(line, self.lines);
                }
            }
            start = end + 1;
        }
        Ok(text.len())
    }

    /// Looks at the rest record by record.
    fn records(mut self, rest: impl BufRead) -> Result<Self, ReadError> {
        let limits = self.limits;
        let mut records = Records::after(self.lines, rest, self.delimiter, limits.row_bytes);
        while records.read()? {
            let (bytes, ends) = records.cells();
            if !bytes.trim_ascii().is_empty() {
                self.row(has_more(bytes, ends, limits.columns.into()))?;
                let line = records.line().saturating_sub(1).max(1);
                self.letters.see(bytes, line);
            }
        }
        Ok(self)
    }

    /// Counts one row.
    fn row(&mut self, is_too_wide: bool) -> Result<(), FileRefusal> {
        self.rows += 1;
        if self.rows > u64::from(self.limits.rows) + ROWS_ABOVE {
            return Err(FileRefusal::TooManyRows {
                limit: self.limits.rows,
            });
        }
        if is_too_wide {
            return Err(FileRefusal::TooWide {
                limit: self.limits.columns,
            });
        }
        Ok(())
    }

    fn is_blank(&self, line: &[u8]) -> bool {
        line.iter()
            .all(|byte| *byte == self.delimiter || byte.is_ascii_whitespace())
    }

    /// Whether something stands beyond the last column that is taken.
    fn is_too_wide(&self, line: &[u8]) -> bool {
        let columns = usize::from(self.limits.columns);
        if line.len() < columns {
            return false;
        }
        let last = memchr_iter(self.delimiter, line).nth(columns.saturating_sub(1));
        let beyond = last.and_then(|last| line.get(last..));
        beyond.is_some_and(|beyond| !self.is_blank(beyond))
    }
}

/// As `is_too_wide`, for a record without its delimiters.
fn has_more(bytes: &[u8], ends: &[usize], columns: usize) -> bool {
    let inside = ends
        .get(columns.saturating_sub(1))
        .filter(|_| ends.len() > columns);
    let beyond = inside.and_then(|end| bytes.get(*end..));
    beyond.is_some_and(|beyond| !beyond.trim_ascii().is_empty())
}

/// Whether the bytes are UTF-8, and if not whether they may be Windows-1252.
#[derive(Debug, Default, PartialEq)]
struct Letters {
    has_utf8_letters: bool,
    first_foreign_line: Option<u64>,
    has_impossible_bytes: bool,
}

impl Letters {
    fn see(&mut self, bytes: &[u8], line: u64) {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.has_utf8_letters |= !text.is_ascii(),
            Err(_foreign) => {
                self.first_foreign_line.get_or_insert(line);
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

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        rows: 30,
        columns: 3,
        cell: 100,
        row_bytes: 40,
    };

    /// Rows, and whether there were letters; or the refusal.
    fn told(survey: Result<Survey, ReadError>) -> Result<(u64, bool, bool), String> {
        survey
            .map(|survey| {
                let letters = &survey.letters;
                let is_foreign = letters.first_foreign_line.is_some();
                (survey.rows, letters.has_utf8_letters, is_foreign)
            })
            .map_err(|error| error.to_string())
    }

    /// Record by record from the first byte.
    fn plainly(text: &[u8]) -> Result<Survey, ReadError> {
        Survey {
            rows: 0,
            lines: 0,
            letters: Letters::default(),
            delimiter: b',',
            limits: LIMITS,
        }
        .records(text)
    }

    #[test]
    fn blank_lines_are_no_rows_and_a_quoted_break_is_none_either() {
        let text = "a,b\r\n\r\n , \n\"x\ny\",z\nd";
        assert_eq!(
            told(Survey::in_blocks(text.as_bytes(), b',', LIMITS, 64)),
            Ok((3, false, false))
        );
    }

    #[test]
    fn the_line_of_the_first_foreign_letter_is_told() {
        let survey = Survey::of(&b"a\n\nb\xe9\nc"[..], b',', LIMITS).unwrap();
        assert_eq!(survey.letters.first_foreign_line, Some(3));
    }

    proptest::proptest! {
        #[test]
        fn looking_at_lines_agrees_with_looking_at_records(text in "[ab,é\"\r\n ]{0,80}", cut in 0_usize..3, size in 1_usize..90) {
            let mut text = text.into_bytes();
            text.truncate(text.len().saturating_sub(cut));
            let quick = Survey::in_blocks(&text[..], b',', LIMITS, size);
            proptest::prop_assert_eq!(told(quick), told(plainly(&text)));
        }
    }
}
