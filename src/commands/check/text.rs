//! The output for people: the verdict, then each rule that was broken with its
//! first cells and the portal's sentence about the first of them.

use anyhow::Result;
use padan::datasets::{Dataset, FileRefusal, Severity, Summary, Tally};
use std::io::{self, Write};
use std::time::Duration;

use super::report::Examples;

/// Prints what a file came to.
pub fn summary(
    dataset: &Dataset,
    summary: &Summary,
    examples: &Examples,
    elapsed: Duration,
) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{}: {} rows, {} ready, {} with warnings, {} blocked",
        super::verdict(summary).as_str(),
        summary.rows,
        summary.ready,
        summary.warned,
        summary.blocked
    )?;
    for note in &summary.notes {
        writeln!(out, "note: {}", note.sentence())?;
    }
    let (seconds, speed) = (elapsed.as_secs_f64(), super::speed(summary.rows, elapsed));
    writeln!(out, "{seconds:.2} s, {speed} rows per second")?;
    let told = |tally: &&Tally| tally.severity != Severity::Hint;
    for tally in summary.tallies.iter().filter(told) {
        self::tally(&mut out, tally, dataset, examples)?;
    }
    Ok(())
}

fn tally(
    out: &mut impl Write,
    tally: &Tally,
    dataset: &Dataset,
    examples: &Examples,
) -> Result<()> {
    let field = tally.field.as_deref().unwrap_or("row");
    let (severity, rule) = (tally.severity.as_str(), tally.code.as_str());
    writeln!(out, "\n{severity} {rule} {field}: {}", tally.findings)?;
    if let Some(example) = examples.get(&(tally.code, tally.field.clone())) {
        let more = if tally.findings > example.cells.len() as u64 {
            ", …"
        } else {
            ""
        };
        let sentence = example.first.sentence(dataset);
        writeln!(out, "  {}{more}", example.cells.join(", "))?;
        writeln!(out, "  {} {}", sentence.problem, sentence.remedy)?;
    }
    Ok(())
}

/// Prints why a file cannot be checked.
pub fn refusal(refusal: &FileRefusal) -> Result<()> {
    let sentence = refusal.sentence();
    let mut out = io::stdout().lock();
    Ok(writeln!(
        out,
        "unreadable ({}): {} {}",
        refusal.code(),
        sentence.problem,
        sentence.remedy
    )?)
}
