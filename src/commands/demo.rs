//! `padan demo`: a portal with invented data, on this machine only.

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use clap::Args;
use padan::demo;
use padan::platform::config::Config;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// How to begin.
#[derive(Args)]
pub struct Demo {
    /// Remove what is there and begin anew
    #[arg(long)]
    reset: bool,
    /// Write the sample files into a folder instead of serving
    #[arg(long, hide = true, value_name = "FOLDER", requires = "on")]
    samples: Option<PathBuf>,
    /// The day from which the samples are dated, as 2026-11-20
    #[arg(long, hide = true)]
    on: Option<NaiveDate>,
}

/// Loads the demo into `data/demo` unless it is there, prints who can sign in,
/// and serves.
pub async fn run(asked: &Demo) -> Result<()> {
    if let (Some(folder), Some(day)) = (&asked.samples, asked.on) {
        return demo::write_samples(folder, day).context("the samples cannot be written");
    }
    let mut config = Config::from_env()?;
    if !config.is_loopback_http() {
        bail!("the demo has known passwords and runs only on http on this machine");
    }
    let folder = PathBuf::from("data/demo");
    if asked.reset {
        remove(&folder)?;
    }
    config.storage.database_url = format!("sqlite://{}", folder.join("padan.db").display()).into();
    config.storage.data_dir = folder;
    let parts = super::parts_of(config)?;
    let listener = super::serve::listen(&parts.config)?;
    load(&parts).await?;
    tell(&parts.config)?;
    super::serve::serve(parts, listener).await
}

async fn load(parts: &padan::server::Parts) -> Result<()> {
    let is_empty = demo::is_empty(&mut *parts.db.connection()?)?;
    if is_empty {
        eprintln!("Memuat data demo …");
        demo::load(parts, parts.clock.now())
            .await
            .context("the demo could not be loaded")?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.context("data/demo cannot be removed"),
    }
}

fn tell(config: &Config) -> Result<()> {
    println!("{:<18} {:<20} {:<22} NIP", "Peran", "Instansi", "Nama");
    for account in demo::accounts()? {
        let (role, institution, name) = (account.role, account.institution, account.name);
        println!("{role:<18} {institution:<20} {name:<22} {}", account.nip);
    }
    println!("\nKata sandi semua akun: {}", demo::PASSWORD);
    println!("Alamat: {}", config.web.base_url);
    Ok(())
}
