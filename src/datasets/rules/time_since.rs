//! So many months at least, or at most, have gone by since a date, where
//! another field has a certain value: no candidate for longer than a year
//! (IKD TIM_3), no structural post before two years (IKD ACC_3).

use chrono::Months;
use serde::Deserialize;
use serde_json::Value;

use super::condition::{Condition, When};
use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct TimeSince {
    date: usize,
    at_least: Option<Months>,
    at_most: Option<Months>,
    condition: Condition,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params {
    date: String,
    at_least: Option<u32>,
    at_most: Option<u32>,
    #[serde(flatten)]
    when: When,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(TimeSince {
        date: position(dataset, &params.date)?,
        at_least: params.at_least.map(Months::new),
        at_most: params.at_most.map(Months::new),
        condition: params.when.of(dataset)?,
    }))
}

impl Rule for TimeSince {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let (since, today) = (row.date(self.date)?, row.environment.today);
        let day_after = |months: Option<Months>| since.checked_add_months(months?);
        let is_short = day_after(self.at_least).is_some_and(|day| today < day);
        let is_long = day_after(self.at_most).is_some_and(|day| today > day);
        if !(is_short || is_long) || !self.condition.holds(row) {
            return None;
        }
        let params = [row.title(self.date), since.to_string()];
        Broken::at(self.date, Fault::with(Code::PeriodReversed, params))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    /// Today is 20 November 2026.
    fn candidate(since: &str, appointed: &str) -> Option<Told> {
        let params = r#"{"date": "tmt_cpns", "atMost": 12, "when": "tmt_pns", "is": ""}"#;
        rule_of("data-utama", "time-since", params)
            .broken(&[("tmt_cpns", since), ("tmt_pns", appointed)])
    }

    fn structural(since: &str, kind: &str) -> Option<Told> {
        let params =
            r#"{"date": "tmt_cpns", "atLeast": 24, "when": "jenis_jabatan_id", "is": "1"}"#;
        rule_of("data-utama", "time-since", params)
            .broken(&[("tmt_cpns", since), ("jenis_jabatan_id", kind)])
    }

    #[test]
    fn a_candidate_is_appointed_within_a_year() {
        assert!(candidate("2025-11-20", "").is_none());
        assert_eq!(
            candidate("2025-11-19", ""),
            fault("tmt_cpns", "period-reversed", &["TMT CPNS", "2025-11-19"])
        );
        assert!(candidate("2015-03-01", "2016-04-01").is_none());
    }

    #[test]
    fn a_structural_post_comes_after_two_years() {
        assert!(structural("2024-11-20", "1").is_none());
        assert!(structural("2024-11-21", "1").is_some());
        assert!(structural("2024-11-21", "2").is_none());
        assert!(structural("", "1").is_none());
    }
}
