//! The reference lists as checking and templates ask for them.

use chrono::NaiveDate;
use diesel::QueryResult;

use crate::datasets::{Codes, Dataset};
use crate::institutions::InstitutionId;
use crate::mappings::OwnCodes;
use crate::platform::db::DbConn;
use crate::references::{LoadedCodes, UsedVersion};

/// Every reference list, loaded once, and what the sender calls its codes.
pub struct Lists(LoadedCodes, OwnCodes);

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
        Ok(Self(LoadedCodes::load(conn, &lists)?, OwnCodes::default()))
    }

    /// As [`Self::load`], with the codes that a sender has of its own.
    pub fn load_for(
        conn: &mut DbConn,
        dataset: &Dataset,
        sender: InstitutionId,
    ) -> QueryResult<Self> {
        let Self(lists, _) = Self::load(conn, dataset)?;
        Ok(Self(lists, OwnCodes::load(conn, sender)?))
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

    fn own(&self, list: &str, typed: &str) -> Option<String> {
        let bkn = self.1.bkn_code(list, typed)?;
        if self.0.has(list, bkn) {
            return Some(bkn.to_owned());
        }
        let (successor, _) = self.0.replacement(list, bkn)?;
        Some(successor.to_owned())
    }

    fn code_named(&self, list: &str, name: &str) -> Option<String> {
        self.0.code_named(list, name).map(str::to_owned)
    }

    fn replacement(&self, list: &str, code: &str) -> Option<(String, NaiveDate)> {
        let (by, on) = self.0.replacement(list, code)?;
        Some((by.to_owned(), on))
    }

    fn is_loaded(&self, list: &str) -> bool {
        self.0.knows(list)
    }
}
