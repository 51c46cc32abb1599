//! Lists, their versions and codes, and what an import would change.

use diesel::prelude::*;

use crate::platform::clock::Moment;
use crate::platform::db::schema::{
    reference_changes, reference_codes, reference_imports, reference_lists, reference_versions,
};
use crate::platform::ids::{id, words};

id!(
    /// An import that was staged, taken or not.
    ReferenceImportId
);

words!(
    /// What an import does to one code.
    ChangeKind {
        /// It was not in force before.
        Added = "baru",
        /// Its name or its attributes differ.
        Changed = "berubah",
        /// It is in force no more.
        Ended = "berakhir",
    }
);

/// A code list.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = reference_lists)]
pub struct List {
    /// The name that declarations use: `jabatan-fungsional`.
    pub name: String,
    /// Its name on screens.
    pub title: String,
    /// The number of the version in force, from 1.
    pub current_version: i32,
}

/// One version of a list.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = reference_versions)]
pub struct Version {
    /// The list.
    pub list: String,
    /// 1, 2, 3, …
    pub number: i32,
    /// What the source calls it: year and month, `2026-08`.
    pub label: String,
    /// Where the codes come from.
    pub source: String,
    /// Who took it: an account, or the portal itself.
    pub taken_by: String,
    /// Since when it is in force.
    pub taken_at: Moment,
    /// Codes in force.
    pub codes: i64,
    /// Codes that were not in force before.
    pub added: i64,
    /// Codes with another name or other attributes.
    pub changed: i64,
    /// Codes that are in force no more.
    pub ended: i64,
}

/// A code as it stands in some versions of its list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = reference_codes)]
pub struct Code {
    /// The list.
    pub list: String,
    /// The code in its normal form.
    pub code: String,
    /// The first version that has it so.
    pub since: i32,
    /// The last version that has it so; none while it is in force.
    pub until: Option<i32>,
    /// The name on record.
    pub name: String,
    /// What else the source says of it, a JSON object of texts.
    pub attributes: String,
    /// The code that took its place.
    pub replaced_by: Option<String>,
    /// Code and name in lower case, for search.
    pub search_text: String,
}

impl Code {
    /// The attributes, in the order of the source.
    pub fn attributes(&self) -> Vec<(String, String)> {
        attributes_of(&self.attributes)
    }
}

/// Reads stored attributes; what is no object of texts has none.
fn attributes_of(json: &str) -> Vec<(String, String)> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).unwrap_or_default();
    let text = |value: serde_json::Value| value.as_str().map(str::to_owned);
    object
        .into_iter()
        .filter_map(|(name, value)| Some((name, text(value)?)))
        .collect()
}

/// An import: a file that was read and compared with the version in force.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = reference_imports)]
pub struct ReferenceImport {
    /// Names it.
    pub id: ReferenceImportId,
    /// The upload form's one-time key.
    pub form_key: String,
    /// The list.
    pub list: String,
    /// The list's name on screens.
    pub title: String,
    /// What the source calls the version.
    pub label: String,
    /// Where the codes come from.
    pub source: String,
    /// The version it was compared with; 0 where there is no list yet.
    pub base_version: i32,
    /// The file's name.
    pub file_name: String,
    /// Who brought it.
    pub staged_by: String,
    /// When.
    pub staged_at: Moment,
    /// Codes in the file.
    pub codes: i64,
    /// Codes that are not in force yet.
    pub added: i64,
    /// Codes with another name or other attributes.
    pub changed: i64,
    /// Codes that the file has no more.
    pub ended: i64,
    /// Entries whose code stood further up already; they are left out.
    pub repeated: i64,
    /// When it was taken.
    pub taken_at: Option<Moment>,
}

impl ReferenceImport {
    /// Whether it would change anything.
    pub fn changes_something(&self) -> bool {
        self.added + self.changed + self.ended > 0
    }

    /// How many changes of a kind.
    pub fn count(&self, kind: ChangeKind) -> i64 {
        match kind {
            ChangeKind::Added => self.added,
            ChangeKind::Changed => self.changed,
            ChangeKind::Ended => self.ended,
        }
    }
}

/// What an import does to one code.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = reference_changes)]
pub struct Change {
    /// The import.
    pub import_id: ReferenceImportId,
    /// Its place in the import, from 0.
    pub position: i32,
    /// What happens.
    pub kind: ChangeKind,
    /// The code.
    pub code: String,
    /// The name from then on; the last one where the code ends.
    pub name: String,
    /// The name until then, where it changes.
    pub previous_name: Option<String>,
    /// The attributes from then on.
    pub attributes: String,
    /// The code that takes its place, where it ends.
    pub replaced_by: Option<String>,
}

impl Change {
    /// The attributes, in the order of the source.
    pub fn attributes(&self) -> Vec<(String, String)> {
        attributes_of(&self.attributes)
    }
}

/// What a list of codes is narrowed to.
#[derive(Debug, Clone, Default)]
pub(super) struct CodeFilter {
    pub list: String,
    /// Part of a code or name, lower case.
    pub term: String,
    /// Codes that are in force no more, instead of those that are.
    pub ended: bool,
}
