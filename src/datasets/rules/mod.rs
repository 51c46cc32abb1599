//! Rules over more than one cell, one file each. A declaration names a rule
//! and gives its parameters; adding a rule is a file here and a line below.

mod among;
mod codes_among;
mod condition;
mod date_order;
mod filled;
mod filled_from_level;
mod known_code;
mod nip_part;
mod one_of;
mod own_code;
mod own_institution;
mod past_age;
mod period_order;
mod person_known;
mod required_when;
mod row;
mod same_person;
mod seen;
mod sum;
mod taken_over;
mod time_since;
mod unique_row;
mod unique_when;
mod without_words;
mod year_of_date;

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::declaration::{Dataset, RuleUse};
use super::stage::Stage;
use super::values::Fault;

pub(super) use row::{Environment, LookUp, Row, field_bit};
pub(super) use seen::Seen;

/// A rule, made from the parameters of a declaration.
pub(super) trait Rule: Debug + Send + Sync {
    /// What is wrong with the row. `seen` is this rule's own memory of the
    /// file's earlier rows.
    fn check(&self, row: &Row<'_>, seen: &mut Seen) -> Option<Broken>;
    /// What the rule asks of the codes of a list besides their names.
    fn attribute(&self) -> Option<&Attribute> {
        None
    }
    /// The fields of a code of the sender's own, and of BKN's for it.
    fn own_code(&self) -> Option<(usize, usize)> {
        None
    }
}

/// What a reference list says of each of its codes: the `usiaBup` of a
/// functional position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The list.
    pub list: String,
    /// The name that the list gives to it.
    pub key: String,
}

impl Attribute {
    /// What it is for a code, where it is a number.
    fn number(&self, row: &Row<'_>, code: &str) -> Option<u32> {
        let codes = row.environment.codes;
        codes.attribute(&self.list, code, &self.key)?.parse().ok()
    }
}

/// The attribute of the codes that stand in a field.
fn attribute_of(dataset: &Dataset, field: &str, key: String) -> Result<Attribute, RuleError> {
    let reference = dataset
        .field(field)
        .and_then(|(_, it)| it.reference.clone());
    let list = reference.ok_or_else(|| RuleError {
        field: Some(field.to_owned()),
        reason: "refers to no list".into(),
    })?;
    Ok(Attribute { list, key })
}

/// A rule that a row breaks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// The field to point at; none for the row as a whole.
    pub field: Option<usize>,
    pub fault: Fault,
}

impl Broken {
    fn at(field: usize, fault: Fault) -> Option<Self> {
        Some(Self {
            field: Some(field),
            fault,
        })
    }
}

/// Why a declaration's rule cannot be used.
pub(super) struct RuleError {
    pub field: Option<String>,
    pub reason: String,
}

/// Makes the rule of this name.
pub(super) fn build(
    name: &str,
    params: Value,
    dataset: &Dataset,
) -> Result<Box<dyn Rule>, RuleError> {
    match name {
        "codes-among" => codes_among::build(params, dataset),
        "date-order" => date_order::build(params, dataset),
        "filled" => filled::build(params, dataset),
        "filled-from-level" => filled_from_level::build(params, dataset),
        "nip-part" => nip_part::build(params, dataset),
        "one-of" => one_of::build(params, dataset),
        "own-code" => own_code::build(params, dataset),
        "own-institution" => own_institution::build(params, dataset),
        "past-age" => past_age::build(params, dataset),
        "period-order" => period_order::build(params, dataset),
        "person-known" => Ok(Box::new(person_known::PersonKnown)),
        "required-when" => required_when::build(params, dataset),
        "same-person" => Ok(Box::new(same_person::SamePerson)),
        "sum" => sum::build(params, dataset),
        "time-since" => time_since::build(params, dataset),
        "unique-row" => Ok(Box::new(unique_row::UniqueRow::of_record(dataset))),
        "unique-when" => unique_when::build(params, dataset),
        "without-words" => without_words::build(params, dataset),
        "year-of-date" => year_of_date::build(params, dataset),
        _ => Err(RuleError {
            field: None,
            reason: "no such rule".into(),
        }),
    }
}

/// The key of the rule that a code is in its list, before the field's name.
pub(super) const REFERENCE: &str = "reference.";
/// The key of the rule that a field's values differ, before the field's name.
pub(super) const UNIQUE: &str = "unique.";

/// The key of the rule that nothing is sent again that was taken over.
pub(super) const TAKEN_OVER: &str = "taken-over";

/// The rules that follow from the fields themselves, references and `unique`,
/// and from the row key. They come last, so that a declared rule may speak
/// first about a field.
pub(super) fn implied(dataset: &Dataset) -> Vec<RuleUse> {
    let fields = || dataset.fields.iter().enumerate();
    let rule_use = |(kind, name): (&str, &str), rule| RuleUse {
        key: format!("{kind}{name}"),
        stage: Stage::Blocking,
        indicator: None,
        rule,
    };
    let references = fields().filter_map(|(at, field)| {
        let rule = known_code::rule(at, field.reference.clone()?);
        Some(rule_use((REFERENCE, &field.name), rule))
    });
    let unique = fields()
        .filter(|(_, field)| field.unique)
        .map(|(at, field)| rule_use((UNIQUE, &field.name), unique_row::of_value(at)));
    let taken_over = (!dataset.row_key.is_empty()).then(|| RuleUse {
        key: TAKEN_OVER.to_owned(),
        stage: Stage::Warning,
        indicator: None,
        rule: Box::new(taken_over::TakenOver),
    });
    references.chain(unique).chain(taken_over).collect()
}

fn parse<P: DeserializeOwned>(params: Value) -> Result<P, RuleError> {
    serde_json::from_value(params).map_err(|error| RuleError {
        field: None,
        reason: error.to_string(),
    })
}

fn position(dataset: &Dataset, name: &str) -> Result<usize, RuleError> {
    let found = dataset.field(name).map(|(at, _)| at);
    found.ok_or_else(|| RuleError {
        field: Some(name.to_owned()),
        reason: "no such field".into(),
    })
}

#[cfg(test)]
mod testing;
