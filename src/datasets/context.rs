//! What checking needs from outside, and to whom it tells what it finds.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use foldhash::quality::RandomState;

use super::id::AsnId;
use super::model::{CheckedRow, Values};
use super::refusal::FileRefusal;
use super::row_key::RowKey;
use super::stage::Stages;
use crate::platform::nip::Nip;

/// An error of whoever implements a trait of this module; hand it through,
/// downcast it where it came from.
pub type Outside = Box<dyn std::error::Error + Send + Sync>;

/// The file that was uploaded.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// Where it is stored.
    pub path: &'a Path,
    /// What the person called it; only its extension is used.
    pub original_name: &'a str,
}

/// The reference lists. IDs are asked for as upper-case hexadecimal digits.
pub trait Codes {
    /// Whether the list has this code.
    fn contains(&self, list: &str, code: &str) -> bool;
    /// All codes of a list with their names, for drop-downs; empty when the
    /// list is not known.
    fn entries(&self, list: &str) -> Vec<(String, String)>;
    /// Whether the list is loaded at all; references to one that is not are not checked.
    fn is_loaded(&self, list: &str) -> bool;
    /// BKN's code for a code of the sender's own, as typed, where it is known.
    fn own(&self, _list: &str, _typed: &str) -> Option<String> {
        None
    }
    /// How a code of the sender's own stands, as typed; none where nobody knows
    /// the sender's codes.
    fn own_code(&self, _typed: &str) -> Option<OwnCode> {
        None
    }
    /// What the list says of a code under a key, where that was loaded.
    fn attribute(&self, _list: &str, _code: &str, _key: &str) -> Option<&str> {
        None
    }
    /// The code of a name, whatever its case; for short lists only.
    fn code_named(&self, _list: &str, _name: &str) -> Option<String> {
        None
    }
    /// What took the place of a code that is in force no more, and on which day.
    fn replacement(&self, _list: &str, _code: &str) -> Option<(String, NaiveDate)> {
        None
    }
}

/// How a code of the sender's own stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnCode {
    /// It is this code of BKN's, in force.
    Mapped(String),
    /// BKN has not decided what it is, or that is in force no more.
    Undecided,
    /// BKN has no such code.
    Unmatched,
    /// It was never handed in; the one that is written nearly so, if any.
    Unknown(Option<String>),
}

/// How a row says who it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonKey {
    /// By ID PNS.
    Id(AsnId),
    /// By NIP.
    Nip(Nip),
}

impl PersonKey {
    /// Whether it is an ID PNS.
    pub fn is_id(&self) -> bool {
        matches!(self, Self::Id(_))
    }
}

/// A person of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// ID PNS.
    pub id: AsnId,
    /// NIP.
    pub nip: Nip,
}

/// The persons a row may be about. Asked once per batch, never per row.
pub trait People {
    /// The persons of these keys (no key twice). One who is not there and one
    /// who is out of reach are both left out.
    fn lookup(&mut self, keys: &[PersonKey]) -> Result<HashMap<PersonKey, Person>, Outside>;
    /// As `lookup`, for keys of which one may stand twice: gives the persons in
    /// the order of the keys. For whoever can do it without a map.
    fn find(&mut self, keys: &[PersonKey], found: &mut Vec<Option<Person>>) -> Result<(), Outside> {
        let once: HashSet<PersonKey, RandomState> = keys.iter().copied().collect();
        let once: Vec<PersonKey> = once.into_iter().collect();
        let people = self.lookup(&once)?;
        found.extend(keys.iter().map(|key| people.get(key).copied()));
        Ok(())
    }
    /// Whether there is a register; without one nobody is looked up.
    fn is_loaded(&self) -> bool;
}

/// A row that was taken over before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenRow {
    /// Its canonical values in the order of the declaration.
    pub values: Values,
    /// The day on which it was taken over, in Jakarta.
    pub on: NaiveDate,
    /// The number of the submission that it came with.
    pub submission: Arc<str>,
    /// Whether that is the submission at hand, in an earlier version.
    pub is_same_submission: bool,
}

/// The rows that were taken over before. Asked once per batch, never per row.
pub trait TakenRows {
    /// The rows with these keys, in the order of the keys.
    fn find(&mut self, keys: &[RowKey]) -> Result<Vec<Option<TakenRow>>, Outside>;
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Stop; [`check`](super::check) returns [`CheckError::Cancelled`].
    Cancel,
}

/// Takes the rows as they are checked.
pub trait Sink {
    /// Up to [`BATCH`] rows, in the order of the file. Their memory is used again.
    fn batch(&mut self, rows: &[CheckedRow]) -> Result<(), Outside>;
    /// After each batch: rows done of rows in the file (an estimate that can
    /// be a few too high, where blank rows lie at the end).
    fn progress(&mut self, done: u64, total: u64) -> Result<Flow, Outside>;
}

/// Rows per batch.
pub const BATCH: usize = 1_000;

/// Limits of a file.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Data rows.
    pub rows: u32,
    /// Columns, unknown ones included.
    pub columns: u16,
    /// Characters in a cell.
    pub cell: usize,
    /// Bytes in one row of a CSV file.
    pub row_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rows: 1_000_000,
            // The widest answer of SIASN has 128 fields, its export 67.
            columns: 200,
            cell: 4_000,
            row_bytes: 1 << 20,
        }
    }
}

/// The institutions that the rows of a file may name as the person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Institutions {
    /// Any.
    Any,
    /// These and no other; mostly the sender's own.
    Only(Vec<AsnId>),
}

impl Institutions {
    /// Whether a row may name this one.
    pub fn reach(&self, institution: AsnId) -> bool {
        match self {
            Self::Any => true,
            Self::Only(named) => named.contains(&institution),
        }
    }
}

/// What a check needs besides the file and the declaration.
pub struct Context<'a> {
    /// The reference lists.
    pub codes: &'a dyn Codes,
    /// The register.
    pub people: &'a mut dyn People,
    /// What was taken over before; none where nothing was, or nobody knows.
    pub taken: Option<&'a mut dyn TakenRows>,
    /// Today in Jakarta.
    pub today: NaiveDate,
    /// The institutions that rows may name.
    pub institutions: Institutions,
    /// The fields that the agreement grants; none = all. The others count as unknown columns.
    pub granted: Option<&'a [String]>,
    /// The stages of the rules, where BKN decided on others than declared.
    pub stages: Stages,
    /// Limits of the file.
    pub limits: Limits,
}

impl Context<'_> {
    /// Whether the agreement grants this field.
    pub(super) fn grants(&self, field: &str) -> bool {
        self.granted
            .is_none_or(|granted| granted.iter().any(|name| name == field))
    }
}

/// Why a check came to no end.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The file as a whole cannot be checked.
    #[error("the file cannot be checked: {0}")]
    Unreadable(#[from] FileRefusal),
    /// The sink said stop.
    #[error("the check was cancelled")]
    Cancelled,
    /// The stored file could not be read.
    #[error("reading the stored file")]
    Io(#[from] io::Error),
    /// The register failed.
    #[error("asking the register")]
    People(#[source] Outside),
    /// What was taken over before could not be told.
    #[error("asking for what was taken over")]
    Taken(#[source] Outside),
    /// The sink failed.
    #[error("handing over rows")]
    Sink(#[source] Outside),
}
