//! The lists in memory, as checking asks for them.

use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};

use super::queries::find;
use crate::datasets::{Attribute, Codes};
use crate::platform::db::DbConn;

/// Some lists, loaded once, in the version in force then.
#[derive(Debug, Default)]
pub struct LoadedCodes {
    lists: HashMap<String, BTreeMap<String, String>>,
    replaced: HashMap<(String, String), Replaced>,
    /// The value of each code that has one.
    attributes: Vec<(Attribute, HashMap<String, String>)>,
    versions: Vec<UsedVersion>,
}

/// The version of a list that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedVersion {
    /// The list.
    pub list: String,
    /// Its version's number.
    pub number: i32,
}

#[derive(Debug)]
struct Replaced {
    by: String,
    on: NaiveDate,
}

impl LoadedCodes {
    /// Loads these lists; one that is not on record is left out.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut DbConn, lists: &[&str]) -> QueryResult<Self> {
        let mut loaded = Self::default();
        for (list, number, _) in find::current_versions(conn, lists)? {
            loaded.lists.entry(list.clone()).or_default();
            loaded.versions.push(UsedVersion { list, number });
        }
        for (list, code, name) in find::codes_in_force(conn, lists)? {
            loaded.lists.entry(list).or_default().insert(code, name);
        }
        for (list, code, by, since) in find::replaced_codes(conn, lists)? {
            let on = since.jakarta_date();
            loaded.replaced.insert((list, code), Replaced { by, on });
        }
        loaded.versions.sort_by(|a, b| a.list.cmp(&b.list));
        Ok(loaded)
    }

    /// Loads these attributes of the codes in force as well.
    ///
    /// # Errors
    /// The database's.
    pub fn with<'a>(
        mut self,
        conn: &mut DbConn,
        wanted: impl Iterator<Item = &'a Attribute> + Clone,
    ) -> QueryResult<Self> {
        let mut lists: Vec<&str> = wanted.clone().map(|it| it.list.as_str()).collect();
        lists.sort_unstable();
        lists.dedup();
        if lists.is_empty() {
            return Ok(self);
        }
        let nothing = |it: &Attribute| (it.clone(), HashMap::new());
        self.attributes = wanted.map(nothing).collect();
        for (list, code, said) in find::attributes_in_force(conn, &lists)? {
            let said: HashMap<String, String> = serde_json::from_str(&said).unwrap_or_default();
            let of_list = self.attributes.iter_mut().filter(|(it, _)| it.list == list);
            for (wanted, values) in of_list {
                if let Some(value) = said.get(&wanted.key) {
                    values.insert(code.clone(), value.clone());
                }
            }
        }
        Ok(self)
    }

    /// What a list says of a code under a key, where that was loaded.
    pub fn attribute(&self, list: &str, code: &str, key: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        let (_, values) = all.find(|(it, _)| it.list == list && it.key == key)?;
        values.get(code).map(String::as_str)
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

    /// What took the place of a code that is in force no more, and on which day.
    /// A code that was replaced twice leads to the one in force.
    pub fn replacement(&self, list: &str, code: &str) -> Option<(&str, NaiveDate)> {
        let key = |code: &str| (list.to_owned(), code.to_owned());
        let mut found = self.replaced.get(&key(code))?;
        // As many steps as there are codes, in case two name each other.
        for _ in 0..self.replaced.len() {
            if self.has(list, &found.by) {
                return Some((&found.by, found.on));
            }
            found = self.replaced.get(&key(&found.by))?;
        }
        None
    }

    /// The versions that were loaded, by list.
    pub fn versions(&self) -> &[UsedVersion] {
        &self.versions
    }
}

impl Codes for LoadedCodes {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.has(list, code)
    }

    fn entries(&self, list: &str) -> Vec<(String, String)> {
        self.of(list)
    }

    fn is_loaded(&self, list: &str) -> bool {
        self.knows(list)
    }

    fn attribute(&self, list: &str, code: &str, key: &str) -> Option<&str> {
        Self::attribute(self, list, code, key)
    }

    fn replacement(&self, list: &str, code: &str) -> Option<(String, NaiveDate)> {
        let (by, on) = Self::replacement(self, list, code)?;
        Some((by.to_owned(), on))
    }
}
