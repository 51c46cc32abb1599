//! What one rule remembers of one file.

use std::hash::BuildHasher;

use foldhash::quality::RandomState;
use hashbrown::hash_table::Entry;
use hashbrown::{HashSet, HashTable};

use crate::datasets::id::AsnId;

/// A rule's memory of the rows before.
///
/// Rows are known by hashes of 64 bits, keyed anew for each file so that nobody
/// can prepare collisions. Among a million different rows the chance that any
/// two are taken for one is below 1 in 30 million.
#[derive(Debug, Default)]
pub(in crate::datasets) struct Seen {
    hashes: RandomState,
    /// Rows in the file, as far as that is known.
    expected: usize,
    rows: HashTable<Earlier>,
    codes: HashSet<Box<str>, RandomState>,
    /// Where keys are put together.
    text: String,
}

/// A row that was seen.
#[derive(Debug, Clone, Copy)]
pub(in crate::datasets) struct Earlier {
    /// The hash of what may not stand twice.
    pub key: u64,
    /// The row as a spreadsheet shows it.
    pub row: u32,
    /// Half the hash of its other values; enough to tell a copy from a variant.
    pub content: u32,
}

impl Seen {
    /// No memory yet, of a file with about so many rows.
    pub fn of(expected: u64) -> Self {
        Self {
            expected: usize::try_from(expected).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The hash of a person and of what `put` writes, whatever the letters' case.
    pub fn hash(&mut self, person: Option<AsnId>, put: impl FnOnce(&mut String)) -> u64 {
        self.text.clear();
        put(&mut self.text);
        if self.text.is_ascii() {
            self.text.make_ascii_lowercase();
        } else {
            self.text = self.text.to_lowercase();
        }
        self.hashes.hash_one((person, self.text.as_bytes()))
    }

    /// The first row with this key; when there is none, this one becomes it.
    pub fn earlier(&mut self, this: Earlier) -> Option<Earlier> {
        if self.rows.is_empty() {
            self.rows.reserve(self.expected, |other| other.key);
        }
        let is_same = |other: &Earlier| other.key == this.key;
        match self.rows.entry(this.key, is_same, |other| other.key) {
            Entry::Occupied(earlier) => Some(*earlier.get()),
            Entry::Vacant(free) => {
                free.insert(this);
                None
            }
        }
    }

    /// Whether a code was found in its list before.
    pub fn is_known(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    /// Remembers a code of the list: never more than the list has.
    pub fn note_known(&mut self, code: &str) {
        self.codes.insert(code.into());
    }
}
