//! The declarations built into the binary, parsed once.

use std::sync::OnceLock;

use rust_embed::RustEmbed;

use super::{Dataset, raw};

#[derive(RustEmbed)]
#[folder = "datasets/"]
struct Files;

/// A declaration that cannot be used. A fault of the build: start-up stops.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("datasets/{file}: {}{reason}", field.as_ref().map(|name| format!("field {name}: ")).unwrap_or_default())]
pub struct DeclarationError {
    /// The file's name.
    pub file: String,
    /// The field at fault, when it is one field.
    pub field: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

/// All data sets, ordered by name. Call it once at start-up and stop on an error.
pub fn all() -> Result<&'static [Dataset], DeclarationError> {
    static ALL: OnceLock<Result<Vec<Dataset>, DeclarationError>> = OnceLock::new();
    match ALL.get_or_init(load) {
        Ok(datasets) => Ok(datasets),
        Err(error) => Err(error.clone()),
    }
}

/// The data set of this name.
pub fn find(name: &str) -> Option<&'static Dataset> {
    all().ok()?.iter().find(|dataset| dataset.name == name)
}

/// What people call a data set; its name where it is declared no more.
pub fn title_of(name: &str) -> &str {
    find(name).map_or(name, |dataset| &dataset.title)
}

fn load() -> Result<Vec<Dataset>, DeclarationError> {
    let files: Vec<_> = Files::iter()
        .filter(|file| file.ends_with(".json"))
        .collect();
    let mut datasets = files
        .iter()
        .filter_map(|file| Some((file, Files::get(file)?)))
        .map(|(file, content)| parse(file, &content.data))
        .collect::<Result<Vec<_>, _>>()?;
    datasets.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(datasets)
}

/// Reads one declaration; `file` is its name, `<data set>.json`.
///
/// # Errors
/// Names the file and the field that cannot be used.
pub fn parse(file: &str, json: &[u8]) -> Result<Dataset, DeclarationError> {
    let dataset = raw::parse(json).map_err(|fault| DeclarationError {
        file: file.to_owned(),
        field: fault.field,
        reason: fault.reason,
    })?;
    if file.strip_suffix(".json") != Some(dataset.name.as_str()) {
        return Err(DeclarationError {
            file: file.to_owned(),
            field: None,
            reason: format!("padan.name {:?} is not the file's name", dataset.name),
        });
    }
    Ok(dataset)
}
