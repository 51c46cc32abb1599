//! What is told about a file as a whole.

use serde::{Deserialize, Serialize};

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
    /// Rows that were taken over before, with other content now.
    TakenOverChanged {
        /// How many.
        rows: u64,
        /// The first of them, as a spreadsheet shows them.
        first: Vec<u32>,
    },
    /// Rows that were taken over with an earlier version of the same
    /// submission, with the same content.
    TakenOverUnchanged {
        /// How many.
        rows: u64,
    },
}

impl Note {
    /// Unknown columns up to this number are noted one by one.
    const FEW: usize = 5;

    /// These notes, with one for all unknown columns where they are many.
    pub(in crate::datasets) fn together(mut notes: Vec<Self>) -> Vec<Self> {
        let unknown = notes.iter().filter_map(Self::unknown_column);
        let headers: Vec<_> = unknown.map(|(_, header)| header).collect();
        if headers.len() > Self::FEW {
            notes.retain(|note| note.unknown_column().is_none());
            notes.push(Self::UnknownColumns { headers });
        }
        notes
    }

    pub(in crate::datasets) fn unknown_column(&self) -> Option<(u16, String)> {
        match self {
            Self::UnknownColumn { column, header } => Some((*column, header.clone())),
            _ => None,
        }
    }
}
