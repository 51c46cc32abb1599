//! The lists that come with the program (`references/*.json`).

use diesel::prelude::*;
use serde::Deserialize;

use crate::per_backend;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{reference_codes, reference_lists};

#[derive(rust_embed::RustEmbed)]
#[folder = "references/"]
struct Files;

#[derive(Deserialize)]
struct ListFile {
    list: String,
    title: String,
    source: String,
    version: String,
    codes: Vec<CodeEntry>,
}

#[derive(Deserialize)]
struct CodeEntry {
    code: String,
    name: String,
}

/// Why the lists could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file is not a list.
    #[error("references/{file}: {source}")]
    File {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A query failed.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Loads the lists into a portal that has none. Runs inside a transaction.
///
/// # Errors
/// Names the file that is not a list.
pub fn load_embedded(conn: &mut DbConn) -> Result<(), LoadError> {
    let known: i64 = reference_lists::table.count().get_result(conn)?;
    if known > 0 {
        return Ok(());
    }
    for file in Files::iter().filter(|name| name.ends_with(".json")) {
        let content = Files::get(&file)
            .map(|found| found.data)
            .unwrap_or_default();
        let list = serde_json::from_slice(&content).map_err(|source| LoadError::File {
            file: file.to_string(),
            source,
        })?;
        insert(conn, &list)?;
    }
    Ok(())
}

fn insert(conn: &mut DbConn, list: &ListFile) -> QueryResult<()> {
    diesel::insert_into(reference_lists::table)
        .values((
            reference_lists::name.eq(&list.list),
            reference_lists::title.eq(&list.title),
            reference_lists::source.eq(&list.source),
            reference_lists::version.eq(&list.version),
        ))
        .execute(conn)?;
    let rows: Vec<_> = list
        .codes
        .iter()
        .map(|entry| {
            (
                reference_codes::list.eq(&list.list),
                reference_codes::code.eq(&entry.code),
                reference_codes::name.eq(&entry.name),
            )
        })
        .collect();
    per_backend!(conn, |c| diesel::insert_into(reference_codes::table)
        .values(&rows)
        .execute(c))
    .map(drop)
}
