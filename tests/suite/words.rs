//! Codes that are kept in the database have words for the screen.

use std::fs;
use std::path::{Path, PathBuf};

/// Codes of queued work, which nobody reads.
const JOBS: &[&str] = &["deliveries.make", "submissions.check"];

/// Words that begin a code: the concepts and their things.
const CONCEPTS: &str = "accounts?|agreements?|audit|correspondence|deliver(?:y|ies)|delivery_plan|institutions?\
    |disclosures?|letters?|lookups?|mail|obligations?|reports?|submissions?|suspensions?";

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_action_and_every_kind_of_mail_has_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let code = regex::Regex::new(&format!("\"((?:{CONCEPTS})\\.[a-z_]+)\"")).unwrap();
    let words: String = ["audit/text.rs", "correspondence/text.rs"]
        .map(|name| fs::read_to_string(root.join(name)).unwrap())
        .concat();
    let words: String = words.split_whitespace().collect();
    let mut seen = 0;
    for file in files.iter().filter(|file| !file.ends_with("text.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for (_, [code]) in code.captures_iter(text).map(|found| found.extract()) {
            if code.ends_with(".json") {
                continue;
            }
            seen += 1;
            let has_words = words.contains(&format!("(\"{code}\",\""));
            assert!(
                has_words || JOBS.contains(&code),
                "{code} in {}",
                file.display()
            );
        }
    }
    assert!(seen > 0);
}
