//! Messages as files, one each, in a folder that only the portal may read.

use std::io;
use std::path::Path;
use tokio::fs;
use tokio::io::AsyncWriteExt;

use super::{Failure, Letter};

/// Keeps a message as `<time>-<id>.eml`: whole or not at all, and a second try
/// replaces the first.
pub(super) async fn keep(folder: &Path, letter: &Letter, bytes: &[u8]) -> Result<String, Failure> {
    let name = file_name(letter);
    match write(folder, &name, bytes).await {
        Ok(()) => Ok(format!("kept as {name}")),
        Err(error) => Err(Failure::Temporary(error.to_string())),
    }
}

fn file_name(letter: &Letter) -> String {
    let time = letter.written_at.utc().format("%Y%m%dT%H%M%S");
    let id: String = letter
        .message_id
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-')
        .collect();
    format!("{time}-{id}.eml")
}

async fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder).await?;
    let unfinished = folder.join(format!("{name}.part"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // A one-time link inside is as good as a password.
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(&unfinished).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    fs::rename(&unfinished, folder.join(name)).await?;
    fs::File::open(folder).await?.sync_all().await
}
