//! One of several fields has a value from a certain level of a reference code
//! on: a title from a diploma on (IKD COM_5). The level is an attribute of the
//! code in BKN's reference list.

use serde::Deserialize;
use serde_json::Value;

use super::{Attribute, Broken, Row, Rule, RuleError, Seen, attribute_of, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct FilledFromLevel {
    fields: Vec<usize>,
    of: usize,
    level: Attribute,
    from: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    fields: Vec<String>,
    of: String,
    attribute: String,
    from: u32,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    let fields = params.fields.iter().map(|name| position(dataset, name));
    Ok(Box::new(FilledFromLevel {
        fields: fields.collect::<Result<_, _>>()?,
        of: position(dataset, &params.of)?,
        level: attribute_of(dataset, &params.of, params.attribute)?,
        from: params.from,
    }))
}

impl Rule for FilledFromLevel {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        if !self.fields.iter().all(|field| row.is_empty(*field)) {
            return None;
        }
        let level = self.level.number(row, row.value(self.of)?)?;
        let titles = self.fields.iter().map(|field| row.title(*field));
        (level >= self.from).then_some(Broken {
            field: Some(*self.fields.first()?),
            fault: Fault::with(Code::OneOfRequired, titles),
        })
    }

    fn attribute(&self) -> Option<&Attribute> {
        Some(&self.level)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    const PARAMS: &str = r#"{"fields": ["gelar_belakang", "gelar_depan"],
        "of": "pendidikan_terakhir_id", "attribute": "tingkatPendidikanId", "from": 20}"#;

    fn broken(values: &[(&str, &str)]) -> Option<Told> {
        rule_of("data-utama", "filled-from-level", PARAMS).broken(values)
    }

    #[test]
    fn a_graduate_has_a_title_before_or_behind_the_name() {
        assert_eq!(
            broken(&[("pendidikan_terakhir_id", BACHELOR)]),
            fault(
                "gelar_belakang",
                "one-of-required",
                &["Gelar belakang", "Gelar depan"]
            )
        );
        let in_front = [("pendidikan_terakhir_id", BACHELOR), ("gelar_depan", "Dr.")];
        assert!(broken(&in_front).is_none());
    }

    #[test]
    fn school_leavers_and_unknown_educations_are_not_told() {
        assert!(broken(&[("pendidikan_terakhir_id", SCHOOL)]).is_none());
        assert!(broken(&[("pendidikan_terakhir_id", SIXTY)]).is_none());
        assert!(broken(&[]).is_none());
    }
}
