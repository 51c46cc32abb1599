//! Why a file as a whole cannot be checked.

use serde::{Deserialize, Serialize};

/// Why a file as a whole cannot be checked. Holds all that its sentence needs
/// (`FileRefusal::sentence` in `text`), so that it can be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum FileRefusal {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// A header and nothing below it.
    #[error("the file has a header but no data rows")]
    NoDataRows,
    /// Neither .csv nor .xlsx by its name.
    #[error("files named {name:?} are not taken")]
    UnknownType {
        /// The file's name, made harmless.
        name: String,
    },
    /// The name says one thing, the content another.
    #[error("the content is not what the extension says: {looks_like}")]
    TypeMismatch {
        /// What the content looks like: "ZIP", "HTML".
        looks_like: String,
    },
    /// The workbook format before 2007.
    #[error("an old .xls workbook")]
    OldExcel,
    /// An OpenDocument spreadsheet.
    #[error("an OpenDocument spreadsheet")]
    OpenDocument,
    /// An encrypted workbook.
    #[error("a password-protected workbook")]
    PasswordProtected,
    /// The workbook carries a VBA project.
    #[error("a workbook with macros")]
    Macros,
    /// The workbook refers to something outside itself.
    #[error("a workbook with external content")]
    ExternalContent,
    /// Cannot be opened as what it says it is.
    #[error("the file is damaged: {detail}")]
    Corrupt {
        /// For the log; never shown.
        detail: String,
    },
    /// Unpacks to more than is allowed.
    #[error("the workbook unpacks to too much")]
    TooBigUnpacked,
    /// More rows than are allowed.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: u32,
    },
    /// More columns than are allowed.
    #[error("more than {limit} columns")]
    TooWide {
        /// The limit.
        limit: u16,
    },
    /// One line that no row can be.
    #[error("row {row} is longer than {limit} bytes")]
    RowTooLong {
        /// The row as a spreadsheet shows it.
        row: u32,
        /// The limit in bytes.
        limit: u64,
    },
    /// A quotation mark that is never closed.
    #[error("the quote opened on line {line} is never closed")]
    UnclosedQuote {
        /// The line in the text file, 1 is the first.
        line: u64,
    },
    /// Not text in any encoding that is read.
    #[error("undecodable text near line {line}")]
    Encoding {
        /// The line in the text file, 1 is the first.
        line: u64,
    },
    /// No row looks like a header.
    #[error("no header row")]
    NoHeader,
    /// Columns that the data set has and the file lacks.
    #[error("missing columns: {missing:?}")]
    MissingColumns {
        /// The fields' names.
        missing: Vec<String>,
        /// Headers that are not known and may be meant, with their column and the field's name.
        perhaps: Vec<(u16, String, String)>,
    },
    /// Made from an earlier template, whose columns no longer do.
    #[error("made from template {version}, the one in force is {current}: {missing:?}")]
    OutdatedTemplate {
        /// The template's version.
        version: u32,
        /// The version in force.
        current: u32,
        /// The fields that the file lacks, by name.
        missing: Vec<String>,
    },
    /// Made from the template of another data set.
    #[error("made from the template of {dataset}")]
    ForeignTemplate {
        /// The other data set's name.
        dataset: String,
    },
    /// Two columns for one field.
    #[error("column {field} appears twice")]
    DoubledColumn {
        /// The field's name.
        field: String,
        /// Both columns, 0 = A.
        columns: [u16; 2],
    },
    /// Two mended rows with the same key.
    #[error("two mended rows have the same key: {rows:?}")]
    DoubledKey {
        /// Both rows as a spreadsheet shows them.
        rows: [u32; 2],
    },
    /// More mended rows than can be put into the file before.
    #[error("more than {most} mended rows")]
    TooManyMended {
        /// How many there may be.
        most: usize,
    },
    /// All data is on hidden sheets.
    #[error("the data is on a hidden sheet")]
    HiddenData {
        /// The sheet's name.
        sheet: String,
    },
    /// More merged cells than can be listed.
    #[error("more than {limit} merged cells")]
    TooManyMergedCells {
        /// The limit.
        limit: u32,
    },
}

impl FileRefusal {
    /// A damaged file, with the reason for the log.
    pub(super) fn corrupt(detail: impl ToString) -> Self {
        Self::Corrupt {
            detail: detail.to_string(),
        }
    }

    /// The stable text form of the kind of refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoDataRows => "no-data-rows",
            Self::UnknownType { .. } => "unknown-type",
            Self::TypeMismatch { .. } => "type-mismatch",
            Self::OldExcel => "old-excel",
            Self::OpenDocument => "open-document",
            Self::PasswordProtected => "password-protected",
            Self::Macros => "macros",
            Self::ExternalContent => "external-content",
            Self::Corrupt { .. } => "corrupt",
            Self::TooBigUnpacked => "too-big-unpacked",
            Self::TooManyRows { .. } => "too-many-rows",
            Self::TooWide { .. } => "too-wide",
            Self::RowTooLong { .. } => "row-too-long",
            Self::UnclosedQuote { .. } => "unclosed-quote",
            Self::Encoding { .. } => "encoding",
            Self::NoHeader => "no-header",
            Self::MissingColumns { .. } => "missing-columns",
            Self::OutdatedTemplate { .. } => "outdated-template",
            Self::ForeignTemplate { .. } => "foreign-template",
            Self::DoubledColumn { .. } => "doubled-column",
            Self::DoubledKey { .. } => "doubled-key",
            Self::TooManyMended { .. } => "too-many-mended",
            Self::HiddenData { .. } => "hidden-data",
            Self::TooManyMergedCells { .. } => "too-many-merged-cells",
        }
    }
}
