//! Which mended row takes the place of which row.

use std::collections::{HashMap, HashSet};

use super::record::Record;

/// The mended rows, and what is known of their places.
#[derive(Debug, Default)]
pub(super) struct Mended {
    rows: Vec<Record>,
    by_key: HashMap<i64, usize>,
    /// Rows by the first part of their key: whom they are about.
    by_person: HashMap<String, Vec<usize>>,
    /// Mended rows whose key the file before has.
    met: HashSet<usize>,
    /// Rows of the file before whose key cannot be read, and whose person is
    /// one of the mended rows'.
    unkeyed: Vec<(u32, Vec<Option<String>>)>,
    /// Which mended row stands for which of those.
    placed: HashMap<u32, usize>,
    written: HashSet<usize>,
}

impl Mended {
    /// Adds a row; the number of an earlier one with the same key, if any.
    pub fn add(&mut self, record: Record) -> Option<u32> {
        let at = self.rows.len();
        if let Some(key) = record.key
            && let Some(first) = self.by_key.insert(key, at)
        {
            return self.rows.get(first).map(|first| first.number);
        }
        if let Some(Some(person)) = record.parts.first() {
            let same = self.by_person.entry(person.clone()).or_default();
            same.push(at);
        }
        self.rows.push(record);
        None
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Looks at a row of the file before.
    pub fn meet(&mut self, base: &Record) {
        match base.key {
            Some(key) => self.met.extend(self.by_key.get(&key)),
            None => {
                let person = base.parts.first().and_then(Option::as_ref);
                if person.is_some_and(|person| self.by_person.contains_key(person)) {
                    self.unkeyed.push((base.number, base.parts.clone()));
                }
            }
        }
    }

    /// Finds the places of rows that were mended in their key: a row before
    /// whose key cannot be read is the one that agrees with it in all that can
    /// be read, if there is exactly one on either side.
    pub fn settle(&mut self) {
        let mut claims: HashMap<usize, Vec<u32>> = HashMap::new();
        for (number, parts) in std::mem::take(&mut self.unkeyed) {
            let person = parts.first().and_then(Option::as_ref);
            let same = person.and_then(|person| self.by_person.get(person));
            let fits = |at: &&usize| {
                let row = self.rows.get(**at);
                !self.met.contains(*at) && row.is_some_and(|row| agrees(&parts, &row.parts))
            };
            let mut fitting = same.into_iter().flatten().filter(fits);
            if let (Some(only), None) = (fitting.next(), fitting.next()) {
                claims.entry(*only).or_default().push(number);
            }
        }
        for (at, numbers) in claims {
            if let [number] = numbers.as_slice() {
                self.placed.insert(*number, at);
            }
        }
    }

    /// The row that takes the place of one of the file before. Of several with
    /// the same key only the first is replaced.
    pub fn instead_of(&mut self, base: &Record) -> Option<&Record> {
        let at = match base.key {
            Some(key) => self.by_key.get(&key),
            None => self.placed.get(&base.number),
        };
        let at = *at?;
        self.written.insert(at).then(|| self.rows.get(at)).flatten()
    }

    /// The rows that took no place.
    pub fn rest(&self) -> impl Iterator<Item = &Record> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(at, _)| !self.written.contains(at))
            .map(|(_, row)| row)
    }
}

/// Whether all that can be read of one key is the same in the other.
fn agrees(read: &[Option<String>], other: &[Option<String>]) -> bool {
    read.iter()
        .zip(other)
        .all(|(read, other)| read.is_none() || read == other)
}
