//! What the register holds and a file no longer has.
//!
//! Nothing is noted with the rows meanwhile, which would write every one of an
//! extract that changed little: the file is read a second time, for its keys
//! alone, and held against those on record.

use foldhash::fast::FixedState;
use std::hash::BuildHasher;

use super::batch::Names;

/// What a file names, as 64 bits each: one text in ten million million million
/// is taken for another, and then stays on record.
pub struct Named {
    /// Whether the file has all that there is.
    is_complete: bool,
    hasher: FixedState,
    keys: Vec<u64>,
    about: Vec<u64>,
    /// Of whom a row cannot be told from the others: all theirs are left alone.
    unclear: Vec<u64>,
}

impl Named {
    pub fn new(is_complete: bool) -> Self {
        Self {
            is_complete,
            hasher: FixedState::default(),
            keys: Vec::new(),
            about: Vec::new(),
            unclear: Vec::new(),
        }
    }

    /// Takes a row of the file in.
    pub fn take(&mut self, names: &Names) {
        let Some(about) = names.about.as_deref() else {
            return;
        };
        let about = self.hasher.hash_one(about);
        match &names.key {
            Some(key) => self.keys.push(self.hasher.hash_one(key.as_str())),
            None => self.unclear.push(about),
        }
        // The rows of one person mostly come together.
        if !self.is_complete && self.about.last() != Some(&about) {
            self.about.push(about);
        }
    }

    /// After the last row.
    pub fn sort(&mut self) {
        for all in [&mut self.keys, &mut self.about, &mut self.unclear] {
            all.sort_unstable();
            all.dedup();
        }
    }

    /// The key of a row on record that is to go, if it is.
    pub fn gone<'a>(&self, on_record: &'a Names) -> Option<&'a str> {
        let (about, key) = (on_record.about.as_deref()?, on_record.key.as_deref()?);
        if has(&self.keys, self.hasher.hash_one(key)) {
            return None;
        }
        let about = self.hasher.hash_one(about);
        let is_named = self.is_complete || has(&self.about, about);
        (is_named && !has(&self.unclear, about)).then_some(key)
    }
}

fn has(sorted: &[u64], one: u64) -> bool {
    sorted.binary_search(&one).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(about: &str, key: Option<&str>) -> Names {
        Names {
            about: Some(about.to_owned()),
            key: key.map(str::to_owned),
        }
    }

    fn named(is_complete: bool) -> Named {
        let mut named = Named::new(is_complete);
        named.take(&names("A", Some("A1")));
        named.take(&names("B", None));
        named.sort();
        named
    }

    #[test]
    fn only_those_whom_the_file_names_lose_what_it_no_longer_has() {
        let named = named(false);
        assert_eq!(named.gone(&names("A", Some("A1"))), None);
        assert_eq!(named.gone(&names("A", Some("A2"))), Some("A2"));
        assert_eq!(named.gone(&names("C", Some("C1"))), None);
    }

    #[test]
    fn of_whom_a_row_is_unclear_nothing_goes() {
        assert_eq!(named(false).gone(&names("B", Some("B1"))), None);
        assert_eq!(named(true).gone(&names("B", Some("B1"))), None);
    }

    #[test]
    fn a_file_with_all_there_is_takes_out_whatever_it_does_not_name() {
        assert_eq!(named(true).gone(&names("C", Some("C1"))), Some("C1"));
        assert_eq!(named(true).gone(&names("A", Some("A1"))), None);
    }
}
