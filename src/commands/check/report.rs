//! What a check tells while it runs: findings to a file or to standard output,
//! and for each rule its first cells.

use anyhow::Result;
use padan::datasets::{CheckedRow, Code, Dataset, Finding, FindingsCsv, Flow, Outside, Sink};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Stdout};
use std::path::Path;

use super::json;

/// Cells that are named for each rule.
const CELLS: usize = 5;

/// Where findings go as they are found.
pub enum Findings {
    None,
    Csv(Box<FindingsCsv<'static, BufWriter<File>>>),
    Json(BufWriter<Stdout>),
}

/// The first finding of a kind, and the first cells with it.
pub struct Example {
    pub first: Finding,
    pub cells: Vec<String>,
}

/// Examples by rule and field.
pub type Examples = BTreeMap<(Code, Option<String>), Example>;

/// Takes the rows of one check.
pub struct Report {
    dataset: &'static Dataset,
    findings: Findings,
    examples: Examples,
}

impl Findings {
    /// As JSON lines on standard output.
    pub fn json() -> Self {
        Self::Json(BufWriter::new(io::stdout()))
    }

    /// As the CSV file that the portal gives.
    pub fn csv(path: &Path, dataset: &'static Dataset) -> Result<Self> {
        let file = BufWriter::new(File::create(path)?);
        Ok(Self::Csv(Box::new(FindingsCsv::new(dataset, file)?)))
    }

    fn write(&mut self, finding: &Finding, dataset: &Dataset) -> Result<(), Outside> {
        match self {
            Self::None => {}
            Self::Csv(csv) => csv.write(finding)?,
            Self::Json(out) => json::finding(out, finding, dataset)?,
        }
        Ok(())
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::None => Ok(()),
            Self::Csv(csv) => csv.finish(),
            Self::Json(mut out) => io::Write::flush(&mut out),
        }
    }
}

impl Report {
    pub fn new(dataset: &'static Dataset, findings: Findings) -> Self {
        Self {
            dataset,
            findings,
            examples: Examples::new(),
        }
    }

    /// Ends the output.
    pub fn finish(self) -> Result<Examples> {
        self.findings.finish()?;
        Ok(self.examples)
    }

    fn note(&mut self, finding: &Finding) {
        let kind = (finding.code, finding.field.clone());
        let example = self.examples.entry(kind).or_insert_with(|| Example {
            first: finding.clone(),
            cells: Vec::new(),
        });
        if example.cells.len() < CELLS {
            let whole_row = || finding.row.to_string();
            example.cells.push(finding.cell().unwrap_or_else(whole_row));
        }
    }
}

impl Sink for Report {
    fn batch(&mut self, rows: &[CheckedRow]) -> Result<(), Outside> {
        for finding in rows.iter().flat_map(|row| &row.findings) {
            self.note(finding);
            self.findings.write(finding, self.dataset)?;
        }
        Ok(())
    }

    fn progress(&mut self, _done: u64, _total: u64) -> Result<Flow, Outside> {
        Ok(Flow::Continue)
    }
}
