//! Which encoding a text file is in.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::datasets::refusal::FileRefusal;

/// Encodings that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

const BUFFER: usize = 64 << 10;
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

impl Encoding {
    /// The name people know.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }

    fn label(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }
}

/// Guesses by the first bytes. What looks like UTF-8 may still turn out to be
/// Windows-1252 further down.
pub(super) fn guess(head: &[u8]) -> Result<Encoding, FileRefusal> {
    match head {
        [0xff, 0xfe, ..] => Ok(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Ok(Encoding::Utf16Be),
        _ => {
            let zeros = head.iter().filter(|byte| **byte == 0).count();
            if zeros * 10 > head.len() {
                Err(FileRefusal::Encoding { line: 1 })
            } else {
                Ok(Encoding::Utf8)
            }
        }
    }
}

/// Opens the file as UTF-8 text, without the mark at its beginning.
pub(super) fn open(path: &Path, encoding: Encoding) -> io::Result<Box<dyn BufRead>> {
    let mut file = File::open(path)?;
    if encoding == Encoding::Utf8 {
        let mut mark = Vec::new();
        file.by_ref().take(3).read_to_end(&mut mark)?;
        file.seek(SeekFrom::Start(if mark == UTF8_MARK { 3 } else { 0 }))?;
        return Ok(Box::new(BufReader::with_capacity(BUFFER, file)));
    }
    let decoded = DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding.label()))
        .build(file);
    Ok(Box::new(BufReader::with_capacity(BUFFER, decoded)))
}

/// Whether bytes that are no UTF-8 can be Windows-1252 text: no control
/// characters, none of its five unused bytes, and none of the letters that our
/// texts never have but damaged UTF-8 is full of: À, Á, Â, Ã, þ, ÿ.
pub(super) fn may_be_windows_1252(bytes: &[u8]) -> bool {
    let is_control = |byte: u8| matches!(byte, 0x00..=0x08 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f);
    let is_unused = |byte: u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    let is_damage = |byte: u8| matches!(byte, 0xc0..=0xc3 | 0xfe | 0xff);
    !bytes
        .iter()
        .any(|byte| is_control(*byte) || is_unused(*byte) || is_damage(*byte))
}
