//! The lists that come with the program (`references/*.json`).

use super::actions::{self, Order, StageError};
use super::queries::find;
use crate::audit::SYSTEM;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

#[derive(rust_embed::RustEmbed)]
#[folder = "references/"]
struct Files;

/// Why the lists could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file is not a list.
    #[error("references/{file}: {source}")]
    File {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        source: StageError,
    },
    /// A query failed.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Loads the lists into a portal that has none. Runs inside a transaction.
///
/// # Errors
/// Names the file that is not a list.
pub fn load_embedded(conn: &mut DbConn, now: Moment) -> Result<(), LoadError> {
    if !find::lists(conn)?.is_empty() {
        return Ok(());
    }
    let lists = Files::iter().filter(|name| name.ends_with(".json") && !name.contains('/'));
    for file in lists {
        let content = Files::get(&file).map(|found| found.data);
        let order = Order {
            actor: SYSTEM,
            file_name: &file,
            content: &content.unwrap_or_default(),
            label: None,
            form_key: &format!("embedded:{file}"),
        };
        actions::load(conn, order, now).map_err(|source| LoadError::File {
            file: file.to_string(),
            source,
        })?;
    }
    Ok(())
}
