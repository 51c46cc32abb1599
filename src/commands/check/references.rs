//! Reference lists from files of the program's own format (`references/`).

use anyhow::{Context, Result, ensure};
use padan::datasets::Codes;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

/// Lists by name; none is loaded unless a folder was named.
#[derive(Default)]
pub struct Lists(HashMap<String, BTreeMap<String, CodeEntry>>);

#[derive(Deserialize)]
struct ListFile {
    list: String,
    codes: Vec<CodeEntry>,
}

#[derive(Deserialize)]
struct CodeEntry {
    code: String,
    name: String,
    #[serde(default)]
    attributes: HashMap<String, String>,
}

impl Lists {
    /// Reads every `*.json` of a folder.
    pub fn read(folder: &Path) -> Result<Self> {
        let context = || format!("--references {}", folder.display());
        let mut lists = HashMap::new();
        for entry in fs::read_dir(folder).with_context(context)? {
            let path = entry.with_context(context)?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                let list = list(&path).with_context(|| path.display().to_string())?;
                let codes = list.codes.into_iter();
                let codes = codes.map(|entry| (entry.code.clone(), entry));
                lists.insert(list.list, codes.collect());
            }
        }
        ensure!(!lists.is_empty(), "{}: no lists in it", context());
        Ok(Self(lists))
    }
}

fn list(path: &Path) -> Result<ListFile> {
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}

impl Codes for Lists {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.0
            .get(list)
            .is_some_and(|codes| codes.contains_key(code))
    }

    fn entries(&self, list: &str) -> Vec<(String, String)> {
        let codes = self.0.get(list).into_iter().flatten();
        codes
            .map(|(code, entry)| (code.clone(), entry.name.clone()))
            .collect()
    }

    fn attribute(&self, list: &str, code: &str, key: &str) -> Option<&str> {
        let entry = self.0.get(list)?.get(code)?;
        entry.attributes.get(key).map(String::as_str)
    }

    fn is_loaded(&self, list: &str) -> bool {
        self.0.contains_key(list)
    }
}
