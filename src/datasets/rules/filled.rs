//! A field has a value, though its absence hinders nothing: the indicators of
//! completeness (IKD COM_3, COM_4, COM_6, COM_7).

use serde::Deserialize;
use serde_json::Value;

use super::among::Among;
use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct Filled {
    field: usize,
    among: Among,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    field: String,
    #[serde(default)]
    among: Among,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(Filled {
        field: position(dataset, &params.field)?,
        among: params.among,
    }))
}

impl Rule for Filled {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        if !row.is_empty(self.field) || !self.among.has(row) {
            return None;
        }
        Broken::at(self.field, Fault::new(Code::Required))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn broken(params: &str, values: &[(&str, &str)]) -> Option<Told> {
        rule_of("data-utama", "filled", params).broken(values)
    }

    #[test]
    fn an_empty_field_is_told_and_a_filled_one_is_not() {
        let params = r#"{"field": "email"}"#;
        assert_eq!(broken(params, &[]), fault("email", "required", &[]));
        assert!(broken(params, &[("email", "a@b.example")]).is_none());
    }

    #[test]
    fn only_a_civil_servant_proper_has_a_day_of_appointment() {
        let params = r#"{"field": "tmt_pns", "among": "pns"}"#;
        assert!(broken(params, &[("nip", "199001012015031901")]).is_some());
        assert!(broken(params, &[("nip", "199007152024212901")]).is_none());
        assert!(broken(params, &[]).is_none());
    }

    #[test]
    fn a_faulty_value_is_not_an_absent_one() {
        let rule = rule_of("data-utama", "filled", r#"{"field": "email"}"#);
        assert!(rule.broken_with_faulty(&[], "email").is_none());
    }
}
