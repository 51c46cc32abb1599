//! `padan check-upload`, `padan import-upload` and `padan mark-upload`: work on
//! an uploaded file, in a process of its own that the portal starts, bounds and
//! outlives.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use padan::platform::child;
use padan::platform::clock::Moment;
use padan::platform::config::Config;
use padan::platform::db::Db;
use padan::platform::files::FileStore;
use padan::register::{self, RegisterImportId};
use padan::submissions::{self, VersionId};
use secrecy::ExposeSecret;
use std::path::PathBuf;

/// Connections of a child: one asks the register, one what was taken over
/// before, one writes.
const CONNECTIONS: u32 = 3;

/// Which file to check.
#[derive(clap::Args)]
pub struct Check {
    /// The version whose file it is.
    version: String,
    /// The moment on the portal's clock.
    began: DateTime<Utc>,
}

/// Which extract to import.
#[derive(clap::Args)]
pub struct Import {
    /// The import whose file it is.
    import: String,
    /// The moment on the portal's clock.
    began: DateTime<Utc>,
}

/// Which file to mark.
#[derive(clap::Args)]
pub struct Mark {
    /// The version whose file it is.
    version: String,
    /// `xlsx` or `csv`.
    #[arg(value_parser = ["xlsx", "csv"])]
    format: String,
    /// Where the marked file goes.
    target: PathBuf,
}

/// Checks a file.
pub fn check(order: &Check) -> Result<()> {
    let (db, files) = open()?;
    let began = Moment::new(order.began);
    Ok(submissions::check_upload(
        &db,
        &files,
        id(&order.version)?,
        began,
    )?)
}

/// Imports an extract, or goes on with it.
pub fn import(order: &Import) -> Result<()> {
    let (db, files) = open()?;
    let id = RegisterImportId::try_from(order.import.clone()).context("the import's id")?;
    Ok(register::jobs::import_upload(
        &db,
        &files,
        id,
        Moment::new(order.began),
    )?)
}

/// Marks a file.
pub fn mark(order: &Mark) -> Result<()> {
    let (db, files) = open()?;
    let (version, as_xlsx) = (id(&order.version)?, order.format == "xlsx");
    Ok(submissions::mark_upload(
        &db,
        &files,
        version,
        as_xlsx,
        &order.target,
    )?)
}

fn open() -> Result<(Db, FileStore)> {
    child::confine()?;
    let config = Config::from_env()?.storage;
    let db = Db::open(config.database_url.expose_secret(), CONNECTIONS)?;
    Ok((db, FileStore::open(&config.data_dir.join("files"))?))
}

fn id(text: &str) -> Result<VersionId> {
    VersionId::try_from(text.to_owned()).context("the version's id")
}
