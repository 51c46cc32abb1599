//! No value stands twice among the rows where another field has a certain
//! value: one head for each unit (IKD TIM_4).

use serde::Deserialize;
use serde_json::Value;

use super::condition::{Condition, When};
use super::seen::Earlier;
use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct UniqueWhen {
    field: usize,
    condition: Condition,
}

#[derive(Deserialize)]
struct Params {
    field: String,
    #[serde(flatten)]
    when: When,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(UniqueWhen {
        field: position(dataset, &params.field)?,
        condition: params.when.of(dataset)?,
    }))
}

impl Rule for UniqueWhen {
    fn check(&self, row: &Row<'_>, seen: &mut Seen) -> Option<Broken> {
        let value = row.value(self.field)?;
        if !self.condition.holds(row) {
            return None;
        }
        let this = Earlier {
            key: seen.hash(None, |out| out.push_str(value)),
            row: row.number,
            content: 0,
        };
        let earlier = seen.earlier(this)?.row.to_string();
        Broken::at(self.field, Fault::with(Code::DuplicateValue, [earlier]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn two_heads_of_one_unit_are_told_and_two_members_are_not() {
        let params = r#"{"field": "unit_kerja_id", "when": "jenis_jabatan_id", "is": "1"}"#;
        let rule = rule_of("data-utama", "unique-when", params);
        let held = |kind| {
            [
                ("unit_kerja_id", "F1C90000000000000000000000000001"),
                ("jenis_jabatan_id", kind),
            ]
        };
        assert!(rule.broken(&held("2")).is_none());
        assert!(rule.broken(&held("2")).is_none());
        assert!(rule.broken(&held("1")).is_none());
        assert_eq!(
            rule.broken(&held("1")),
            fault("unit_kerja_id", "duplicate-value", &["2"])
        );
    }
}
