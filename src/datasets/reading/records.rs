//! Splits delimited text into records as spreadsheets do: RFC 4180, and
//! leniently where people have typed by hand. Counts the rows that a
//! spreadsheet would show, blank ones too, and keeps one record in memory.

use std::io::BufRead;

use memchr::{memchr, memchr_iter, memchr3};

use super::ReadError;
use crate::datasets::refusal::FileRefusal;

/// Where in the text the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// Reads records one after the other.
pub(super) struct Records<R> {
    input: R,
    longest: u64,
    row: u32,
    splitter: Splitter,
}

/// The record as far as it has been read.
struct Splitter {
    delimiter: u8,
    record: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    quote_line: u64,
    state: State,
    after_cr: bool,
}

impl<R: BufRead> Records<R> {
    /// As [`Records::new`], below so many lines that are a row each.
    pub fn after(lines: u64, input: R, delimiter: u8, longest: u64) -> Self {
        let mut records = Self::new(input, delimiter, longest);
        records.row = u32::try_from(lines).unwrap_or(u32::MAX);
        records.splitter.line = lines + 1;
        records
    }

    /// `longest` is the most bytes that a record may have.
    pub fn new(input: R, delimiter: u8, longest: u64) -> Self {
        let splitter = Splitter {
            delimiter,
            record: Vec::new(),
            ends: Vec::new(),
            line: 1,
            quote_line: 1,
            state: State::FieldStart,
            after_cr: false,
        };
        Self {
            input,
            longest,
            row: 0,
            splitter,
        }
    }

    /// Reads the next record that is not an empty line; false at the end of
    /// the text.
    pub fn read(&mut self) -> Result<bool, ReadError> {
        self.skip_empty_lines()?;
        self.splitter.start();
        self.row = self.row.saturating_add(1);
        loop {
            let room = self.room();
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(self.splitter.finish()?);
            }
            // No more than crosses the limit: what is told of a record beyond it
            // is not to depend on how the input comes in pieces.
            let mut scan = Scan {
                chunk: chunk.get(..room).unwrap_or(chunk),
                at: 0,
            };
            let is_done = self.splitter.take(&mut scan);
            let used = scan.at;
            self.input.consume(used);
            if self.room() == 0 {
                return Err(self.too_long().into());
            }
            if is_done {
                return Ok(true);
            }
        }
    }

    /// How many bytes the record may grow until it is too long.
    fn room(&self) -> usize {
        let taken = self.splitter.record.len() as u64;
        let left = self.longest.saturating_add(1).saturating_sub(taken);
        usize::try_from(left).unwrap_or(usize::MAX)
    }

    /// Empty lines are rows, too, but there can be millions of them.
    fn skip_empty_lines(&mut self) -> Result<(), ReadError> {
        loop {
            let chunk = self.input.fill_buf()?;
            let used = self.splitter.skip_breaks(chunk, &mut self.row);
            let is_all = used == chunk.len();
            self.input.consume(used);
            if !is_all || used == 0 {
                return Ok(());
            }
        }
    }

    /// The record's row as a spreadsheet shows it.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// The line of the text after the record.
    pub fn line(&self) -> u64 {
        self.splitter.line
    }

    /// The record's bytes, and where each of its cells ends in them.
    pub fn cells(&self) -> (&[u8], &[usize]) {
        (&self.splitter.record, &self.splitter.ends)
    }

    fn too_long(&self) -> FileRefusal {
        match self.splitter.state {
            State::Quoted => FileRefusal::UnclosedQuote {
                line: self.splitter.quote_line,
            },
            _ => FileRefusal::RowTooLong {
                row: self.row,
                limit: self.longest,
            },
        }
    }
}

/// The part of the input that is being looked at.
struct Scan<'a> {
    chunk: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a [u8] {
        self.chunk.get(self.at..).unwrap_or_default()
    }

    /// Takes everything up to a place in the rest, or all of it.
    fn take_to(&mut self, place: Option<usize>) -> &'a [u8] {
        let taken = self
            .rest()
            .get(..place.unwrap_or(usize::MAX))
            .unwrap_or(self.rest());
        self.at += taken.len();
        taken
    }
}

impl Splitter {
    fn start(&mut self) {
        self.record.clear();
        self.ends.clear();
        self.state = State::FieldStart;
    }

    /// Counts the line breaks at the beginning of the chunk as rows; how many
    /// bytes they are.
    fn skip_breaks(&mut self, chunk: &[u8], row: &mut u32) -> usize {
        for (at, byte) in chunk.iter().enumerate() {
            let is_second_half = std::mem::take(&mut self.after_cr) && *byte == b'\n';
            match byte {
                b'\n' if is_second_half => continue,
                b'\n' => {}
                b'\r' => self.after_cr = true,
                _ => return at,
            }
            *row = row.saturating_add(1);
            self.line += 1;
        }
        chunk.len()
    }

    /// The end of the text; whether there was one more record.
    fn finish(&mut self) -> Result<bool, FileRefusal> {
        match self.state {
            State::Quoted => Err(FileRefusal::UnclosedQuote {
                line: self.quote_line,
            }),
            State::FieldStart if self.record.is_empty() && self.ends.is_empty() => Ok(false),
            _ => {
                self.ends.push(self.record.len());
                Ok(true)
            }
        }
    }

    /// Goes through the chunk; true when the record has ended.
    fn take(&mut self, scan: &mut Scan<'_>) -> bool {
        while let Some(&byte) = scan.rest().first() {
            if std::mem::take(&mut self.after_cr) && byte == b'\n' {
                scan.at += 1;
                continue;
            }
            let is_done = match self.state {
                State::FieldStart | State::Plain => self.plain(byte, scan),
                State::Quoted => self.quoted(scan),
                State::QuoteInQuoted => self.after_quote(byte, scan),
            };
            if is_done {
                return true;
            }
        }
        false
    }

    fn plain(&mut self, byte: u8, scan: &mut Scan<'_>) -> bool {
        if byte == b'"' && self.state == State::FieldStart {
            scan.at += 1;
            self.state = State::Quoted;
            self.quote_line = self.line;
            return false;
        }
        let place = memchr3(self.delimiter, b'\n', b'\r', scan.rest());
        let text = scan.take_to(place);
        self.record.extend_from_slice(text);
        self.state = State::Plain;
        place.is_some() && self.end_of_field(scan)
    }

    fn quoted(&mut self, scan: &mut Scan<'_>) -> bool {
        let place = memchr(b'"', scan.rest());
        let text = scan.take_to(place);
        self.line += memchr_iter(b'\n', text).count() as u64;
        self.record.extend_from_slice(text);
        if place.is_some() {
            scan.at += 1;
            self.state = State::QuoteInQuoted;
        }
        false
    }

    fn after_quote(&mut self, byte: u8, scan: &mut Scan<'_>) -> bool {
        if byte == b'"' {
            scan.at += 1;
            self.record.push(byte);
            self.state = State::Quoted;
            return false;
        }
        self.state = State::Plain;
        self.plain(byte, scan)
    }

    /// At a delimiter or a line end; true for the line end.
    fn end_of_field(&mut self, scan: &mut Scan<'_>) -> bool {
        self.ends.push(self.record.len());
        self.state = State::FieldStart;
        let byte = scan.rest().first().copied();
        scan.at += 1;
        if byte == Some(self.delimiter) {
            return false;
        }
        self.after_cr = byte == Some(b'\r');
        self.line += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        read(text.as_bytes(), 7).unwrap()
    }

    /// Reads with a buffer of so many bytes, so that every state meets its edge.
    fn read(text: &[u8], buffer: usize) -> Result<Vec<(u32, Vec<String>)>, ReadError> {
        let mut records =
            Records::new(std::io::BufReader::with_capacity(buffer, text), b',', 1_000);
        let mut all = Vec::new();
        while records.read()? {
            let (bytes, ends) = records.cells();
            let mut start = 0;
            let cell = |&end: &usize| {
                let text = String::from_utf8_lossy(&bytes[start..end]).into_owned();
                start = end;
                text
            };
            all.push((records.row(), ends.iter().map(cell).collect()));
        }
        Ok(all)
    }

    fn cells(row: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (row, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn quotes_hold_delimiters_line_breaks_and_doubled_quotes() {
        assert_eq!(
            rows("a,\"b,\"\"c\"\"\",d\n\"x\r\ny\",z"),
            [cells(1, &["a", "b,\"c\"", "d"]), cells(2, &["x\r\ny", "z"])]
        );
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_shows_them() {
        assert_eq!(
            rows("a\r\n\r\n\"b\nb\"\r\n\n\nc"),
            [cells(1, &["a"]), cells(3, &["b\nb"]), cells(6, &["c"])]
        );
    }

    #[test]
    fn lines_may_end_in_any_of_three_ways() {
        assert_eq!(
            rows("a,b\rc,d\r\ne,f\n"),
            [
                cells(1, &["a", "b"]),
                cells(2, &["c", "d"]),
                cells(3, &["e", "f"])
            ]
        );
    }

    #[test]
    fn a_quote_inside_a_cell_is_text() {
        assert_eq!(
            rows("a 5\" b,c\n\"x\"y,z\n"),
            [cells(1, &["a 5\" b", "c"]), cells(2, &["xy", "z"])]
        );
    }

    #[test]
    fn an_open_quote_is_told_with_its_line() {
        let error = read(b"a,b\n\"x\ny\",c\nd,\"e\nf\ng", 7).unwrap_err();
        assert_eq!(
            error.to_string(),
            FileRefusal::UnclosedQuote { line: 4 }.to_string()
        );
    }

    #[test]
    fn a_line_without_end_is_refused_before_it_fills_the_memory() {
        let error = read(&[b'x'; 5_000], 512).unwrap_err();
        assert_eq!(
            error.to_string(),
            FileRefusal::RowTooLong {
                row: 1,
                limit: 1_000
            }
            .to_string()
        );
    }

    #[test]
    fn a_delimiter_at_the_end_makes_an_empty_cell() {
        assert_eq!(rows("a,\n,\n"), [cells(1, &["a", ""]), cells(2, &["", ""])]);
        assert_eq!(rows("a,"), [cells(1, &["a", ""])]);
    }

    proptest::proptest! {
        #[test]
        fn the_size_of_the_buffer_changes_nothing(text in "[ab,\"\r\n]{0,60}", buffer in 1_usize..20) {
            let (one, other) = (read(text.as_bytes(), buffer), read(text.as_bytes(), 4_096));
            proptest::prop_assert_eq!(one.ok(), other.ok());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = read(&bytes, 16);
        }

        #[test]
        fn what_a_writer_quotes_comes_back_the_same(cells in proptest::collection::vec("[ab,\"\r\n]{0,8}", 2..5)) {
            let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            writer.write_record(&cells).unwrap();
            let text = writer.into_inner().unwrap();
            proptest::prop_assert_eq!(read(&text, 16).unwrap(), vec![(1, cells)]);
        }
    }
}
