//! `padan demo`: a portal with invented data, on this machine only.

use anyhow::{Context, Result, bail};
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
}

/// Loads the demo into `data/demo` unless it is there, prints who can sign in,
/// and serves.
pub async fn run(asked: &Demo) -> Result<()> {
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
    load(&parts).await?;
    tell(&parts.config)?;
    super::serve::serve(parts).await
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
