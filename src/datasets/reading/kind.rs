//! What kind of file it is: by its content, and the name has to agree.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::ReadError;
use super::archive::{self, Archive, Content};
use crate::datasets::context::Upload;
use crate::datasets::refusal::FileRefusal;

pub(super) enum FileKind {
    Csv,
    Xlsx(Archive),
}

/// The first bytes of a file, enough for every magic number.
const HEAD: u64 = 4_096;

pub(super) fn of(upload: Upload<'_>) -> Result<FileKind, ReadError> {
    let extension = extension(upload.original_name);
    if !["csv", "xlsx", "xlsm", "xls", "ods"].contains(&extension.as_str()) {
        return Err(unknown(upload).into());
    }
    let mut file = File::open(upload.path)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    if head.is_empty() {
        return Err(FileRefusal::Empty.into());
    }
    match (extension.as_str(), looks_like(&head)) {
        ("ods", _) => Err(FileRefusal::OpenDocument.into()),
        (_, "Excel 97-2003") => Err(compound(file)?.into()),
        ("xlsx" | "xlsm", "ZIP") => workbook(file, upload, &extension),
        ("csv", "") => Ok(FileKind::Csv),
        ("xls" | "xlsm", _) => Err(unknown(upload).into()),
        (_, "") => Err(FileRefusal::TypeMismatch {
            looks_like: "teks".into(),
        }
        .into()),
        (_, other) => Err(FileRefusal::TypeMismatch {
            looks_like: other.into(),
        }
        .into()),
    }
}

fn workbook(file: File, upload: Upload<'_>, extension: &str) -> Result<FileKind, ReadError> {
    let archive = archive::inspect(file)?;
    match archive.content {
        Content::Workbook if extension == "xlsx" => Ok(FileKind::Xlsx(archive)),
        Content::Workbook => Err(unknown(upload).into()),
        Content::MacroWorkbook => Err(FileRefusal::Macros.into()),
        Content::OpenDocument => Err(FileRefusal::OpenDocument.into()),
        Content::Other => Err(FileRefusal::TypeMismatch {
            looks_like: "ZIP".into(),
        }
        .into()),
    }
}

fn unknown(upload: Upload<'_>) -> FileRefusal {
    let is_plain = |letter: &char| {
        !letter.is_control() && !matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    FileRefusal::UnknownType {
        name: upload
            .original_name
            .chars()
            .filter(is_plain)
            .take(150)
            .collect(),
    }
}

/// The extension in lower case; a dot or a space at the very end is an
/// accident of saving.
fn extension(name: &str) -> String {
    let name = name.trim_end_matches(['.', ' ']);
    let extension = name
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map(|(_, extension)| extension);
    extension.unwrap_or_default().to_ascii_lowercase()
}

/// What the first bytes look like; the empty text when they may be plain text.
fn looks_like(head: &[u8]) -> &'static str {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"PK\x03\x04", "ZIP"),
        (b"PK\x05\x06", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel 97-2003"),
        (b"\x1f\x8b", "GZIP"),
        (b"%PDF-", "PDF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"{\\rtf", "RTF"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    ];
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return name;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if text.trim_ascii_start().starts_with(b"<") {
        "HTML"
    } else {
        ""
    }
}

/// An OLE compound file: an encrypted workbook names its parts so; all else is
/// the old format.
fn compound(mut file: File) -> io::Result<FileRefusal> {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut window = Vec::new();
    loop {
        let kept = window.len().min(name.len());
        window.drain(..window.len() - kept);
        if file.by_ref().take(HEAD * 16).read_to_end(&mut window)? == 0 {
            return Ok(FileRefusal::OldExcel);
        }
        if window.windows(name.len()).any(|bytes| bytes == name) {
            return Ok(FileRefusal::PasswordProtected);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_is_the_last_one_in_any_case() {
        for (name, expected) in [
            ("DATA.CSV", "csv"),
            ("data.csv.", "csv"),
            ("../../x.csv", "csv"),
            ("laporan\u{202e}vsc.exe", "exe"),
            (".htaccess", ""),
            ("csv", ""),
            ("a.b.xlsx ", "xlsx"),
            ("", ""),
        ] {
            assert_eq!(extension(name), expected, "{name}");
        }
    }
}
