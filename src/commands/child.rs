//! What the portal starts in a process of its own, so that no file can take it
//! down: checking an upload, and marking one. Both confine themselves first.

use anyhow::{Context, Result};
use clap::Args;
use padan::platform::child;
use padan::platform::clock::Moment;
use padan::platform::config::Config;
use padan::platform::db::Db;
use padan::platform::files::FileStore;
use padan::submissions::{self, VersionId};
use secrecy::ExposeSecret;
use std::path::PathBuf;

/// Which upload to check.
#[derive(Args)]
pub struct Check {
    /// The version's id.
    version: String,
    /// The moment on the portal's clock at which the check begins.
    began: String,
}

/// Which upload to mark, and how.
#[derive(Args)]
pub struct Mark {
    /// The version's id.
    version: String,
    /// `xlsx` or `csv`.
    format: String,
    /// The file to write.
    target: PathBuf,
}

/// Checks an upload.
pub fn check(asked: &Check) -> Result<()> {
    let (db, files) = open()?;
    let began = Moment::new(asked.began.parse().context("the moment of beginning")?);
    Ok(submissions::check_upload(
        &db,
        &files,
        id(&asked.version)?,
        began,
    )?)
}

/// Writes an upload with its findings marked.
pub fn mark(asked: &Mark) -> Result<()> {
    let (db, files) = open()?;
    let as_xlsx = asked.format == "xlsx";
    Ok(submissions::mark_upload(
        &db,
        &files,
        id(&asked.version)?,
        as_xlsx,
        &asked.target,
    )?)
}

fn open() -> Result<(Db, FileStore)> {
    child::confine()?;
    let config = Config::from_env()?.storage;
    let db = Db::open(config.database_url.expose_secret(), 2)?;
    Ok((db, FileStore::open(&config.data_dir.join("files"))?))
}

fn id(text: &str) -> Result<VersionId> {
    VersionId::try_from(text.to_owned()).context("the version's id")
}
