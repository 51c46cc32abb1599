//! Reference lists from a folder, read as the portal reads them: BKN's own files
//! and those of the program's format (`references/`).

use anyhow::{Context, Result, ensure};
use padan::references::{self, ListFile, LoadedCodes};
use std::fs;
use std::path::Path;

/// Reads every `*.json` of a folder.
pub fn read(folder: &Path) -> Result<LoadedCodes> {
    let context = || format!("--references {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        let path = entry.with_context(context)?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            files.push(list(&path).with_context(|| path.display().to_string())?);
        }
    }
    ensure!(!files.is_empty(), "{}: no lists in it", context());
    Ok(LoadedCodes::of_files(files))
}

fn list(path: &Path) -> Result<ListFile> {
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(references::read(
        name.unwrap_or_default(),
        &fs::read(path)?,
    )?)
}
