//! Receiving a form with a file as a stream: bounded in parts, names and bytes,
//! cut off while it comes in, written to the disk piece by piece.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use futures_util::StreamExt;
use std::io::{self, Write};

use super::files::{FileStore, NewFile};
use super::web::AppError;

/// Parts that a form with a file may have.
const PARTS: usize = 10;
/// Bytes that the head of a part may have.
const PART_HEAD_BYTES: usize = 8 * 1024;
/// Bytes gathered before they are written.
const PIECE_BYTES: usize = 256 * 1024;
/// Characters of a file's name that are kept.
const NAME_CHARACTERS: usize = 150;

/// How much a form with a file may hold.
#[derive(Debug, Clone, Copy)]
pub struct UploadLimits {
    /// Bytes of the file.
    pub file_bytes: i64,
    /// Bytes of one plain field.
    pub field_bytes: usize,
}

impl UploadLimits {
    /// What a file may weigh, as pages say it: `250 MB`.
    pub fn in_words(&self) -> String {
        in_words(self.file_bytes)
    }
}

fn in_words(bytes: i64) -> String {
    match bytes / 1_000_000 {
        millions if millions % 1_000 == 0 => format!("{} GB", millions / 1_000),
        millions => format!("{millions} MB"),
    }
}

/// What came in.
pub struct Received {
    /// The plain fields, in their order.
    pub fields: Vec<(String, String)>,
    /// The file, not yet kept, with the name that the sender gave it, made
    /// harmless; `None` where no file was chosen.
    pub file: Option<(NewFile, String)>,
}

impl Received {
    /// The first value of a plain field, or nothing.
    pub fn field(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }
}

/// Why a form with a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The file goes on past its limit, in bytes.
    #[error("the file is larger than {limit} bytes")]
    FileTooLarge {
        /// The limit.
        limit: i64,
    },
    /// A plain field is longer than it may be.
    #[error("a field is too long")]
    FieldTooLong,
    /// More than one file.
    #[error("more than one file")]
    SeveralFiles,
    /// More parts, or a larger head of one, than any of our forms makes.
    #[error("too many parts")]
    TooManyParts,
    /// The body came too slowly.
    #[error("the body came too slowly")]
    TooSlow,
    /// Not a form with a file, or one that breaks off.
    #[error("the form cannot be read: {0}")]
    Broken(#[source] MultipartError),
    /// A plain field that is no UTF-8 text.
    #[error("a field is no text")]
    NoText,
    /// The disk refused.
    #[error("the file could not be written: {0}")]
    Disk(#[from] io::Error),
}

/// Reads a form with at most one file. The file stays a part file, which goes
/// away by itself unless it is kept.
///
/// # Errors
/// The first limit that is passed, a form that cannot be read, or the disk's.
pub async fn receive(
    mut form: Multipart,
    store: &FileStore,
    limits: UploadLimits,
) -> Result<Received, UploadError> {
    let mut received = Received {
        fields: Vec::new(),
        file: None,
    };
    let mut parts = 0;
    while let Some(part) = form.next().await {
        let part = part.map_err(broken)?;
        parts += 1;
        if parts > PARTS || head_bytes(&part) > PART_HEAD_BYTES {
            return Err(UploadError::TooManyParts);
        }
        take(part, &mut received, store, limits).await?;
    }
    Ok(received)
}

async fn take(
    mut part: Field,
    received: &mut Received,
    store: &FileStore,
    limits: UploadLimits,
) -> Result<(), UploadError> {
    let Some(file_name) = file_name(&part) else {
        let field = plain_field(&mut part, limits.field_bytes).await?;
        received.fields.push(field);
        return Ok(());
    };
    let file = write_file(&mut part, store, limits.file_bytes).await?;
    if file_name.is_empty() && file.size() == 0 {
        // A form whose file was not chosen still sends the part.
        return Ok(());
    }
    if received.file.is_some() {
        return Err(UploadError::SeveralFiles);
    }
    received.file = Some((file, harmless_name(&file_name)));
    Ok(())
}

fn head_bytes(part: &Field) -> usize {
    part.headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum()
}

fn file_name(part: &Field) -> Option<String> {
    let disposition = part.content_disposition()?;
    disposition
        .get_filename_ext()
        .map(|name| String::from_utf8_lossy(&name.value).into_owned())
        .or_else(|| disposition.get_filename().map(str::to_owned))
}

async fn plain_field(part: &mut Field, limit: usize) -> Result<(String, String), UploadError> {
    let name = part.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        bytes.extend_from_slice(&chunk.map_err(broken)?);
        if bytes.len() > limit {
            return Err(UploadError::FieldTooLong);
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok((name, text)),
        _ => Err(UploadError::NoText),
    }
}

async fn write_file(
    part: &mut Field,
    store: &FileStore,
    limit: i64,
) -> Result<NewFile, UploadError> {
    let mut file = store.begin()?;
    let mut piece = Vec::with_capacity(PIECE_BYTES);
    while let Some(chunk) = part.next().await {
        piece.extend_from_slice(&chunk.map_err(broken)?);
        let size = file.size() + i64::try_from(piece.len()).unwrap_or(i64::MAX);
        if size > limit {
            return Err(UploadError::FileTooLarge { limit });
        }
        if piece.len() >= PIECE_BYTES {
            (file, piece) = write_piece(file, piece).await?;
        }
    }
    Ok(write_piece(file, piece).await?.0)
}

/// The disk may make one wait: that is not for the thread that serves others.
async fn write_piece(mut file: NewFile, mut piece: Vec<u8>) -> io::Result<(NewFile, Vec<u8>)> {
    actix_web::web::block(move || {
        file.write_all(&piece)?;
        piece.clear();
        Ok((file, piece))
    })
    .await
    .map_err(io::Error::other)?
}

fn broken(error: MultipartError) -> UploadError {
    match error {
        MultipartError::Payload(PayloadError::Io(cause))
            if cause.kind() == io::ErrorKind::TimedOut =>
        {
            UploadError::TooSlow
        }
        error => UploadError::Broken(error),
    }
}

impl From<UploadError> for AppError {
    fn from(error: UploadError) -> Self {
        use UploadError as E;
        let sentence = match error {
            E::Disk(cause) => return Self::File(cause),
            E::FileTooLarge { limit } => {
                let limit = in_words(limit);
                return Self::TooLarge(format!("Berkas lebih besar dari batas {limit}."));
            }
            E::FieldTooLong => return Self::TooLarge("Isian formulir terlalu panjang.".to_owned()),
            E::SeveralFiles => "Pilih satu berkas saja.",
            E::TooManyParts | E::NoText => {
                "Isian formulir tidak dapat dibaca. Buka lagi halamannya, lalu coba lagi."
            }
            E::TooSlow | E::Broken(_) => {
                "Pengiriman berkas terputus sebelum selesai. Berkas belum tersimpan; kirim lagi."
            }
        };
        Self::BadRequest(sentence.to_owned())
    }
}

/// The name a sender gave a file, fit to be shown: folders cut off, no control
/// or direction characters, at most 150 characters with the ending kept.
pub fn harmless_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_direction(*c))
        .collect();
    let clean = clean.trim();
    if clean.trim_matches('.').is_empty() {
        return "berkas".to_owned();
    }
    shortened(clean)
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= NAME_CHARACTERS {
        return name.to_owned();
    }
    let ending: String = name.chars().skip(length - 20).collect();
    let start: String = name.chars().take(NAME_CHARACTERS - 21).collect();
    format!("{start}…{ending}")
}

/// Characters that turn the direction of text, or that nobody sees.
fn is_direction(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_loses_its_folders_and_its_tricks() {
        assert_eq!(harmless_name("../../etc/passwd"), "passwd");
        assert_eq!(harmless_name("C:\\data\\kursus.xlsx"), "kursus.xlsx");
        assert_eq!(harmless_name("lap\u{202E}fdp.exe\0\r\n"), "lapfdp.exe");
        assert_eq!(harmless_name(".."), "berkas");
        assert_eq!(harmless_name(""), "berkas");
        assert_eq!(
            harmless_name("laporan semester 1.pdf"),
            "laporan semester 1.pdf"
        );
    }

    #[test]
    fn a_long_file_name_keeps_its_ending() {
        let name = harmless_name(&format!("{}.pdf", "ä".repeat(400)));
        assert_eq!(name.chars().count(), NAME_CHARACTERS);
        assert!(name.ends_with(".pdf"));
    }
}
