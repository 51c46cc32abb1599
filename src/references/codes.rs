//! The lists in memory, as checking asks for them.

use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};

use super::queries;
use crate::platform::db::DbConn;

/// Every list, loaded once: a few thousand codes.
#[derive(Debug, Default)]
pub struct LoadedCodes {
    lists: HashMap<String, BTreeMap<String, String>>,
}

impl LoadedCodes {
    /// Loads every list.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut DbConn) -> QueryResult<Self> {
        let mut loaded = Self::default();
        for (list, code, name) in queries::all_codes(conn)? {
            loaded.lists.entry(list).or_default().insert(code, name);
        }
        Ok(loaded)
    }

    /// The name of a code, if its list has it.
    pub fn name(&self, list: &str, code: &str) -> Option<&str> {
        self.lists.get(list)?.get(code).map(String::as_str)
    }

    /// Whether the list has this code.
    pub fn has(&self, list: &str, code: &str) -> bool {
        self.name(list, code).is_some()
    }

    /// Every code of a list with its name, by code.
    pub fn of(&self, list: &str) -> Vec<(String, String)> {
        let codes = self.lists.get(list).into_iter().flatten();
        codes
            .map(|(code, name)| (code.clone(), name.clone()))
            .collect()
    }

    /// Whether the list is on record at all.
    pub fn knows(&self, list: &str) -> bool {
        self.lists.contains_key(list)
    }
}
