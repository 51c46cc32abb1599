//! `padan import`: bringing in BKN's reference lists and records.

use anyhow::{Context, Result, bail};
use clap::Args;
use padan::audit::SYSTEM;
use padan::platform::clock::Moment;
use padan::platform::db::{self, DbConn};
use padan::platform::web::OneTimeKey;
use padan::references::{self, Order, Taken};
use padan::register::{self, RegisterImport, Source};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Which lists to bring in.
#[derive(Args)]
pub struct References {
    /// A JSON file of BKN's or of the project's format, or a folder of them
    #[arg(value_name = "DIR|FILE")]
    from: PathBuf,
    /// What to call the version where the file does not say, as 2026-11
    #[arg(long)]
    label: Option<String>,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Which extract to bring in.
#[derive(Args)]
pub struct Register {
    /// The data set: profil-pns, unit-kerja, riwayat-jabatan-pns, pensiun, …
    dataset: String,
    /// A CSV file in UTF-8 with the data set's columns
    file: PathBuf,
    /// The day whose state the extract shows, as 2026-11-01
    #[arg(long)]
    as_of: Option<chrono::NaiveDate>,
    /// The file holds all that there is of the data set: whatever it does not
    /// have is taken out of the register
    #[arg(long)]
    complete: bool,
    /// Where to write the rows that are not taken; beside the file otherwise
    #[arg(long)]
    rejected: Option<PathBuf>,
}

/// Brings an extract in, in batches. When it was broken off, the same command
/// goes on where it stopped.
pub fn register(asked: &Register) -> Result<()> {
    let file = File::open(&asked.file).with_context(|| asked.file.display().to_string())?;
    let parts = super::parts()?;
    let conn = &mut *parts.db.connection()?;
    let source = Source {
        dataset: &asked.dataset,
        file_name: &asked.file.file_name().unwrap_or_default().to_string_lossy(),
        form_key: &OneTimeKey::generate(),
        actor: SYSTEM,
        as_of: asked.as_of,
        complete: asked.complete,
    };
    let mut told = |state: &RegisterImport| {
        tracing::info!(rows = state.rows_done, bytes = state.position, "imported");
    };
    let done = register::import(conn, &source, file, &parts.clock, &mut told)?;
    println!(
        "{}: {} rows: {} new, {} changed, {} unchanged, {} rejected, {} removed",
        done.dataset,
        done.rows_done,
        done.added,
        done.changed,
        done.unchanged,
        done.rejected,
        done.removed
    );
    if done.rejected > 0 {
        let beside = || asked.file.with_extension("rejected.csv");
        let path = asked.rejected.clone().unwrap_or_else(beside);
        let mut out = BufWriter::new(File::create(&path)?);
        register::write_rejects(conn, done.id, &mut out)?;
        println!("rejected rows: {}", path.display());
    }
    Ok(())
}

/// Brings the lists in, each in a transaction of its own, and says of each what
/// changed. A list that is the same already stays as it is.
pub fn references(asked: &References) -> Result<()> {
    let files = json_files(&asked.from)?;
    let parts = super::parts()?;
    let conn = &mut *parts.db.connection()?;
    let mut failed = 0;
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        match one(conn, file, asked, parts.clock.now()) {
            Ok(line) => println!("{line}"),
            Err(error) => {
                failed += 1;
                eprintln!("{name}: {error:#}");
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} files were not taken", files.len());
    }
    Ok(())
}

fn json_files(from: &Path) -> Result<Vec<PathBuf>> {
    if !from.is_dir() {
        return Ok(vec![from.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{} holds no JSON file", from.display());
    }
    Ok(files)
}

fn one(conn: &mut DbConn, file: &Path, asked: &References, now: Moment) -> Result<String> {
    let content = fs::read(file)?;
    let order = Order {
        actor: SYSTEM,
        file_name: &file.file_name().unwrap_or_default().to_string_lossy(),
        content: &content,
        label: asked.label.as_deref(),
        form_key: &OneTimeKey::generate(),
    };
    if asked.dry_run {
        return dry_run(conn, order, now);
    }
    db::transaction(conn, |conn| {
        let import = references::stage(conn, order, now)?;
        let number = match references::take(conn, &import, SYSTEM, now)? {
            Taken::Version(number) => format!("version {number}"),
            Taken::Nothing(number) => format!("still version {number}"),
        };
        Ok(line(&import, &number))
    })
}

fn dry_run(conn: &mut DbConn, order: Order<'_>, now: Moment) -> Result<String> {
    let would = references::compare(conn, order, now)?;
    Ok(line(&would, "not taken"))
}

fn line(import: &references::ReferenceImport, outcome: &str) -> String {
    format!(
        "{}: {outcome}, {} codes: {} new, {} changed, {} gone, {} repeated",
        import.list, import.codes, import.added, import.changed, import.ended, import.repeated
    )
}
