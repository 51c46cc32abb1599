//! Which character stands between the cells of a text file.

use super::records::Records;
use super::row::RawRow;
use crate::datasets::header::Search;

/// Comma first: it wins where nothing speaks for another.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows looked at.
const ROWS: usize = 11;

/// The delimiter that makes most known headers out of the first rows.
pub(super) fn find(sample: &[u8], search: &Search<'_>) -> u8 {
    let scored = CANDIDATES
        .into_iter()
        .map(|delimiter| (score(sample, delimiter, search), delimiter));
    scored
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map_or(b',', |(_, delimiter)| delimiter)
}

/// Known headers in the best row, and the delimiters in the first row.
fn score(sample: &[u8], delimiter: u8, search: &Search<'_>) -> (usize, usize) {
    let mut records = Records::new(sample, delimiter, sample.len() as u64);
    let mut row = RawRow::default();
    let (mut best, mut width) = (0, 0);
    let mut seen = 0;
    while seen < ROWS && records.read().unwrap_or(false) {
        let (bytes, ends) = records.cells();
        let Ok(text) = std::str::from_utf8(bytes) else {
            continue;
        };
        row.fill(records.row(), text, ends);
        if row.is_blank() {
            continue;
        }
        best = best.max(search.matches(row.cells()));
        width = if seen == 0 {
            row.len().saturating_sub(1)
        } else {
            width
        };
        seen += 1;
    }
    (best, width)
}

/// Excel's hint line, `sep=;`: the delimiter and the line's length.
pub(super) fn hint(sample: &[u8]) -> Option<(u8, usize)> {
    let end = sample
        .iter()
        .position(|byte| matches!(byte, b'\r' | b'\n'))?;
    let line = sample.get(..end)?;
    let line = line
        .strip_prefix(b"\"")
        .and_then(|rest| rest.strip_suffix(b"\""))
        .unwrap_or(line);
    let (key, value) = line.split_at_checked(4)?;
    let [delimiter] = value else { return None };
    let is_hint = key.eq_ignore_ascii_case(b"sep=")
        && (delimiter.is_ascii_punctuation() || *delimiter == b'\t')
        && *delimiter != b'"';
    let break_length = if sample.get(end..end + 2) == Some(b"\r\n") {
        2
    } else {
        1
    };
    is_hint.then_some((*delimiter, end + break_length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::find as dataset;

    fn delimiter(text: &str) -> u8 {
        let dataset = dataset("riwayat-kursus").unwrap();
        find(
            text.as_bytes(),
            &Search::new(dataset, vec![true; dataset.fields.len()]),
        )
    }

    #[test]
    fn known_headers_tell_the_delimiter_whatever_stands_in_the_text() {
        assert_eq!(
            delimiter("id_pns;nip;nama_kursus\nA;B;satu, dua, tiga, empat, lima\n"),
            b';'
        );
        assert_eq!(delimiter("id_pns\tnip\tnama_kursus\nA\tB\tx;y\n"), b'\t');
        assert_eq!(delimiter("id_pns|nip\n"), b'|');
        assert_eq!(
            delimiter("Laporan, tahun; 2025\nid_pns,nip,nama_kursus\n"),
            b','
        );
        assert_eq!(delimiter(""), b',');
    }

    #[test]
    fn the_hint_line_is_known_in_any_case_and_with_quotes() {
        assert_eq!(hint(b"sep=;\r\nid_pns"), Some((b';', 7)));
        assert_eq!(hint(b"\"SEP=|\"\nid"), Some((b'|', 8)));
        assert_eq!(hint(b"sep=\nid"), None);
        assert_eq!(hint(b"separuh\n"), None);
        assert_eq!(hint(b"sep=;"), None);
    }
}
