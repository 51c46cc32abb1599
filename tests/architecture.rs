//! The rules of ARCHITECTURE.md that a machine can keep.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the platform exports at the crate's root.
const MACROS: [&str; 2] = ["per_backend", "insert_many"];
const LEAVES: [&str; 3] = ["references", "audit", "correspondence"];

/// A line of the list in ARCHITECTURE.md: a concept, and those it may use beside
/// `platform` and the leaves; `None` for any.
struct Rule {
    concept: String,
    may_use: Option<Vec<String>>,
}

/// The list, in its order.
fn rules() -> Vec<Rule> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let block = text.split("```").nth(1).unwrap();
    let rule = |line: &str| {
        let (concept, used) = line.split_once('→')?;
        let names = used.split(',').map(|name| name.trim().to_owned());
        let names: Vec<String> = names.filter(|name| name != "–").collect();
        Some(Rule {
            concept: concept.trim().to_owned(),
            may_use: (names != ["any"]).then_some(names),
        })
    };
    block.lines().filter_map(rule).collect()
}

#[test]
fn every_concept_stands_in_the_list_above_those_that_use_it() {
    let listed: Vec<String> = rules().into_iter().map(|rule| rule.concept).collect();
    let mut folders: Vec<String> = concepts().collect();
    let mut sorted = listed.clone();
    folders.sort();
    sorted.sort();
    assert_eq!(sorted, folders);
    for (place, rule) in rules().iter().enumerate() {
        for used in rule.may_use.iter().flatten() {
            let above = listed.iter().take(place).any(|name| name == used);
            assert!(above, "`{used}` has to stand above `{}`", rule.concept);
        }
    }
}

#[test]
fn concepts_use_only_what_the_list_allows() {
    for Rule { concept, may_use } in rules() {
        let Some(may_use) = may_use else { continue };
        let has_leaves = !LEAVES.contains(&concept.as_str()) && concept != "datasets";
        for (file, used) in crate_paths_of(&concept) {
            let asks_who_is_there = used == "accounts" && is_page(&file);
            let fine = used == concept
                || used == "platform"
                || asks_who_is_there
                || may_use.contains(&used)
                || has_leaves && LEAVES.contains(&used.as_str());
            assert!(fine, "{}: `{concept}` may not use `{used}`", file.display());
        }
    }
}

#[test]
fn the_platform_uses_no_concept() {
    let concepts: Vec<String> = concepts().collect();
    for (file, used) in crate_paths_of("platform") {
        assert!(
            !concepts.contains(&used),
            "{} uses `{used}`",
            file.display()
        );
    }
}

/// The folders of `src/` that are concepts: what composes them has only files,
/// but for the table of routes.
fn concepts() -> impl Iterator<Item = String> {
    let entries = fs::read_dir("src").unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().is_dir());
    let names = folders.map(|entry| entry.file_name().into_string().unwrap());
    names.filter(|name| !["platform", "routes"].contains(&name.as_str()))
}

fn is_page(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str() == "pages") || file.ends_with("pages.rs")
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

/// Of two with one number only the first would ever run.
#[test]
fn every_migration_has_a_number_of_its_own() {
    let mut numbers = BTreeSet::new();
    for folder in std::fs::read_dir("migrations/sqlite").unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        let number = name.split('_').next().unwrap().to_owned();
        assert!(numbers.insert(number), "{name} takes the number of another");
    }
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

#[test]
fn the_example_of_settings_has_every_one() {
    let example = fs::read_to_string(".env.example").unwrap();
    let given: BTreeSet<&str> = example
        .lines()
        .filter_map(|line| line.split_once('=').map(|(name, _)| name))
        .filter(|name| name.starts_with("PADAN_"))
        .collect();
    let mut asked = BTreeSet::new();
    for path in files_under(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        for rest in text.split("\"PADAN_").skip(1) {
            let is_of_name = |sign: char| sign.is_ascii_uppercase() || sign == '_';
            let name: String = rest.chars().take_while(|sign| is_of_name(*sign)).collect();
            asked.insert(format!("PADAN_{name}"));
        }
    }
    let asked: BTreeSet<&str> = asked.iter().map(String::as_str).collect();
    assert!(!asked.is_empty());
    assert_eq!(given, asked);
}

#[test]
fn the_readmes_map_has_every_concept() {
    let readme = fs::read_to_string("README.md").unwrap();
    let map = readme.split("## The map").nth(1).unwrap();
    let map = map.split("```").nth(1).unwrap();
    for concept in concepts() {
        assert!(map.contains(&format!("{concept}/ ")), "{concept}");
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

/// The first segments of `crate::x` in the code and the templates of a concept,
/// with the file that names it; tests left out.
fn crate_paths_of(concept: &str) -> BTreeSet<(PathBuf, String)> {
    let mut found = BTreeSet::new();
    let folders = ["src", "templates"].map(|root| Path::new(root).join(concept));
    let files = folders.iter().filter(|folder| folder.exists());
    for path in files.flat_map(|folder| files_under(folder)) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for rest in code.split("crate::").skip(1) {
            let name = rest
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next();
            let name = name.unwrap_or_default();
            if !name.is_empty() && !MACROS.contains(&name) {
                found.insert((path.clone(), name.to_owned()));
            }
        }
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
