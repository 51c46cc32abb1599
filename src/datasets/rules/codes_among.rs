//! A code is one of those that such civil servants can have: the legal status
//! of a PPPK (IKD ACC_4).

use serde::Deserialize;
use serde_json::Value;

use super::among::Among;
use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct CodesAmong {
    field: usize,
    among: Among,
    codes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    field: String,
    among: Among,
    codes: Vec<String>,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(CodesAmong {
        field: position(dataset, &params.field)?,
        among: params.among,
        codes: params.codes,
    }))
}

impl Rule for CodesAmong {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let code = row.value(self.field)?;
        if self.codes.iter().any(|one| one == code) || !self.among.has(row) {
            return None;
        }
        Broken::at(
            self.field,
            Fault::with(Code::NotAllowed, self.codes.clone()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn broken(nip: &str, status: &str) -> Option<Told> {
        let params = r#"{"field": "kedudukan_hukum_id", "among": "pppk", "codes": ["71", "101"]}"#;
        rule_of("data-utama", "codes-among", params)
            .broken(&[("nip", nip), ("kedudukan_hukum_id", status)])
    }

    #[test]
    fn the_status_of_a_pppk_is_one_that_pppk_have() {
        let pppk = "199007152024212901";
        assert!(broken(pppk, "71").is_none());
        assert_eq!(
            broken(pppk, "01"),
            fault("kedudukan_hukum_id", "not-allowed", &["71", "101"])
        );
        assert!(broken("199001012015031901", "01").is_none());
    }
}
