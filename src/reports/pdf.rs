//! Whether a file is a PDF that does nothing but show itself (ISO 32000-1).
//!
//! Names are compared as a reader decodes them (`/Java#53cript`). Streams are
//! never unpacked, so a name inside a packed object is not seen: what is stored
//! is therefore only ever handed out as an attachment, never opened here.

use std::io::{self, Read};

/// Bytes from the start within which the header must stand.
const HEADER_WITHIN: usize = 1024;
/// Bytes from the end within which the end mark must stand.
const END_WITHIN: u64 = 2048;
/// Bytes of a name that are looked at; the names refused are shorter.
const NAME_BYTES: usize = 64;

/// What speaks against a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfFault {
    /// It holds nothing.
    Empty,
    /// It is no PDF.
    NotPdf,
    /// It breaks off: there is no end mark.
    CutOff,
    /// It needs a password.
    Encrypted,
    /// It runs something, or carries another file.
    Active,
}

/// Reads a file through, once, and says what speaks against it.
///
/// # Errors
/// The disk's.
pub fn fault(mut file: impl Read) -> io::Result<Option<PdfFault>> {
    let mut buffer = vec![0; 64 * 1024];
    let mut scan = Scan::default();
    loop {
        let count = match file.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            count => count?,
        };
        if count == 0 {
            break;
        }
        for byte in buffer.iter().take(count) {
            scan.feed(*byte);
        }
    }
    Ok(scan.verdict())
}

#[derive(Default)]
struct Scan {
    count: u64,
    head: Vec<u8>,
    /// The last bytes, the latest in the lowest place.
    last: u128,
    name: Option<Vec<u8>>,
    in_stream: bool,
    /// After `/OpenAction`, before its value.
    awaits_action: bool,
    end_mark: Option<u64>,
    encrypted: bool,
    active: bool,
}

impl Scan {
    fn feed(&mut self, byte: u8) {
        self.count += 1;
        if self.head.len() < HEADER_WITHIN {
            self.head.push(byte);
        }
        self.last = (self.last << 8) | u128::from(byte);
        self.watch_for_keywords(byte);
        match &mut self.name {
            Some(name) if is_regular(byte) => {
                if name.len() < NAME_BYTES {
                    name.push(byte);
                }
            }
            Some(_) => {
                self.end_name();
                self.begin_value(byte);
            }
            None => self.begin_value(byte),
        }
    }

    fn watch_for_keywords(&mut self, byte: u8) {
        if self.ends_with(b"%%EOF") {
            self.end_mark = Some(self.count);
        }
        if self.ends_with(b"endstream") {
            self.in_stream = false;
        } else if matches!(byte, b'\r' | b'\n') {
            let begins = [
                &b">>stream\n"[..],
                b">>stream\r",
                b"\nstream\n",
                b"\nstream\r",
            ];
            self.in_stream |= begins.iter().any(|mark| self.ends_with(mark));
        }
    }

    fn ends_with(&self, mark: &[u8]) -> bool {
        let bytes = self.last.to_be_bytes();
        bytes.ends_with(mark)
    }

    fn begin_value(&mut self, byte: u8) {
        if byte == b'/' {
            self.name = Some(Vec::new());
        }
        if self.awaits_action && !byte.is_ascii_whitespace() && byte != 0 {
            // A destination (`[`) only turns to a page; a dictionary acts.
            self.active |= byte == b'<';
            self.awaits_action = false;
        }
    }

    fn end_name(&mut self) {
        let name = self.name.take().unwrap_or_default();
        match decoded(&name).as_slice() {
            b"Encrypt" => self.encrypted = true,
            b"JavaScript" | b"Launch" | b"EmbeddedFile" | b"EmbeddedFiles" | b"SubmitForm"
            | b"ImportData" | b"RichMedia" => self.active = true,
            // Three bytes come about by chance inside packed data.
            b"JS" if !self.in_stream => self.active = true,
            b"OpenAction" if !self.in_stream => self.awaits_action = true,
            _ => {}
        }
    }

    fn verdict(&self) -> Option<PdfFault> {
        if self.count == 0 {
            return Some(PdfFault::Empty);
        }
        if !has_header(&self.head) {
            return Some(PdfFault::NotPdf);
        }
        let ends = self
            .end_mark
            .is_some_and(|at| self.count - at <= END_WITHIN);
        if !ends {
            return Some(PdfFault::CutOff);
        }
        if self.encrypted {
            return Some(PdfFault::Encrypted);
        }
        self.active.then_some(PdfFault::Active)
    }
}

/// What stands before the header may be junk, but not another kind of file.
fn has_header(head: &[u8]) -> bool {
    let at = head.windows(5).position(|bytes| bytes == b"%PDF-");
    let before = at.and_then(|at| head.get(..at));
    before.is_some_and(|junk| !junk.contains(&b'<') && !junk.starts_with(b"PK"))
}

/// Whether a byte can be part of a name.
fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | b'\t'
            | b'\n'
            | 0x0C
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

/// A name with its `#xx` read as the bytes they stand for.
fn decoded(name: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = match after {
            [high, low, ..] if byte == b'#' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        let value = escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        out.push(value.unwrap_or(byte));
        rest = match value {
            Some(_) => after.get(2..).unwrap_or_default(),
            None => after,
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<PdfFault> {
        fault(format!("%PDF-1.7\n{body}\n%%EOF\n").as_bytes()).unwrap()
    }

    #[test]
    fn a_plain_pdf_passes_also_with_a_destination_and_a_link() {
        assert_eq!(
            of("1 0 obj << /Type /Catalog /OpenAction [3 0 R /Fit] >>"),
            None
        );
        assert_eq!(of("<< /S /URI /URI (http://contoh.example) >>"), None);
        assert_eq!(fault(&b"junk\n%PDF-1.4\n%%EOF"[..]).unwrap(), None);
    }

    #[test]
    fn what_acts_is_refused_also_when_its_name_is_escaped() {
        for body in [
            "<< /S /JavaScript >>",
            "<< /S /Java#53cript >>",
            "<</S/#4a#61vaScript/JS(x)>>",
            "<< /JS 4 0 R >>",
            "<< /S /Launch /F (x) >>",
            "<< /Type /EmbeddedFile >>",
            "<< /OpenAction << /S /GoTo >> >>",
            "/OpenAction\n\n<<",
        ] {
            assert_eq!(of(body), Some(PdfFault::Active), "{body}");
        }
        assert_eq!(
            of("trailer << /Encr#79pt 6 0 R >>"),
            Some(PdfFault::Encrypted)
        );
    }

    #[test]
    fn chance_bytes_inside_packed_data_are_no_script() {
        assert_eq!(of("<< /Length 9 >>\nstream\nx/JS y\nendstream"), None);
        let after = "<< /Length 1 >>\nstream\nx\nendstream\n<< /JS (x) >>";
        assert_eq!(of(after), Some(PdfFault::Active));
    }

    #[test]
    fn what_is_no_pdf_or_breaks_off_is_told_apart() {
        let said = |bytes: &[u8]| fault(bytes).unwrap();
        assert_eq!(said(b""), Some(PdfFault::Empty));
        assert_eq!(said(b"<html>%PDF-1.7 %%EOF"), Some(PdfFault::NotPdf));
        assert_eq!(said(b"PK\x03\x04%PDF-1.7 %%EOF"), Some(PdfFault::NotPdf));
        assert_eq!(said(b"%PDF-1.7\n1 0 obj"), Some(PdfFault::CutOff));
        let mut late = vec![b' '; 1100];
        late.extend_from_slice(b"%PDF-1.7 %%EOF");
        assert_eq!(said(&late), Some(PdfFault::NotPdf));
        let mut trailing = b"%PDF-1.7 %%EOF".to_vec();
        trailing.extend(vec![b'x'; 5000]);
        assert_eq!(said(&trailing), Some(PdfFault::CutOff));
    }

    #[test]
    fn a_name_may_run_on_without_end() {
        let long = format!("/{}", "A".repeat(1_000_000));
        assert_eq!(of(&long), None);
        assert_eq!(of("/#"), None);
        assert_eq!(of("/JavaScript#"), None);
    }
}
