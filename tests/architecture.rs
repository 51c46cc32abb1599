//! The rules of ARCHITECTURE.md that a machine can keep.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each concept, and the concepts it may use beside `platform` and the leaves.
const MAY_USE: &[(&str, &[&str])] = &[
    ("platform", &[]),
    ("references", &["datasets"]),
    // Their pages ask who is there.
    ("audit", &["accounts"]),
    ("correspondence", &["accounts", "audit"]),
    ("institutions", &["accounts"]),
    ("accounts", &["institutions"]),
    ("agreements", &["institutions", "accounts"]),
    ("datasets", &[]),
    ("register", &["datasets", "institutions"]),
    ("deliveries", &["agreements", "institutions", "accounts"]),
    (
        "submissions",
        &[
            "deliveries",
            "datasets",
            "register",
            "agreements",
            "institutions",
            "accounts",
        ],
    ),
    ("reports", &["agreements", "institutions", "accounts"]),
    (
        "obligations",
        &[
            "submissions",
            "reports",
            "deliveries",
            "agreements",
            "institutions",
            "accounts",
        ],
    ),
    (
        "suspensions",
        &[
            "obligations",
            "submissions",
            "reports",
            "deliveries",
            "agreements",
            "institutions",
            "accounts",
        ],
    ),
    (
        "overview",
        &[
            "suspensions",
            "obligations",
            "submissions",
            "reports",
            "deliveries",
            "agreements",
            "institutions",
            "accounts",
        ],
    ),
];

const LEAVES: &[&str] = &["references", "audit", "correspondence"];

#[test]
fn concepts_use_only_what_the_rule_allows() {
    for (concept, allowed) in MAY_USE {
        for used in crate_paths_in(&Path::new("src").join(concept)) {
            let leaf = LEAVES.contains(&used.as_str())
                && !LEAVES.contains(concept)
                && *concept != "platform";
            let fine =
                used == *concept || used == "platform" || leaf || allowed.contains(&used.as_str());
            assert!(fine, "`{concept}` may not use `{used}`");
        }
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| -> BTreeSet<String> {
        files_under(Path::new(folder))
            .iter()
            .map(|path| path.strip_prefix(folder).unwrap().display().to_string())
            .collect()
    };
    assert_eq!(names("migrations/sqlite"), names("migrations/postgres"));
}

#[test]
fn files_stay_small() {
    let too_long = |folder: &str, ending: &str, limit: usize| -> Vec<String> {
        files_under(Path::new(folder))
            .into_iter()
            .filter(|path| path.extension().is_some_and(|found| found == ending))
            .filter(|path| !path.ends_with("schema.rs"))
            .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
            .filter(|(lines, _)| *lines > limit)
            .map(|(lines, path)| format!("{} has {lines} lines", path.display()))
            .collect()
    };
    assert_eq!(too_long("src", "rs", 400), Vec::<String>::new());
    assert_eq!(too_long("tests", "rs", 400), Vec::<String>::new());
    assert_eq!(too_long("templates", "html", 80), Vec::<String>::new());
}

#[test]
fn templates_carry_no_inline_style_or_script() {
    for path in files_under(Path::new("templates")) {
        if path.starts_with("templates/mail") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for forbidden in [
            "style=\"",
            "<style",
            "onclick=",
            "onchange=",
            "javascript:",
            "|safe",
        ] {
            assert!(
                !text.contains(forbidden),
                "{} holds {forbidden}",
                path.display()
            );
        }
    }
}

#[test]
fn only_the_clock_reads_the_time() {
    for path in files_under(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let reads = ["Utc::now(", "Local::now(", "SystemTime::now("]
            .iter()
            .any(|call| text.contains(call));
        assert!(
            !reads || path.ends_with("platform/clock.rs"),
            "{}",
            path.display()
        );
    }
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_under(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The first segments of `crate::x` in the code of a folder, tests left out.
fn crate_paths_in(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in files_under(folder) {
        let code = fs::read_to_string(&path).unwrap();
        let code = code
            .split("#[cfg(test)]")
            .next()
            .unwrap_or_default()
            .to_owned();
        found.extend(code.split("crate::").skip(1).filter_map(|rest| {
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            (!name.is_empty() && name != "per_backend").then_some(name)
        }));
    }
    found
}

/// h2 before 0.4.16 can be made to exhaust memory (RUSTSEC-2026-0258); TLS and
/// HTTP/2 belong to the proxy.
#[test]
fn the_server_speaks_no_http2() {
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    assert!(!lock.contains("name = \"h2\""));
}
