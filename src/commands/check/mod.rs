//! `padan check`: the portal's checks over a file at hand, without a database.

mod json;
mod references;
mod register;
mod report;
mod text;

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use padan::datasets::{
    self, AsnId, CheckError, Context, Dataset, Institutions, Limits, Stages, Summary, Upload,
    Verdict,
};
use padan::platform::clock::Clock;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use register::Register;
use report::{Findings, Report};

/// What to check, and against what.
#[derive(clap::Args)]
pub struct Check {
    /// The data set, such as riwayat-kursus
    dataset: String,
    /// The file: CSV or XLSX
    file: PathBuf,
    /// Print JSON lines: every finding, then the summary
    #[arg(long)]
    json: bool,
    /// Write every finding to this CSV file
    #[arg(long, value_name = "CSV", conflicts_with = "json")]
    findings: Option<PathBuf>,
    /// Reference lists: a folder of JSON files; codes of other lists are not checked
    #[arg(long, value_name = "FOLDER")]
    references: Option<PathBuf>,
    /// The persons that rows may be about: a CSV file with `id_pns` and `nip`
    #[arg(long, value_name = "CSV")]
    register: Option<PathBuf>,
    /// The only institution that rows may be about: its ID at BKN
    #[arg(long, value_name = "ID")]
    institution: Option<String>,
    /// The day that counts as today, such as 2026-11-20
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
}

/// How a check ended.
enum Outcome {
    Clean,
    Found,
    Unreadable,
}

/// Checks the file: ends with 0 when nothing was found, with 1 when something
/// was, with 2 when there is no verdict.
pub fn run(asked: &Check) -> Result<ExitCode> {
    Ok(ExitCode::from(match check(asked)? {
        Outcome::Clean => 0,
        Outcome::Found => 1,
        Outcome::Unreadable => 2,
    }))
}

/// What an error ends with: there is no verdict.
pub const FAILED: u8 = 2;

fn check(asked: &Check) -> Result<Outcome> {
    let began = Instant::now();
    let dataset = declared(&asked.dataset)?;
    let codes = asked
        .references
        .as_deref()
        .map(references::read)
        .transpose()?;
    let institution = asked.institution.as_deref().map(id).transpose()?;
    let mut people = match &asked.register {
        Some(path) => Register::read(path, institution)?,
        None => Register::default(),
    };
    let mut report = Report::new(dataset, findings(asked, dataset)?);
    let mut context = Context {
        codes: &codes.unwrap_or_default(),
        people: &mut people,
        taken: None,
        today: asked
            .on
            .unwrap_or_else(|| Clock::system().now().jakarta_date()),
        institutions: institution.map_or(Institutions::Any, |only| Institutions::Only(vec![only])),
        granted: None,
        stages: Stages::default(),
        limits: Limits::default(),
    };
    let checked = datasets::check(upload(&asked.file), dataset, &mut context, &mut report);
    let examples = report.finish()?;
    match checked {
        Ok(summary) => {
            if asked.json {
                json::summary(dataset, &summary, began.elapsed())?;
            } else {
                text::summary(dataset, &summary, &examples, began.elapsed())?;
            }
            Ok(outcome(&summary))
        }
        Err(CheckError::Unreadable(refusal)) => {
            if asked.json {
                json::refusal(&refusal)?;
            } else {
                text::refusal(&refusal)?;
            }
            Ok(Outcome::Unreadable)
        }
        Err(error) => Err(error.into()),
    }
}

fn findings(asked: &Check, dataset: &'static Dataset) -> Result<Findings> {
    match &asked.findings {
        _ if asked.json => Ok(Findings::json()),
        Some(path) => Findings::csv(path, dataset)
            .with_context(|| format!("{} cannot be written", path.display())),
        None => Ok(Findings::None),
    }
}

fn declared(name: &str) -> Result<&'static Dataset> {
    if let Some(dataset) = datasets::find(name) {
        return Ok(dataset);
    }
    let names: Vec<&str> = datasets::all()?
        .iter()
        .map(|dataset| dataset.name.as_str())
        .collect();
    bail!(
        "there is no data set {name}; there are {}",
        names.join(", ")
    )
}

fn id(text: &str) -> Result<AsnId> {
    text.parse().context("--institution")
}

fn upload(path: &Path) -> Upload<'_> {
    let name = path.file_name().and_then(|name| name.to_str());
    Upload {
        path,
        original_name: name.unwrap_or_default(),
    }
}

fn outcome(summary: &Summary) -> Outcome {
    match verdict(summary) {
        Verdict::Ready => Outcome::Clean,
        Verdict::Warned | Verdict::Blocked => Outcome::Found,
    }
}

/// The gravest verdict over any row.
fn verdict(summary: &Summary) -> Verdict {
    match (summary.blocked, summary.warned) {
        (0, 0) => Verdict::Ready,
        (0, _) => Verdict::Warned,
        _ => Verdict::Blocked,
    }
}

/// Rows in a second.
fn speed(rows: u64, elapsed: std::time::Duration) -> u64 {
    (rows as f64 / elapsed.as_secs_f64().max(1e-6)) as u64
}
