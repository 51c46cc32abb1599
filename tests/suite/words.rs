//! Codes that are kept in the database have words for the screen.

use padan::accounts::Role;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::TestApp;

/// Codes of queued work, which nobody reads.
const JOBS: &[&str] = &[
    "deliveries.make",
    "register.import",
    "rules.recheck",
    "rules.rehearse",
    "submissions.check",
];

/// Words that begin a code: the concepts and their things.
const CONCEPTS: &str = "accounts?|agreements?|audit|catalogue|correspondence|deliver(?:y|ies)|delivery_plan\
    |disclosures?|feedback|institutions?|letters?|lookups?|mail|mappings?|obligations?|references?\
    |register|reports?|rules|submissions?|suspensions?";

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

/// Limits have a constant each; pages say what it says.
#[test]
fn no_page_has_the_limit_of_a_file_written_by_hand() {
    let limit = regex::Regex::new(r"\d (?:KB|MB|GB)\b").unwrap();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let text = fs::read_to_string(&path).unwrap();
            assert!(!limit.is_match(&text), "{}", path.display());
        }
    }
    assert!(seen > 100);
}

#[actix_web::test]
async fn pages_say_what_a_file_may_weigh_and_how_many_records_a_draft_holds() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let (pic, admin) = (app.pic(&partner).await, app.staff(Role::Admin).await);
    let place = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    for (who, path, said) in [
        (&pic, place.as_str(), "paling besar 250 MB"),
        (&pic, &format!("{place}/isian"), "paling banyak 200."),
        (&admin, "/referensi/impor", "paling besar 30 MB"),
        (&admin, "/register/muat", "paling besar 2 GB"),
    ] {
        let page = who.page(path).await;
        assert!(page.contains(said), "{path}: {page}");
    }
}

#[test]
fn every_action_and_every_kind_of_mail_has_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let code = regex::Regex::new(&format!("\"((?:{CONCEPTS})\\.[a-z_]+)\"")).unwrap();
    let words: String = ["audit/text/actions.rs", "correspondence/text.rs"]
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
