//! The output for programs: one JSON object in each line, told apart by `type`
//! (`docs/check.md`).

use anyhow::Result;
use padan::datasets::{Dataset, FileRefusal, Finding, Note, Summary, Tally};
use serde::Serialize;
use std::io::{self, Write};
use std::time::Duration;

#[derive(Serialize)]
#[serde(tag = "type", rename = "finding")]
struct FindingLine<'a> {
    row: u32,
    cell: Option<String>,
    field: Option<&'a str>,
    rule: &'static str,
    severity: &'static str,
    value: &'a str,
    problem: &'a str,
    remedy: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "summary")]
struct SummaryLine<'a> {
    verdict: &'static str,
    rows: u64,
    ready: u64,
    warned: u64,
    blocked: u64,
    rules: RulesUsed,
    tallies: &'a [Tally],
    notes: &'a [Note],
    seconds: f64,
    rows_per_second: u64,
}

/// The rules of the declaration: the program keeps no other version.
#[derive(Serialize)]
struct RulesUsed {
    dataset: &'static str,
    version: u32,
    sha256: String,
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "unreadable")]
struct RefusalLine<'a> {
    reason: &'static str,
    problem: &'a str,
    remedy: &'a str,
}

/// Writes one finding.
pub fn finding(out: &mut impl Write, finding: &Finding, dataset: &Dataset) -> io::Result<()> {
    let sentence = finding.sentence(dataset);
    let line = FindingLine {
        row: finding.row,
        cell: finding.cell(),
        field: finding.field.as_deref(),
        rule: finding.code.as_str(),
        severity: finding.severity.as_str(),
        value: &finding.value,
        problem: &sentence.problem,
        remedy: &sentence.remedy,
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// Prints the last line of a file that was checked.
pub fn summary(dataset: &'static Dataset, summary: &Summary, elapsed: Duration) -> Result<()> {
    print(&SummaryLine {
        verdict: super::verdict(summary).as_str(),
        rows: summary.rows,
        ready: summary.ready,
        warned: summary.warned,
        blocked: summary.blocked,
        rules: RulesUsed {
            dataset: &dataset.name,
            version: dataset.version,
            sha256: dataset.fingerprint(),
        },
        tallies: &summary.tallies,
        notes: &summary.notes,
        seconds: elapsed.as_secs_f64(),
        rows_per_second: super::speed(summary.rows, elapsed),
    })
}

/// Prints the last line of a file that cannot be checked. Findings before it
/// do not count.
pub fn refusal(refusal: &FileRefusal) -> Result<()> {
    let sentence = refusal.sentence();
    print(&RefusalLine {
        reason: refusal.code(),
        problem: &sentence.problem,
        remedy: &sentence.remedy,
    })
}

fn print(line: &impl Serialize) -> Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, line)?;
    Ok(out.write_all(b"\n")?)
}
