//! The names of a few codes, without loading their lists.

use diesel::prelude::*;
use std::collections::HashMap;

use crate::platform::db::DbConn;
use crate::platform::db::schema::reference_codes;

/// Names by list and code.
#[derive(Debug, Clone, Default)]
pub struct CodeNames(HashMap<(String, String), String>);

impl CodeNames {
    /// The name of a code, if its list ever had it.
    pub fn name(&self, list: &str, code: &str) -> Option<&str> {
        let key = (list.to_owned(), code.to_owned());
        self.0.get(&key).map(String::as_str)
    }
}

/// Names of these codes, each with its list: the last that a code had, also
/// where it is in force no more. One statement.
///
/// # Errors
/// The database's.
pub fn code_names(conn: &mut DbConn, wanted: &[(&str, &str)]) -> QueryResult<CodeNames> {
    let (lists, codes): (Vec<&str>, Vec<&str>) = wanted.iter().copied().unzip();
    let rows: Vec<(String, String, String)> = reference_codes::table
        .filter(reference_codes::list.eq_any(lists))
        .filter(reference_codes::code.eq_any(codes))
        .order(reference_codes::since)
        .select((
            reference_codes::list,
            reference_codes::code,
            reference_codes::name,
        ))
        .load(conn)?;
    let named = rows
        .into_iter()
        .map(|(list, code, name)| ((list, code), name));
    Ok(CodeNames(named.collect()))
}

/// A name as it is compared: letters and digits in lower case, one blank where
/// there are others.
pub(super) fn plain(name: &str) -> String {
    let words = name.split(|sign: char| !sign.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").to_lowercase()
}
