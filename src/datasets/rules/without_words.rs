//! A text has none of certain words, where another field has a certain value:
//! the post of a pelaksana is not called by a level of functional posts
//! (IKD ACC_9).

use serde::Deserialize;
use serde_json::Value;

use super::condition::{Condition, When};
use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct WithoutWords {
    field: usize,
    condition: Condition,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Params {
    field: String,
    /// In lower case.
    words: Vec<String>,
    #[serde(flatten)]
    when: When,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(WithoutWords {
        field: position(dataset, &params.field)?,
        condition: params.when.of(dataset)?,
        words: params.words,
    }))
}

impl Rule for WithoutWords {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let text = row.value(self.field)?;
        if !self.condition.holds(row) {
            return None;
        }
        let text = between_spaces(text);
        let mut words = self.words.iter();
        let word = words.find(|word| text.contains(&format!(" {word} ")))?;
        Broken::at(self.field, Fault::with(Code::NotAllowed, [word.clone()]))
    }
}

/// The words in lower case, one space before and after each.
fn between_spaces(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    fn broken(post: &str, kind: &str) -> Option<Told> {
        let params = r#"{"field": "nama_jabatan", "words": ["ahli muda", "mahir"], "when": "jenis_jabatan_id", "is": "4"}"#;
        rule_of("data-utama", "without-words", params)
            .broken(&[("nama_jabatan", post), ("jenis_jabatan_id", kind)])
    }

    #[test]
    fn a_pelaksana_does_not_bear_the_name_of_a_functional_post() {
        assert_eq!(
            broken("Arsiparis - Ahli  Muda", "4"),
            fault("nama_jabatan", "not-allowed", &["ahli muda"])
        );
        assert!(broken("Arsiparis Ahli Muda", "2").is_none());
        assert!(broken("Pengelola Kemahiran Bahasa", "4").is_none());
    }

    proptest::proptest! {
        #[test]
        fn a_word_is_found_wherever_it_stands(before in "[a-z]{0,8}", after in "[a-z]{0,8}") {
            let text = between_spaces(&format!("{before} MAHIR/{after}"));
            proptest::prop_assert!(text.contains(" mahir "));
        }
    }
}
