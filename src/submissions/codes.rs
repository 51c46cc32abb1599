//! The reference lists as checking and templates ask for them.

use diesel::QueryResult;

use crate::datasets::Codes;
use crate::platform::db::DbConn;
use crate::references::LoadedCodes;

/// Every reference list, loaded once.
pub(super) struct Lists(LoadedCodes);

impl Lists {
    /// Loads them.
    pub fn load(conn: &mut DbConn) -> QueryResult<Self> {
        LoadedCodes::load(conn).map(Self)
    }
}

impl Codes for Lists {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.0.has(list, code)
    }

    fn entries(&self, list: &str) -> Vec<(String, String)> {
        self.0.of(list)
    }

    fn is_loaded(&self, list: &str) -> bool {
        self.0.knows(list)
    }
}
