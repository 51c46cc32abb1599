//! What checking a file yields: rows, findings, the summary. No I/O.

mod changes;
mod values;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::code::Code;

pub(super) use changes::Changes;
pub use values::Values;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Kesalahan: blocks the row.
    Error,
    /// Peringatan: the row may be sent with a reason.
    Warning,
    /// Something was normalised; no problem, counted only.
    Hint,
}

impl Severity {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// The severity of this text form.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Hint]
            .into_iter()
            .find(|severity| severity.as_str() == text)
    }
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing was found.
    #[default]
    Ready,
    /// Only warnings.
    Warned,
    /// At least one error.
    Blocked,
}

impl Verdict {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Warned => "warned",
            Self::Blocked => "blocked",
        }
    }

    /// The verdict of this text form.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Ready, Self::Warned, Self::Blocked]
            .into_iter()
            .find(|verdict| verdict.as_str() == text)
    }

    /// The verdict of a row with these findings.
    pub fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(|finding| finding.severity).min() {
            Some(Severity::Error) => Self::Blocked,
            Some(Severity::Warning) => Self::Warned,
            Some(Severity::Hint) | None => Self::Ready,
        }
    }
}

/// One thing that was found in a file. Holds all that its sentence needs, so
/// that it can be stored and built again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The row as a spreadsheet shows it; the header is usually 1.
    pub row: u32,
    /// The column in the file, 0 = A; none when the whole row is meant.
    pub column: Option<u16>,
    /// The field's name in the declaration.
    pub field: Option<String>,
    /// What it is about.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// The value as typed, at most [`Finding::LONGEST_VALUE`] characters.
    pub value: String,
    /// What the sentence names besides, see [`Code`].
    pub params: Vec<String>,
}

impl Finding {
    /// Longer values are cut, with an ellipsis.
    pub const LONGEST_VALUE: usize = 200;

    /// The cell as a spreadsheet names it: `E17`.
    pub fn cell(&self) -> Option<String> {
        self.column
            .map(|column| format!("{}{}", column_name(column), self.row))
    }
}

/// The letters of a column: 0 is A, 26 is AA.
pub fn column_name(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A row that was read and checked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckedRow {
    /// The row as a spreadsheet shows it.
    pub number: u32,
    /// Canonical values in the order of the declaration; a faulty cell has none.
    pub values: Values,
    /// What becomes of the row.
    pub verdict: Verdict,
    /// Errors and warnings, by column; never hints.
    pub findings: Vec<Finding>,
}

impl CheckedRow {
    /// Empties the row, keeping its memory, and gives it its number.
    pub(super) fn restart(&mut self, number: u32) {
        self.number = number;
        self.values.clear();
        self.verdict = Verdict::Ready;
        self.findings.clear();
    }
}

/// What a whole file came to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Data rows, blank ones not counted.
    pub rows: u64,
    /// Rows with nothing found.
    pub ready: u64,
    /// Rows with warnings only.
    pub warned: u64,
    /// Rows with at least one error.
    pub blocked: u64,
    /// Findings and hints by code and field, errors first.
    pub tallies: Vec<Tally>,
    /// Where each field was found, in the order of the declaration.
    pub columns: Vec<ColumnUse>,
    /// Headers that mean no field, with their column.
    pub unknown_columns: Vec<(u16, String)>,
    /// What the person should know about the file as a whole.
    pub notes: Vec<Note>,
}

/// How often one thing was found in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What was found.
    pub code: Code,
    /// The field's name; none when the row is meant.
    pub field: Option<String>,
    /// How grave it is; hints stand here and nowhere else.
    pub severity: Severity,
    /// The column in the file.
    pub column: Option<u16>,
    /// How many findings.
    pub findings: u64,
    /// How many rows have at least one.
    pub rows: u64,
    /// For how many findings a better value could be computed.
    #[serde(default)]
    pub suggested: u64,
}

/// Where a field stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnUse {
    /// The field's name in the declaration.
    pub field: String,
    /// The column, 0 = A.
    pub column: u16,
    /// The header as typed.
    pub header: String,
}

/// Something about the file as a whole that hinders nothing. The sentence is
/// `Note::sentence` in `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "kebab-case")]
pub enum Note {
    /// A column that the data set lacks; its values are not kept.
    UnknownColumn {
        /// The column, 0 = A.
        column: u16,
        /// Its header as typed.
        header: String,
    },
    /// As [`Note::UnknownColumn`], where they are many.
    UnknownColumns {
        /// Their headers as typed.
        headers: Vec<String>,
    },
    /// A file with SIASN's own headers lacks columns that may be empty.
    AbsentColumns {
        /// The fields' titles.
        titles: Vec<String>,
    },
    /// The workbook was made from another version of the data set's template.
    OutdatedTemplate {
        /// The template's version.
        version: u32,
        /// The version in force.
        current: u32,
    },
    /// The workbook was made from the template of another data set.
    ForeignTemplate {
        /// The other data set's name.
        dataset: String,
    },
    /// Values in a column without a header; they are not kept.
    UnnamedColumn {
        /// The column, 0 = A.
        column: u16,
    },
    /// The header was not in the first row.
    HeaderBelow {
        /// Its row.
        row: u32,
    },
    /// More visible sheets hold data; only one was checked.
    OtherSheets {
        /// The sheet that was checked.
        checked: String,
        /// The others.
        others: Vec<String>,
    },
    /// Hidden or filtered rows were checked like the others.
    HiddenRows {
        /// How many.
        rows: u64,
    },
    /// The text was not UTF-8; it was read in this encoding.
    Encoding {
        /// The encoding's name: "Windows-1252".
        name: String,
    },
    /// The register is not loaded, so persons were not looked up.
    RegisterNotLoaded,
}

impl Summary {
    pub(super) fn count(&mut self, verdict: Verdict) {
        self.rows += 1;
        match verdict {
            Verdict::Ready => self.ready += 1,
            Verdict::Warned => self.warned += 1,
            Verdict::Blocked => self.blocked += 1,
        }
    }
}

impl Note {
    /// Unknown columns up to this number are noted one by one.
    const FEW: usize = 5;

    /// These notes, with one for all unknown columns where they are many.
    pub(super) fn together(mut notes: Vec<Self>) -> Vec<Self> {
        let unknown = notes.iter().filter_map(Self::unknown_column);
        let headers: Vec<_> = unknown.map(|(_, header)| header).collect();
        if headers.len() > Self::FEW {
            notes.retain(|note| note.unknown_column().is_none());
            notes.push(Self::UnknownColumns { headers });
        }
        notes
    }

    pub(super) fn unknown_column(&self) -> Option<(u16, String)> {
        match self {
            Self::UnknownColumn { column, header } => Some((*column, header.clone())),
            _ => None,
        }
    }
}

/// Counts findings by code, field and severity.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    counts: BTreeMap<(Severity, Code, Option<u16>), Count>,
}

#[derive(Debug, Default)]
struct Count {
    findings: u64,
    rows: u64,
    suggested: u64,
    last_row: u32,
    field: Option<String>,
}

impl Tallies {
    /// Counts one finding. Rows come in order, so that each is counted once.
    pub fn count(&mut self, found: &Finding) {
        let kind = (found.severity, found.code, found.column);
        let count = self.counts.entry(kind).or_insert_with(|| Count {
            field: found.field.clone(),
            ..Count::default()
        });
        count.findings += 1;
        count.suggested += u64::from(found.suggestion().is_some());
        if count.last_row != found.row {
            count.rows += 1;
            count.last_row = found.row;
        }
    }

    pub fn into_list(self) -> Vec<Tally> {
        let tally = |((severity, code, column), count): (_, Count)| Tally {
            code,
            field: count.field,
            severity,
            column,
            findings: count.findings,
            rows: count.rows,
            suggested: count.suggested,
        };
        self.counts.into_iter().map(tally).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(severity: Severity) -> Finding {
        Finding {
            row: 2,
            column: Some(4),
            field: None,
            code: Code::Required,
            severity,
            value: String::new(),
            params: vec![],
        }
    }

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let names: Vec<_> = [0, 25, 26, 51, 52, 701, 702, 16383].map(column_name).into();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_row_is_blocked_by_an_error_and_warned_by_a_warning() {
        assert_eq!(Verdict::of(&[]), Verdict::Ready);
        assert_eq!(Verdict::of(&[finding(Severity::Warning)]), Verdict::Warned);
        assert_eq!(
            Verdict::of(&[finding(Severity::Warning), finding(Severity::Error)]),
            Verdict::Blocked
        );
        assert_eq!(finding(Severity::Error).cell().as_deref(), Some("E2"));
    }

    #[test]
    fn findings_and_the_rows_they_are_in_are_counted_apart() {
        let mut tallies = Tallies::default();
        for row in [2, 2, 3] {
            tallies.count(&Finding {
                row,
                ..finding(Severity::Error)
            });
        }
        let list = tallies.into_list();
        assert_eq!((list.len(), list[0].findings, list[0].rows), (1, 3, 2));
    }
}
