//! Rules over more than one cell, one file each. A declaration names a rule
//! and gives its parameters; adding a rule is a file here and a line below.

mod known_code;
mod one_of;
mod own_institution;
mod period_order;
mod person_known;
mod required_when;
mod row;
mod same_person;
mod seen;
mod sum;
mod unique_row;
mod year_of_date;

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::declaration::{Dataset, RuleUse};
use super::model::Severity;
use super::values::Fault;

pub(super) use row::{Environment, LookUp, Row, field_bit};
pub(super) use seen::Seen;

/// A rule, made from the parameters of a declaration.
pub(super) trait Rule: Debug + Send + Sync {
    /// What is wrong with the row. `seen` is this rule's own memory of the
    /// file's earlier rows.
    fn check(&self, row: &Row<'_>, seen: &mut Seen) -> Option<Broken>;
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
        "one-of" => one_of::build(params, dataset),
        "own-institution" => own_institution::build(params, dataset),
        "period-order" => period_order::build(params, dataset),
        "person-known" => Ok(Box::new(person_known::PersonKnown)),
        "required-when" => required_when::build(params, dataset),
        "same-person" => Ok(Box::new(same_person::SamePerson)),
        "sum" => sum::build(params, dataset),
        "unique-row" => Ok(Box::new(unique_row::UniqueRow::of_record(dataset))),
        "year-of-date" => year_of_date::build(params, dataset),
        _ => Err(RuleError {
            field: None,
            reason: "no such rule".into(),
        }),
    }
}

/// The rules that follow from the fields themselves: references and `unique`.
/// They come last, so that a declared rule may speak first about a field.
pub(super) fn implied(dataset: &Dataset) -> Vec<RuleUse> {
    let fields = || dataset.fields.iter().enumerate();
    let references =
        fields().filter_map(|(at, field)| Some(known_code::rule(at, field.reference.clone()?)));
    let unique = fields()
        .filter(|(_, field)| field.unique)
        .map(|(at, _)| unique_row::of_value(at));
    references
        .chain(unique)
        .map(|rule| RuleUse {
            severity: Severity::Error,
            rule,
        })
        .collect()
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
