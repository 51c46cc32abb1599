//! What is kept of a checked file: rows, findings, totals, reasons, corrections.

use diesel::prelude::*;

use super::VersionId;
use crate::accounts::AccountId;
use crate::datasets::{CheckedRow, Code, Dataset, Finding, Severity, Verdict};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{
    finding_totals, row_corrections, row_findings, row_keys, submission_rows, warning_reasons,
};
use crate::platform::ids::words;

words!(
    /// What became of one row of a version that was sent.
    RowOutcome {
        /// It was left out when the version was sent.
        NotSent = "not_sent",
        /// BKN took it over.
        TakenOver = "taken_over",
        /// BKN asked for a correction.
        CorrectionAsked = "correction_asked",
        /// It was returned with the whole version.
        Returned = "returned",
    }
);

/// One row of a checked file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = submission_rows, treat_none_as_default_value = false)]
pub struct StoredRow {
    /// The version.
    pub version_id: VersionId,
    /// The row as a spreadsheet shows it.
    pub row_number: i32,
    /// Canonical values in the order of the declaration: JSON, `null` for none.
    pub cells: String,
    /// `ready`, `warned` or `blocked`.
    pub verdict: String,
    /// What became of it; none until it is decided, or left out.
    pub outcome: Option<RowOutcome>,
    /// By what it is found again in another version; see `RowKey`.
    pub row_key: Option<i64>,
}

impl StoredRow {
    /// The row as it is kept.
    pub fn of(version: VersionId, dataset: &Dataset, row: &CheckedRow) -> Self {
        let cells: Vec<Option<&str>> = row.values.iter().collect();
        Self {
            version_id: version,
            row_number: whole(row.number),
            cells: json(&cells),
            verdict: row.verdict.as_str().to_owned(),
            outcome: None,
            row_key: Some(dataset.row_key(row).as_i64()),
        }
    }

    /// The values in the order of the declaration.
    pub fn values(&self) -> Vec<Option<String>> {
        serde_json::from_str(&self.cells).unwrap_or_default()
    }

    /// The verdict of the check.
    pub fn verdict(&self) -> Verdict {
        Verdict::parse(&self.verdict).unwrap_or(Verdict::Blocked)
    }
}

/// By what a row is found again in another version. They are kept apart from
/// the rows: keys fall anywhere, and are written in their own order at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Insertable)]
#[diesel(table_name = row_keys, treat_none_as_default_value = false)]
pub struct StoredKey {
    /// The version.
    pub version_id: VersionId,
    /// See `RowKey`.
    pub row_key: i64,
    /// The row as a spreadsheet shows it.
    pub row_number: i32,
}

/// One finding, with all that its sentence needs.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = row_findings, treat_none_as_default_value = false)]
pub struct StoredFinding {
    /// The version.
    pub version_id: VersionId,
    /// Its place among the version's findings, from 0, in the order of rows.
    pub position: i64,
    /// The row as a spreadsheet shows it.
    pub row_number: i32,
    /// The column in the file, 0 = A.
    pub file_column: Option<i32>,
    /// The field's name; empty when the row is meant.
    pub field: String,
    /// The code's text form.
    pub code: String,
    /// The severity's text form.
    pub severity: String,
    /// The value as typed.
    pub value: String,
    /// What the sentence names besides: a JSON array.
    pub params: String,
}

impl StoredFinding {
    /// The finding as it is kept. PostgreSQL's text has no NUL: it is shown as ␀.
    pub fn of(version: VersionId, position: i64, finding: &Finding) -> Self {
        Self {
            version_id: version,
            position,
            row_number: whole(finding.row),
            file_column: finding.column.map(i32::from),
            field: finding.field.clone().unwrap_or_default(),
            code: finding.code.as_str().to_owned(),
            severity: finding.severity.as_str().to_owned(),
            value: finding.value.replace('\0', "␀"),
            params: json(&finding.params),
        }
    }

    /// The finding again; none when its code is no longer known.
    pub fn finding(&self) -> Option<Finding> {
        Some(Finding {
            row: u32::try_from(self.row_number).unwrap_or_default(),
            column: self
                .file_column
                .and_then(|column| u16::try_from(column).ok()),
            field: Some(self.field.clone()).filter(|field| !field.is_empty()),
            code: Code::parse(&self.code)?,
            severity: Severity::parse(&self.severity)?,
            value: self.value.clone(),
            params: serde_json::from_str(&self.params).unwrap_or_default(),
        })
    }
}

/// How often one thing was found in one field.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = finding_totals)]
pub struct FindingTotal {
    /// The version.
    pub version_id: VersionId,
    /// What was found.
    pub code: String,
    /// In which field; empty when the row is meant.
    pub field: String,
    /// `error` or `warning`.
    pub severity: String,
    /// How many findings.
    pub findings: i64,
    /// In how many rows.
    pub rows: i64,
}

impl FindingTotal {
    /// Whether it must be mended before the rows are sent.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error.as_str()
    }

    /// How the filter of findings names it.
    pub fn key(&self) -> String {
        format!("{}:{}", self.code, self.field)
    }
}

/// Why a PIC sends rows in spite of a warning.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = warning_reasons)]
pub struct WarningReason {
    /// The version.
    pub version_id: VersionId,
    /// The warning.
    pub code: String,
    /// Its field; empty when the row is meant.
    pub field: String,
    /// The PIC's reason.
    pub reason: String,
}

/// A correction that BKN asks for one row: a note of the verifier's until the
/// version is decided.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = row_corrections)]
pub struct RowCorrection {
    /// The version.
    pub version_id: VersionId,
    /// The row as a spreadsheet shows it.
    pub row_number: i32,
    /// What is to be corrected.
    pub reason: String,
    /// Who asks.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: Moment,
}

/// Lists of text are written without fail; the empty list stands for the rest.
fn json(list: &[impl serde::Serialize]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

fn whole(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_comes_back_as_it_was() {
        let finding = Finding {
            row: 17,
            column: Some(4),
            field: Some("tanggal_kursus".to_owned()),
            code: Code::DateInFuture,
            severity: Severity::Error,
            value: "2027-01-01".to_owned(),
            params: vec!["2026-11-20".to_owned()],
        };
        let stored = StoredFinding::of(VersionId::generate(), 0, &finding);
        assert_eq!(stored.finding(), Some(finding));
    }
}
