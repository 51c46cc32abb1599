//! Reading a list from a file: BKN's own JSON, an array of objects each of its
//! own shape, or the format of `references/README.md`.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

use super::bkn_files;
use crate::datasets::AsnId;

/// Characters of a code and of a name at most.
const CODE_CHARACTERS: usize = 64;
const NAME_CHARACTERS: usize = 1_000;

/// Where BKN's own files come from.
const BKN: &str = "Referensi SIASN BKN";

/// A list as a file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFile {
    /// The list's name.
    pub list: String,
    /// Its name on screens.
    pub title: String,
    /// Where the codes come from.
    pub source: String,
    /// What the source calls the version, if it does.
    pub label: Option<String>,
    /// The codes, in the order of the file, none twice.
    pub codes: Vec<CodeEntry>,
    /// Codes that are in force no more, with what took their place.
    pub replaced: HashMap<String, String>,
    /// Entries whose code stood further up already.
    pub repeated: usize,
}

/// One code of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeEntry {
    /// In its normal form.
    pub code: String,
    /// Without stray blanks.
    pub name: String,
    /// What else is said of it, a JSON object of texts.
    pub attributes: String,
}

/// Why a file is no list.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not JSON, or JSON of another shape.
    #[error("not a list of codes in JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// An entry without a code, counted from 1.
    #[error("entry {0} has no code (`id`)")]
    NoCode(usize),
    /// An entry whose code or name is longer than any is, counted from 1.
    #[error("entry {0} has a code or a name that is too long")]
    TooLong(usize),
    /// Nothing is in it.
    #[error("the list is empty")]
    Empty,
    /// The list's name is not made of small letters, digits and hyphens.
    #[error("`{0}` cannot be the name of a list")]
    Name(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Bkn(Vec<Map<String, Value>>),
    Own(OwnFile),
}

#[derive(Deserialize)]
struct OwnFile {
    list: String,
    title: String,
    source: String,
    version: String,
    codes: Vec<OwnCode>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OwnCode {
    code: String,
    name: String,
    #[serde(default)]
    attributes: Map<String, Value>,
    replaced_by: Option<String>,
}

/// Reads a list. `file_name` names the list where the content does not.
///
/// # Errors
/// What is wrong with the first entry that cannot be taken.
pub fn read(file_name: &str, content: &[u8]) -> Result<ListFile, ReadError> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let (list, entries) = match serde_json::from_slice(content)? {
        File::Bkn(rows) => of_bkn(file_name, rows)?,
        File::Own(file) => of_own(file),
    };
    if !is_list_name(&list.list) {
        return Err(ReadError::Name(list.list));
    }
    let list = without_repeats(list, entries)?;
    match list.codes.is_empty() {
        true => Err(ReadError::Empty),
        false => Ok(list),
    }
}

fn is_list_name(name: &str) -> bool {
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    (1..=60).contains(&name.len()) && name.chars().all(fits)
}

fn of_bkn(
    file_name: &str,
    rows: Vec<Map<String, Value>>,
) -> Result<(ListFile, Vec<CodeEntry>), ReadError> {
    let stem = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let known = bkn_files::of(stem.split('.').next().unwrap_or_default());
    let name_key = known.name.as_deref().unwrap_or("nama");
    let entry = |(place, row)| bkn_entry(row, name_key).ok_or(ReadError::NoCode(place + 1));
    let entries: Result<Vec<CodeEntry>, ReadError> =
        rows.into_iter().enumerate().map(entry).collect();
    let list = ListFile {
        list: known.list,
        title: known.title,
        source: BKN.to_owned(),
        label: None,
        codes: Vec::new(),
        replaced: HashMap::new(),
        repeated: 0,
    };
    Ok((list, entries?))
}

/// An entry of BKN's: `id` and the name, in any case; the rest are attributes.
fn bkn_entry(row: Map<String, Value>, name_key: &str) -> Option<CodeEntry> {
    let (mut code, mut name) = (None, None);
    let mut attributes = Map::new();
    for (key, value) in row {
        let value = text(&value);
        if key.eq_ignore_ascii_case("id") {
            code = value;
        } else if key.eq_ignore_ascii_case(name_key) {
            name = value;
        } else if let Some(value) = value {
            attributes.insert(key, Value::String(normal_code(&value)));
        }
    }
    let code = normal_code(&code?);
    Some(CodeEntry {
        name: name.map_or_else(|| code.clone(), |name| tidy(&name)),
        code,
        attributes: Value::Object(attributes).to_string(),
    })
}

fn of_own(file: OwnFile) -> (ListFile, Vec<CodeEntry>) {
    let (mut entries, mut replaced) = (Vec::new(), HashMap::new());
    for entry in file.codes {
        let code = normal_code(&entry.code);
        if let Some(by) = entry.replaced_by {
            replaced.insert(code, normal_code(&by));
            continue;
        }
        entries.push(CodeEntry {
            code,
            name: tidy(&entry.name),
            attributes: Value::Object(entry.attributes).to_string(),
        });
    }
    let list = ListFile {
        list: file.list,
        title: tidy(&file.title),
        source: tidy(&file.source),
        label: Some(tidy(&file.version)),
        codes: Vec::new(),
        replaced,
        repeated: 0,
    };
    (list, entries)
}

fn without_repeats(mut list: ListFile, entries: Vec<CodeEntry>) -> Result<ListFile, ReadError> {
    let mut seen = HashSet::with_capacity(entries.len());
    for (place, entry) in entries.into_iter().enumerate() {
        if entry.code.is_empty() {
            return Err(ReadError::NoCode(place + 1));
        }
        let long = entry.code.chars().count() > CODE_CHARACTERS;
        if long || entry.name.chars().count() > NAME_CHARACTERS {
            return Err(ReadError::TooLong(place + 1));
        }
        if seen.insert(entry.code.clone()) {
            list.codes.push(entry);
        } else {
            list.repeated += 1;
        }
    }
    Ok(list)
}

/// The one form of a code: an ID in upper case without dashes, whatever else
/// without blanks around it.
pub(super) fn normal_code(code: &str) -> String {
    let code = code.trim();
    code.parse::<AsnId>()
        .map_or_else(|_| code.to_owned(), |id| id.to_string())
}

/// A value as text; none where there is no value.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// A name without control characters and stray or double blanks.
fn tidy(name: &str) -> String {
    let visible: String = name
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_bkn_is_read_as_it_is() {
        let list = read(
            "jenisPensiun.json",
            br#"[{"ID": "8", "NAMA": " Pemberhentian  Dengan Hormat"}]"#,
        )
        .unwrap();
        assert_eq!((list.list.as_str(), list.repeated), ("jenis-pensiun", 0));
        assert_eq!(list.codes[0].code, "8");
        assert_eq!(list.codes[0].name, "Pemberhentian Dengan Hormat");
    }

    #[test]
    fn three_notations_of_an_id_are_one_code() {
        let rows = br#"[{"id": "ff80808135ad75000135bcf5c39c7718", "nama": "A", "kelompokJabatanId": "555d45e6-8061-41cf-aca8-ab4e1d148f2b"},
            {"id": "FF808081-35AD-7500-0135-BCF5C39C7718", "nama": "B"}]"#;
        let list = read("jabatanFungsional.json", rows).unwrap();
        assert_eq!((list.codes.len(), list.repeated), (1, 1));
        assert_eq!(list.codes[0].code, "FF80808135AD75000135BCF5C39C7718");
        assert_eq!(
            list.codes[0].attributes,
            r#"{"kelompokJabatanId":"555D45E6806141CFACA8AB4E1D148F2B"}"#
        );
    }

    #[test]
    fn a_code_without_a_name_is_named_by_itself() {
        let list = read("eselon.json", br#"[{"id": "00", "nama": null}]"#).unwrap();
        assert_eq!(list.codes[0].name, "00");
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert!(matches!(read("a.json", b"{}"), Err(ReadError::Json(_))));
        assert!(matches!(read("a.json", b"[]"), Err(ReadError::Empty)));
        let no_id = read("a.json", br#"[{"nama": "A"}]"#);
        assert!(matches!(no_id, Err(ReadError::NoCode(1))));
        let name = br#"{"list":"../a","title":"","source":"","version":"","codes":[{"code":"1","name":"A"}]}"#;
        assert!(matches!(read("a.json", name), Err(ReadError::Name(_))));
    }

    proptest::proptest! {
        #[test]
        fn no_content_makes_the_reader_panic(name in "\\PC*", content in "\\PC*") {
            let _ = read(&name, content.as_bytes());
        }
    }
}
