//! At least one of several fields has a value: ID PNS or NIP.

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct OneOf(Vec<usize>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    fields: Vec<String>,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    let fields = params
        .fields
        .iter()
        .map(|name| position(dataset, name))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Box::new(OneOf(fields)))
}

impl Rule for OneOf {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        if !self.0.iter().all(|field| row.is_empty(*field)) {
            return None;
        }
        Broken::at(
            *self.0.first()?,
            Fault::with(
                Code::OneOfRequired,
                self.0.iter().map(|field| row.title(*field)),
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn one_of_the_two_is_enough_and_none_is_too_few() {
        let rule = rule("one-of", r#"{"fields": ["id_pns", "nip"]}"#);
        assert!(rule.broken(&[("nip", "197203151996111903")]).is_none());
        assert!(
            rule.broken(&[("id_pns", "488278690BF2FBDBAB87A1ED5D275692")])
                .is_none()
        );
        assert_eq!(
            rule.broken(&[]),
            fault("id_pns", "one-of-required", &["ID PNS", "NIP"])
        );
    }

    #[test]
    fn a_faulty_value_is_not_an_absent_one() {
        assert!(
            rule("one-of", r#"{"fields": ["id_pns", "nip"]}"#)
                .broken_with_faulty(&[], "nip")
                .is_none()
        );
    }
}
