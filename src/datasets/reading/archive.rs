//! The ZIP around a workbook, looked through before any of it is believed.
//!
//! A small archive can unpack to any size, and the directory may lie about it.
//! So the directory is held to limits first, and then every part is unpacked
//! once, thrown away as it comes: that proves the checksums, finds document
//! type definitions, and counts the rows on the way.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};

use zip::ZipArchive;

use super::ReadError;
use super::markup::{self, Part};
use super::stamp::{self, Stamp};
use crate::datasets::refusal::FileRefusal;

const ENTRIES: usize = 2_000;
const TOTAL_BYTES: u64 = 200 << 20;
const ENTRY_BYTES: u64 = 150 << 20;
/// Parts that the workbook reader keeps in memory whole.
const SMALL_PART_BYTES: u64 = 20 << 20;
const RATIO: u64 = 200;
/// Below this size a high ratio does no harm.
const RATIO_FROM: u64 = 10 << 20;
const SHARED_STRINGS: u64 = 4_000_000;

/// What the archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Workbook,
    MacroWorkbook,
    OpenDocument,
    Other,
}

/// An archive within the limits.
#[derive(Debug)]
pub(super) struct Archive {
    pub content: Content,
    /// What was seen in each worksheet, by the path of its part.
    pub sheets: HashMap<String, Part>,
    /// The identifiers of the sheets, in the workbook's order.
    pub sheet_ids: Vec<String>,
    /// The paths of the parts by identifier.
    pub targets: HashMap<String, String>,
    /// The template that it was made from.
    pub stamp: Option<Stamp>,
}

pub(super) fn inspect(file: File) -> Result<Archive, ReadError> {
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(FileRefusal::corrupt)?;
    let names = check_directory(&mut zip)?;
    let content = content(&names);
    let mut archive = Archive {
        content,
        sheets: HashMap::new(),
        sheet_ids: Vec::new(),
        targets: HashMap::new(),
        stamp: None,
    };
    if content == Content::Workbook {
        for (index, name) in names.iter().enumerate() {
            read_part(&mut zip, index, name, &mut archive)?;
        }
    }
    Ok(archive)
}

fn check_directory(zip: &mut ZipArchive<BufReader<File>>) -> Result<Vec<String>, FileRefusal> {
    if zip.len() > ENTRIES {
        return Err(FileRefusal::TooBigUnpacked);
    }
    let mut names = Vec::with_capacity(zip.len());
    let mut total = 0_u64;
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(FileRefusal::corrupt)?;
        let name = entry
            .name()
            .map_err(FileRefusal::corrupt)?
            .replace('\\', "/")
            .to_lowercase();
        total = total.saturating_add(entry.size());
        if total > TOTAL_BYTES || !is_bearable(&name, entry.size(), entry.compressed_size()) {
            return Err(FileRefusal::TooBigUnpacked);
        }
        if entry.encrypted() {
            return Err(FileRefusal::PasswordProtected);
        }
        if name.starts_with('/') || name.split('/').any(|part| part == "..") {
            return Err(FileRefusal::corrupt("an entry points outside the archive"));
        }
        if name.starts_with("xl/externallinks/") {
            return Err(FileRefusal::ExternalContent);
        }
        names.push(name);
    }
    Ok(names)
}

fn is_bearable(name: &str, size: u64, packed: u64) -> bool {
    let is_streamed = is_worksheet(name) || name == "xl/sharedstrings.xml" || !is_markup(name);
    let most = if is_streamed {
        ENTRY_BYTES
    } else {
        SMALL_PART_BYTES
    };
    size <= most && (size <= RATIO_FROM || size <= packed.saturating_mul(RATIO))
}

fn content(names: &[String]) -> Content {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names.iter().any(|name| name.ends_with("vbaproject.bin")) {
        Content::MacroWorkbook
    } else if has("xl/workbook.xml")
        || (has("[content_types].xml") && names.iter().any(|name| name.starts_with("xl/")))
    {
        Content::Workbook
    } else if has("mimetype") && has("content.xml") {
        Content::OpenDocument
    } else {
        Content::Other
    }
}

fn is_worksheet(name: &str) -> bool {
    name.starts_with("xl/worksheets/") && name.ends_with(".xml")
}

fn is_markup(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn read_part(
    zip: &mut ZipArchive<BufReader<File>>,
    index: usize,
    name: &str,
    archive: &mut Archive,
) -> Result<(), ReadError> {
    let entry = zip.by_index(index).map_err(FileRefusal::corrupt)?;
    let mut limited = BufReader::with_capacity(64 << 10, entry.take(ENTRY_BYTES + 1));
    if !is_markup(name) {
        return drain(limited);
    }
    let mut head = Vec::new();
    if name == stamp::PART {
        let mut first = limited.by_ref().take(stamp::LONGEST);
        first.read_to_end(&mut head).map_err(damaged)?;
        archive.stamp = stamp::find(&head);
    }
    let part = markup::read(
        head.as_slice().chain(limited),
        name.ends_with("workbook.xml"),
        name.ends_with(".rels"),
    )
    .map_err(damaged)?;
    if part.has_doctype || part.has_external {
        return Err(FileRefusal::ExternalContent.into());
    }
    if part.strings > SHARED_STRINGS {
        return Err(FileRefusal::TooBigUnpacked.into());
    }
    if is_worksheet(name) {
        archive.sheets.insert(name.to_owned(), part);
    } else if name == "xl/workbook.xml" {
        archive.sheet_ids = part.sheet_ids;
    } else if name == "xl/_rels/workbook.xml.rels" {
        archive.targets = part.targets;
    }
    Ok(())
}

fn drain(mut entry: impl Read) -> Result<(), ReadError> {
    io::copy(&mut entry, &mut io::sink())
        .map(|_bytes| ())
        .map_err(damaged)
}

/// An error while unpacking is the file's fault: the file itself was opened
/// and its directory read.
fn damaged(error: io::Error) -> ReadError {
    FileRefusal::corrupt(error).into()
}
