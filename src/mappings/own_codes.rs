//! A partner's own codes, as checking asks for them.

use diesel::QueryResult;
use std::collections::HashMap;

use super::model::{LIST, MappingState, form};
use super::queries::find;
use crate::institutions::InstitutionId;
use crate::platform::db::DbConn;

/// The codes of one partner, with what BKN decided about them.
#[derive(Debug, Default)]
pub struct OwnCodes {
    standings: HashMap<String, Standing>,
    /// The codes by their letters and digits alone; none where two are alike.
    alike: HashMap<String, Option<String>>,
}

/// How a code of a partner's stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is this code of BKN's.
    Mapped(String),
    /// Nobody has decided.
    Undecided,
    /// BKN has no such position.
    Unmatched,
}

impl OwnCodes {
    /// Loads what a partner handed in.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut DbConn, institution: InstitutionId) -> QueryResult<Self> {
        let mut codes = Self::default();
        for (code, form, state, bkn_code) in find::standings(conn, institution)? {
            let standing = match (state, bkn_code) {
                (MappingState::Mapped, Some(bkn)) => Standing::Mapped(bkn),
                (MappingState::Unmatched, _) => Standing::Unmatched,
                _ => Standing::Undecided,
            };
            let alike = codes.alike.entry(bare(&form)).or_insert(Some(code.clone()));
            alike.take_if(|other| *other != code);
            codes.standings.insert(form, standing);
        }
        Ok(codes)
    }

    /// Whether the partner has handed in any.
    pub fn is_empty(&self) -> bool {
        self.standings.is_empty()
    }

    /// How a code stands, as typed; none where it was never handed in.
    pub fn standing(&self, typed: &str) -> Option<&Standing> {
        self.standings.get(&form(typed))
    }

    /// The one code that is written nearly so.
    pub fn nearest(&self, typed: &str) -> Option<&str> {
        self.alike.get(&bare(typed))?.as_deref()
    }

    /// BKN's code for one of the partner's own, typed in a field of a list.
    pub fn bkn_code(&self, list: &str, typed: &str) -> Option<&str> {
        if list != LIST || self.is_empty() {
            return None;
        }
        match self.standing(typed)? {
            Standing::Mapped(bkn) => Some(bkn),
            Standing::Undecided | Standing::Unmatched => None,
        }
    }
}

/// A code by its letters and digits, without zeros before a number: `PPUPD02`
/// and `ppupd-2` are written nearly the same.
fn bare(code: &str) -> String {
    let mut bare = String::with_capacity(code.len());
    for sign in code.chars().filter(|sign| sign.is_alphanumeric()) {
        let is_in_number = bare.ends_with(|last: char| last.is_ascii_digit());
        if sign != '0' || is_in_number {
            bare.extend(sign.to_uppercase());
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_zeros_before_a_number_do_not_tell_codes_apart() {
        assert_eq!(bare("PPUPD-02"), bare(" ppupd 2"));
        assert_eq!(bare("P.10"), "P10");
        assert_ne!(bare("PPUPD-02"), bare("PPUPD-20"));
    }
}
