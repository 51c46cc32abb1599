//! The reference lists as checking and templates ask for them.

use chrono::NaiveDate;
use diesel::QueryResult;

use crate::datasets::{Codes, Dataset};
use crate::platform::db::DbConn;
use crate::references::{LoadedCodes, UsedVersion};

/// The reference lists that a data set refers to, loaded once.
pub struct Lists(LoadedCodes);

impl Lists {
    /// Loads the versions in force.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut DbConn, dataset: &Dataset) -> QueryResult<Self> {
        let named = dataset
            .fields
            .iter()
            .filter_map(|it| it.reference.as_deref());
        let lists: Vec<&str> = named.collect();
        LoadedCodes::load(conn, &lists).map(Self)
    }

    /// Which version of each list was loaded.
    pub fn versions(&self) -> &[UsedVersion] {
        self.0.versions()
    }
}

impl Codes for Lists {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.0.has(list, code)
    }

    fn entries(&self, list: &str) -> Vec<(String, String)> {
        self.0.of(list)
    }

    fn replacement(&self, list: &str, code: &str) -> Option<(String, NaiveDate)> {
        let (by, on) = self.0.replacement(list, code)?;
        Some((by.to_owned(), on))
    }

    fn is_loaded(&self, list: &str) -> bool {
        self.0.knows(list)
    }
}
