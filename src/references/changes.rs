//! Comparing a file with the version in force.

use std::collections::HashMap;

use super::model::{Change, ChangeKind, Code, ReferenceImportId};
use super::reading::{CodeEntry, ListFile};

/// What a file would change: what is new and changed in the order of the file,
/// then what it has no more.
pub(super) fn changes(import: ReferenceImportId, now: Vec<Code>, file: &ListFile) -> Vec<Change> {
    let mut standing: HashMap<String, Code> = now
        .into_iter()
        .map(|code| (code.code.clone(), code))
        .collect();
    let mut found: Vec<Change> = Vec::new();
    for entry in &file.codes {
        let before = standing.remove(&entry.code);
        found.extend(coming(import, entry, before));
    }
    let by_name = names(&file.codes);
    let mut gone: Vec<Code> = standing.into_values().collect();
    gone.sort_by(|a, b| a.code.cmp(&b.code));
    found.extend(gone.into_iter().map(|code| {
        let named = file.replaced.get(&code.code).cloned();
        let namesake = || by_name.get(&normal_name(&code.name)).copied().flatten();
        let successor = named.or_else(|| namesake().map(str::to_owned));
        going(import, code, successor)
    }));
    for (position, change) in found.iter_mut().enumerate() {
        change.position = i32::try_from(position).unwrap_or(i32::MAX);
    }
    found
}

/// A code of the file, unless it stands so already.
fn coming(import: ReferenceImportId, entry: &CodeEntry, before: Option<Code>) -> Option<Change> {
    let is_same = |code: &Code| code.name == entry.name && code.attributes == entry.attributes;
    if before.as_ref().is_some_and(is_same) {
        return None;
    }
    Some(Change {
        import_id: import,
        position: 0,
        kind: match before {
            Some(_) => ChangeKind::Changed,
            None => ChangeKind::Added,
        },
        code: entry.code.clone(),
        name: entry.name.clone(),
        previous_name: before.map(|code| code.name),
        attributes: entry.attributes.clone(),
        replaced_by: None,
    })
}

/// A code that the file has no more. Where the file does not name what took its
/// place, whichever code alone bears its name now did.
fn going(import: ReferenceImportId, code: Code, successor: Option<String>) -> Change {
    Change {
        import_id: import,
        position: 0,
        kind: ChangeKind::Ended,
        replaced_by: successor,
        code: code.code,
        name: code.name,
        previous_name: None,
        attributes: code.attributes,
    }
}

/// The code of each name; none where several bear it.
fn names(codes: &[CodeEntry]) -> HashMap<String, Option<&str>> {
    let mut names: HashMap<String, Option<&str>> = HashMap::with_capacity(codes.len());
    for entry in codes {
        names
            .entry(normal_name(&entry.name))
            .and_modify(|code| *code = None)
            .or_insert(Some(&entry.code));
    }
    names
}

/// A name as it is compared: letters and digits, in lower case.
fn normal_name(name: &str) -> String {
    name.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::references::reading::read;

    fn standing(code: &str, name: &str) -> Code {
        Code {
            list: "uji".to_owned(),
            code: code.to_owned(),
            since: 1,
            until: None,
            name: name.to_owned(),
            attributes: "{}".to_owned(),
            replaced_by: None,
            search_text: String::new(),
        }
    }

    fn found(json: &str, now: Vec<Code>) -> Vec<(ChangeKind, String, Option<String>)> {
        let file = read("uji.json", json.as_bytes()).unwrap();
        let changes = changes(ReferenceImportId::generate(), now, &file);
        changes
            .into_iter()
            .map(|change| (change.kind, change.code, change.replaced_by))
            .collect()
    }

    #[test]
    fn new_changed_and_gone_codes_are_told_apart() {
        let now = vec![
            standing("1", "Satu"),
            standing("2", "Dua"),
            standing("3", "Tiga"),
        ];
        let file = r#"[{"id": "4", "nama": "Empat"}, {"id": "1", "nama": "Satu"}, {"id": "2", "nama": "Kedua"}]"#;
        assert_eq!(
            found(file, now),
            [
                (ChangeKind::Added, "4".to_owned(), None),
                (ChangeKind::Changed, "2".to_owned(), None),
                (ChangeKind::Ended, "3".to_owned(), None),
            ]
        );
    }

    #[test]
    fn the_only_namesake_replaces_a_code_that_is_gone() {
        let file = r#"[{"id": "9", "nama": "KEMENTERIAN CONTOH"}]"#;
        let changes = found(file, vec![standing("1", "Kementerian Contoh")]);
        assert_eq!(
            changes[1],
            (ChangeKind::Ended, "1".into(), Some("9".into()))
        );
        let twins = r#"[{"id": "8", "nama": "Kementerian Contoh"}, {"id": "9", "nama": "Kementerian Contoh"}]"#;
        let changes = found(twins, vec![standing("1", "Kementerian Contoh")]);
        assert_eq!(changes[2], (ChangeKind::Ended, "1".into(), None));
    }

    #[test]
    fn a_file_names_what_took_the_place_of_a_code() {
        let file = r#"{"list": "uji", "title": "Uji", "source": "uji", "version": "2026-11",
            "codes": [{"code": "2", "name": "Dua"}, {"code": "1", "name": "Satu", "replacedBy": "2"}]}"#;
        let changes = found(file, vec![standing("1", "Satu")]);
        assert_eq!(
            changes[1],
            (ChangeKind::Ended, "1".into(), Some("2".into()))
        );
    }

    #[test]
    fn a_file_that_says_the_same_changes_nothing() {
        assert!(
            found(
                r#"[{"id": "1", "nama": "Satu"}]"#,
                vec![standing("1", "Satu")]
            )
            .is_empty()
        );
    }
}
