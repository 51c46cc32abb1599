//! Nobody works on after the age at which the own functional position ends
//! (IKD TIM_5). The age is an attribute of the position in BKN's reference list;
//! service ends with the month in which it is reached.

use chrono::{Datelike, Months, NaiveDate};
use serde::Deserialize;
use serde_json::Value;

use super::condition::{Condition, When};
use super::{Attribute, Broken, Row, Rule, RuleError, Seen, attribute_of, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct PastAge {
    birth: usize,
    position: usize,
    age: Attribute,
    condition: Condition,
    /// Where the row says that the person serves no more, and how.
    ended: Option<(usize, Vec<String>)>,
}

#[derive(Deserialize)]
struct Params {
    birth: String,
    position: String,
    attribute: String,
    #[serde(flatten)]
    when: When,
    unless: Option<String>,
    #[serde(default)]
    among: Vec<String>,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    let unless = params.unless.map(|name| position(dataset, &name));
    Ok(Box::new(PastAge {
        birth: position(dataset, &params.birth)?,
        position: position(dataset, &params.position)?,
        age: attribute_of(dataset, &params.position, params.attribute)?,
        condition: params.when.of(dataset)?,
        ended: unless.transpose()?.map(|at| (at, params.among)),
    }))
}

impl PastAge {
    fn has_ended(&self, row: &Row<'_>) -> bool {
        self.ended.as_ref().is_some_and(|(at, among)| {
            let status = row.value(*at);
            status.is_some_and(|status| among.iter().any(|one| one == status))
        })
    }
}

/// The first day of the month after that in which the age is reached.
fn day_of_retirement(birth: NaiveDate, age: u32) -> Option<NaiveDate> {
    let reached = birth.checked_add_months(Months::new(age.checked_mul(12)?))?;
    reached.with_day(1)?.checked_add_months(Months::new(1))
}

impl Rule for PastAge {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let (birth, code) = (row.date(self.birth)?, row.value(self.position)?);
        let age = self.age.number(row, code).filter(|age| *age > 0)?;
        let since = day_of_retirement(birth, age)?;
        let is_due = row.environment.today >= since;
        if !is_due || !self.condition.holds(row) || self.has_ended(row) {
            return None;
        }
        let params = [age.to_string(), since.to_string()];
        Broken::at(self.birth, Fault::with(Code::NotAllowed, params))
    }

    fn attribute(&self) -> Option<&Attribute> {
        Some(&self.age)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    const PARAMS: &str = r#"{"birth": "tanggal_lahir", "position": "jabatan_fungsional_id",
        "attribute": "usiaBup", "when": "jenis_jabatan_id", "is": "2",
        "unless": "kedudukan_hukum_id", "among": ["99"]}"#;

    /// Today is 20 November 2026; the position ends at 60.
    fn broken(birth: &str, others: &[(&str, &str)]) -> Option<Told> {
        let mut row = vec![("tanggal_lahir", birth), ("jabatan_fungsional_id", SIXTY)];
        row.extend([("jenis_jabatan_id", "2")]);
        row.extend(others);
        row.reverse();
        rule_of("data-utama", "past-age", PARAMS).broken(&row)
    }

    #[test]
    fn service_ends_with_the_month_in_which_the_age_is_reached() {
        assert!(broken("1966-11-01", &[]).is_none());
        assert_eq!(
            broken("1966-10-31", &[]),
            fault("tanggal_lahir", "not-allowed", &["60", "2026-11-01"])
        );
    }

    #[test]
    fn who_has_retired_or_holds_another_kind_of_post_is_not_told() {
        assert!(broken("1950-01-01", &[("kedudukan_hukum_id", "99")]).is_none());
        assert!(broken("1950-01-01", &[("kedudukan_hukum_id", "01")]).is_some());
        assert!(broken("1950-01-01", &[("jenis_jabatan_id", "4")]).is_none());
    }

    #[test]
    fn a_position_without_an_age_says_nothing() {
        let other = [("jabatan_fungsional_id", "0123456789ABCDEF0123456789ABCDEF")];
        assert!(broken("1950-01-01", &other).is_none());
    }
}
