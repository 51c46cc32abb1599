//! Forms: what is wrong with a field, and the key that makes a post count once.

use actix_web::web::Form;
use std::borrow::Cow;

/// What is wrong, field by field, in the order of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormErrors(Vec<(Cow<'static, str>, String)>);

impl FormErrors {
    /// No fault found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a fault: the field's id and the sentence.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, sentence: impl Into<String>) {
        self.0.push((field.into(), sentence.into()));
    }

    /// One fault.
    pub fn one(field: impl Into<Cow<'static, str>>, sentence: impl Into<String>) -> Self {
        Self(vec![(field.into(), sentence.into())])
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence for a field, if there is one.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, sentence)| sentence.as_str())
    }

    /// Every fault, for the summary.
    pub fn iter(&self) -> impl Iterator<Item = &(Cow<'static, str>, String)> {
        self.0.iter()
    }

    /// Notes a fault when the text is empty or longer than `limit` characters.
    pub fn require(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        text: &str,
        name: &str,
        limit: usize,
    ) {
        if text.trim().is_empty() {
            self.add(field, format!("Isi {name}."));
        } else if text.chars().count() > limit {
            self.add(
                field,
                format!("Tulis {name} paling banyak {limit} karakter."),
            );
        }
    }
}

/// A posted form as it came: for forms whose fields repeat.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Takes the posted pairs.
    pub fn new(form: Form<Vec<(String, String)>>) -> Self {
        Self(form.into_inner())
    }

    /// The first value of a field, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every pair whose name begins with `prefix`, the prefix cut off.
    pub fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter_map(move |(key, value)| Some((key.strip_prefix(prefix)?, value.as_str())))
    }
}

/// Makes a post count once: a hidden field, unique in the table it leads to.
pub struct OneTimeKey;

impl OneTimeKey {
    /// A new key for a form about to be shown.
    pub fn generate() -> String {
        uuid::Uuid::new_v4().to_string()
    }

    /// Whether a posted key has the form of one that was given out.
    pub fn is_valid(key: &str) -> bool {
        uuid::Uuid::parse_str(key).is_ok()
    }
}

/// A cell of a CSV file that no spreadsheet runs as a formula.
pub fn csv_cell(value: &str) -> String {
    match value.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => {
            format!("'{value}")
        }
        _ => value.to_owned(),
    }
}
