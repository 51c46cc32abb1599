//! How far a rule is in force: rehearsed, warning, or blocking. The declaration
//! tells the stage that a rule begins with; BKN decides on another from a day on.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::code::Code;
use super::declaration::{Dataset, RuleUse};
use super::model::Severity;

/// The stage of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Uji coba: checks leave it out; BKN sees what it would find.
    Rehearsal,
    /// Peringatan: what it finds may be sent with a reason.
    Warning,
    /// Menghalangi: what it finds cannot be sent.
    Blocking,
}

impl Stage {
    /// Every stage, the mildest first.
    pub const ALL: [Self; 3] = [Self::Rehearsal, Self::Warning, Self::Blocking];

    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rehearsal => "rehearsal",
            Self::Warning => "warning",
            Self::Blocking => "blocking",
        }
    }

    /// The stage of this text form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }

    /// How grave its findings are; none while it is rehearsed.
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Rehearsal => None,
            Self::Warning => Some(Severity::Warning),
            Self::Blocking => Some(Severity::Error),
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The stages in force, by the rules' keys. A rule that is not named here is in
/// the stage of its declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stages(BTreeMap<String, Stage>);

impl Stages {
    pub(super) fn of(&self, rule: &RuleUse) -> Stage {
        self.0.get(&rule.key).copied().unwrap_or(rule.stage)
    }
}

impl FromIterator<(String, Stage)> for Stages {
    fn from_iter<I: IntoIterator<Item = (String, Stage)>>(stages: I) -> Self {
        Self(stages.into_iter().collect())
    }
}

/// A rule of a data set, as it is told to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredRule {
    /// Names the rule within its data set: `year-of-date`, `reference.instansi_id`.
    pub key: String,
    /// What it asks, one Indonesian sentence.
    pub words: String,
    /// The names of the fields that the sentence mentions.
    pub fields: Vec<String>,
    /// The stage that it is declared with.
    pub stage: Stage,
    /// BKN's data quality indicator that it stands for.
    pub indicator: Option<Code>,
}

impl Dataset {
    /// The rules that have a stage, in the order in which they are applied.
    /// What a cell must look like to be read at all has none: it always blocks.
    pub fn staged_rules(&self) -> Vec<DeclaredRule> {
        let rule = |(at, rule): (usize, &RuleUse)| DeclaredRule {
            key: rule.key.clone(),
            words: self.rule_words(at, &rule.key),
            fields: self.rule_fields(at, &rule.key),
            stage: rule.stage,
            indicator: rule.indicator,
        };
        self.rules.iter().enumerate().map(rule).collect()
    }
}

impl Dataset {
    fn rule_fields(&self, at: usize, key: &str) -> Vec<String> {
        if let Some(declared) = self.told.get(at) {
            let named = declared.fields(self).into_iter();
            return named.map(str::to_owned).collect();
        }
        let field = key.split_once('.').map(|(_, field)| field.to_owned());
        field.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::all;

    #[test]
    fn every_stage_survives_its_text_form() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.as_str()), Some(stage));
        }
        assert_eq!(Stage::parse("error"), None);
    }

    #[test]
    fn every_rule_has_a_key_of_its_own_and_words() {
        for dataset in all().unwrap() {
            let mut keys = std::collections::BTreeSet::new();
            for rule in dataset.staged_rules() {
                assert!(rule.words.ends_with('.'), "{}: {rule:?}", dataset.name);
                assert!(keys.insert(rule.key.clone()), "{}: {rule:?}", dataset.name);
            }
        }
    }

    #[test]
    fn indicators_begin_as_warnings() {
        let rules = all().unwrap().iter().flat_map(Dataset::staged_rules);
        for rule in rules.filter(|rule| rule.indicator.is_some()) {
            assert_eq!(rule.stage, Stage::Warning, "{rule:?}");
        }
    }
}
