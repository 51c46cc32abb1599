//! A field is required when another one has a certain value: the functional
//! position when the kind of post is 2 (SIASN's code list of kinds of post).

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct RequiredWhen {
    field: usize,
    when: usize,
    is: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    field: String,
    when: String,
    is: String,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(RequiredWhen {
        field: position(dataset, &params.field)?,
        when: position(dataset, &params.when)?,
        is: params.is,
    }))
}

impl Rule for RequiredWhen {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        if row.value(self.when) != Some(self.is.as_str()) || !row.is_empty(self.field) {
            return None;
        }
        Broken::at(
            self.field,
            Fault::with(Code::RequiredWhen, [row.title(self.when), self.is.clone()]),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn broken(values: &[(&str, &str)]) -> Option<Told> {
        rule_of(
            "riwayat-jabatan",
            "required-when",
            r#"{"field": "jabatan_fungsional_id", "when": "jenis_jabatan_id", "is": "2"}"#,
        )
        .broken(values)
    }

    #[test]
    fn a_functional_post_names_its_position() {
        assert_eq!(
            broken(&[("jenis_jabatan_id", "2")]),
            fault(
                "jabatan_fungsional_id",
                "required-when",
                &["ID jenis jabatan", "2"]
            )
        );
        assert!(
            broken(&[
                ("jenis_jabatan_id", "2"),
                ("jabatan_fungsional_id", "D82C966533067042E040640A02020A8A")
            ])
            .is_none()
        );
    }

    #[test]
    fn another_kind_of_post_need_not() {
        assert!(broken(&[("jenis_jabatan_id", "1")]).is_none());
        assert!(broken(&[]).is_none());
    }
}
