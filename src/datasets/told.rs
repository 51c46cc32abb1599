//! The declared rules as they are told to people.

use serde_json::{Map, Value};

use super::declaration::Dataset;

/// A rule of a declaration, kept to be told.
#[derive(Debug, Clone)]
pub(super) struct ToldRule {
    /// The rule's name: `year-of-date`.
    pub(super) name: String,
    /// Its parameters.
    pub(super) params: Map<String, Value>,
}

impl ToldRule {
    /// A parameter that is one text.
    pub(super) fn text(&self, key: &str) -> &str {
        self.params
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// A parameter that is a list of texts.
    pub(super) fn texts(&self, key: &str) -> Vec<&str> {
        let list = self.params.get(key).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// The names of the fields that its sentence mentions.
    pub(super) fn fields<'a>(&'a self, dataset: &'a Dataset) -> Vec<&'a str> {
        let named = self.params.values().flat_map(|value| match value {
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect::<Vec<_>>(),
        });
        let named = named.filter(|name| dataset.field(name).is_some());
        match self.name.as_str() {
            "same-person" => dataset
                .person_fields()
                .map(|field| field.name.as_str())
                .collect(),
            "unique-row" => dataset
                .row_key_fields()
                .map(|field| field.name.as_str())
                .collect(),
            _ => named.collect(),
        }
    }
}
