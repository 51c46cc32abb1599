//! One date is not after another: candidate before being appointed (IKD ACC_1).

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct DateOrder {
    first: usize,
    then: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    first: String,
    then: String,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(DateOrder {
        first: position(dataset, &params.first)?,
        then: position(dataset, &params.then)?,
    }))
}

impl Rule for DateOrder {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let (first, then) = (row.date(self.first)?, row.date(self.then)?);
        if first <= then {
            return None;
        }
        let params = [row.title(self.then), then.to_string()];
        Broken::at(self.first, Fault::with(Code::PeriodReversed, params))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn broken(candidate: &str, appointed: &str) -> Option<Told> {
        let params = r#"{"first": "tmt_cpns", "then": "tmt_pns"}"#;
        rule_of("data-utama", "date-order", params)
            .broken(&[("tmt_cpns", candidate), ("tmt_pns", appointed)])
    }

    #[test]
    fn nobody_is_a_candidate_after_being_appointed() {
        assert!(broken("2015-03-01", "2016-04-01").is_none());
        assert!(broken("2016-04-01", "2016-04-01").is_none());
        assert_eq!(
            broken("2016-04-02", "2016-04-01"),
            fault("tmt_cpns", "period-reversed", &["TMT PNS", "2016-04-01"])
        );
    }

    #[test]
    fn without_both_dates_nothing_is_said() {
        assert!(broken("2016-04-02", "").is_none());
    }
}
