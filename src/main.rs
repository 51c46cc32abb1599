//! The commands of the portal.

use anyhow::{Context, bail};
use padan::platform::child;
use padan::platform::clock::Moment;
use padan::platform::config::Config;
use padan::platform::db::Db;
use padan::platform::files::FileStore;
use padan::submissions::{self, VersionId};
use secrecy::ExposeSecret;
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["check-upload", version, began] => {
            let (db, files) = open_as_child()?;
            let began = Moment::new(began.parse().context("the moment of beginning")?);
            Ok(submissions::check_upload(&db, &files, id(version)?, began)?)
        }
        ["mark-upload", version, format, target] => {
            let (db, files) = open_as_child()?;
            let target = Path::new(target);
            let as_xlsx = *format == "xlsx";
            Ok(submissions::mark_upload(
                &db,
                &files,
                id(version)?,
                as_xlsx,
                target,
            )?)
        }
        _ => bail!("no such command"),
    }
}

fn open_as_child() -> anyhow::Result<(Db, FileStore)> {
    child::confine()?;
    let config = Config::from_env()?.storage;
    let db = Db::open(config.database_url.expose_secret(), 2)?;
    Ok((db, FileStore::open(&config.data_dir.join("files"))?))
}

fn id(text: &str) -> anyhow::Result<VersionId> {
    VersionId::try_from(text.to_owned()).context("the version's id")
}
