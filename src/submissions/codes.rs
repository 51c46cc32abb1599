//! The reference lists as checking and templates ask for them.

use chrono::NaiveDate;
use diesel::QueryResult;

use crate::datasets::{Codes, Dataset, OwnCode};
use crate::institutions::InstitutionId;
use crate::mappings::{self, OwnCodes, Standing};
use crate::platform::db::DbConn;
use crate::references::{LoadedCodes, UsedVersion};

/// Every reference list, loaded once, and what the sender calls its codes.
pub struct Lists {
    lists: LoadedCodes,
    /// None where nobody in particular sends.
    own: Option<OwnCodes>,
}

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
        let lists = LoadedCodes::load(conn, &lists)?;
        Ok(Self {
            lists: lists.with(conn, dataset.rule_attributes())?,
            own: None,
        })
    }

    /// As [`Self::load`], with the codes that a sender has of its own.
    ///
    /// # Errors
    /// The database's.
    pub fn load_for(
        conn: &mut DbConn,
        dataset: &Dataset,
        sender: InstitutionId,
    ) -> QueryResult<Self> {
        let mut loaded = Self::load(conn, dataset)?;
        loaded.turn_to(conn, sender)?;
        Ok(loaded)
    }

    /// Takes the codes of another sender for the same lists.
    ///
    /// # Errors
    /// The database's.
    pub fn turn_to(&mut self, conn: &mut DbConn, sender: InstitutionId) -> QueryResult<()> {
        self.own = Some(OwnCodes::load(conn, sender)?);
        Ok(())
    }

    /// A code that was mapped once, or what took its place.
    fn in_force(&self, list: &str, code: &str) -> Option<String> {
        if self.lists.has(list, code) {
            return Some(code.to_owned());
        }
        let (successor, _) = self.lists.replacement(list, code)?;
        Some(successor.to_owned())
    }

    /// Which version of each list was loaded.
    pub fn versions(&self) -> &[UsedVersion] {
        self.lists.versions()
    }
}

impl Codes for Lists {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.lists.has(list, code)
    }

    fn entries(&self, list: &str) -> Vec<(String, String)> {
        self.lists.of(list)
    }

    fn attribute(&self, list: &str, code: &str, key: &str) -> Option<&str> {
        self.lists.attribute(list, code, key)
    }

    fn own(&self, list: &str, typed: &str) -> Option<String> {
        self.in_force(list, self.own.as_ref()?.bkn_code(list, typed)?)
    }

    fn own_code(&self, typed: &str) -> Option<OwnCode> {
        let own = self.own.as_ref()?;
        Some(match own.standing(typed) {
            None => OwnCode::Unknown(own.nearest(typed).map(str::to_owned)),
            Some(Standing::Unmatched) => OwnCode::Unmatched,
            Some(Standing::Undecided) => OwnCode::Undecided,
            Some(Standing::Mapped(bkn)) => self
                .in_force(mappings::LIST, bkn)
                .map_or(OwnCode::Undecided, OwnCode::Mapped),
        })
    }

    fn replacement(&self, list: &str, code: &str) -> Option<(String, NaiveDate)> {
        let (by, on) = self.lists.replacement(list, code)?;
        Some((by.to_owned(), on))
    }

    fn is_loaded(&self, list: &str) -> bool {
        self.lists.knows(list)
    }
}
