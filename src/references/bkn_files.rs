//! Which list each file of BKN's client library holds (`references/bkn/lists.json`).

use serde::Deserialize;
use std::sync::OnceLock;

const LISTS: &str = include_str!("../../references/bkn/lists.json");

/// What a file of BKN's is called here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct BknFile {
    /// The file's name without its extension.
    pub file: String,
    /// The list's name.
    pub list: String,
    /// The list's name on screens.
    pub title: String,
    /// The key that holds a code's name, where it is not `nama`.
    pub name: Option<String>,
}

/// What the file of this name (without extension) holds. A file that is not
/// known gives its own name to the list.
pub(super) fn of(file: &str) -> BknFile {
    static KNOWN: OnceLock<Vec<BknFile>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| serde_json::from_str(LISTS).unwrap_or_default());
    let found = known.iter().find(|entry| entry.file == file);
    found.cloned().unwrap_or_else(|| unknown(file))
}

fn unknown(file: &str) -> BknFile {
    let list = in_words(file, '-');
    let mut title = in_words(file, ' ');
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    BknFile {
        file: file.to_owned(),
        list,
        title,
        name: None,
    }
}

/// `jenisRiwayat` as `jenis-riwayat`; what is neither letter nor digit parts
/// words too.
fn in_words(file: &str, joint: char) -> String {
    let mut words = String::new();
    for sign in file.chars().take(60) {
        let begins = sign.is_ascii_uppercase() || !sign.is_ascii_alphanumeric();
        if begins && !words.is_empty() && !words.ends_with(joint) {
            words.push(joint);
        }
        if sign.is_ascii_alphanumeric() {
            words.push(sign.to_ascii_lowercase());
        }
    }
    words.trim_end_matches(joint).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forty_one_files_are_known_by_different_names() {
        let known: Vec<BknFile> = serde_json::from_str(LISTS).unwrap();
        let lists: std::collections::HashSet<_> = known.iter().map(|entry| &entry.list).collect();
        assert_eq!((known.len(), lists.len()), (41, 41));
    }

    #[test]
    fn an_unknown_file_names_its_list_itself() {
        let found = of("tunjanganBaru_2026");
        assert_eq!(found.list, "tunjangan-baru-2026");
        assert_eq!(found.title, "Tunjangan baru 2026");
        assert_eq!(of("golonganPns").list, "golongan");
    }
}
