//! A partner's own codes, as checking asks for them.

use diesel::QueryResult;
use std::collections::HashMap;

use super::model::{LIST, form};
use super::queries::find;
use crate::institutions::InstitutionId;
use crate::platform::db::DbConn;

/// BKN's codes by those of one partner, as far as they are mapped.
#[derive(Debug, Default)]
pub struct OwnCodes(HashMap<String, String>);

impl OwnCodes {
    /// Loads what was decided for a partner.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut DbConn, institution: InstitutionId) -> QueryResult<Self> {
        let mapped = find::mapped(conn, institution)?;
        Ok(Self(mapped.into_iter().collect()))
    }

    /// BKN's code for one of the partner's own, typed in a field of a list.
    pub fn bkn_code(&self, list: &str, typed: &str) -> Option<&str> {
        if list != LIST || self.0.is_empty() {
            return None;
        }
        self.0.get(&form(typed)).map(String::as_str)
    }
}
