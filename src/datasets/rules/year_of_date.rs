//! A year is the year of a date: tahun kursus and tanggal kursus.

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct YearOfDate {
    year: usize,
    date: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    year: String,
    date: String,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(YearOfDate {
        year: position(dataset, &params.year)?,
        date: position(dataset, &params.date)?,
    }))
}

impl Rule for YearOfDate {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let (year, date) = (row.value(self.year)?, row.value(self.date)?);
        if date.split('-').next() == Some(year) {
            return None;
        }
        Broken::at(
            self.year,
            Fault::with(Code::YearDiffers, [row.title(self.date), date.to_owned()]),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn broken(year: &str, date: &str) -> Option<Told> {
        rule(
            "year-of-date",
            r#"{"year": "tahun_kursus", "date": "tanggal_kursus"}"#,
        )
        .broken(&[("tahun_kursus", year), ("tanggal_kursus", date)])
    }

    #[test]
    fn the_year_is_that_of_the_date() {
        assert!(broken("2026", "2026-01-09").is_none());
        assert_eq!(
            broken("2025", "2026-01-09"),
            fault(
                "tahun_kursus",
                "year-differs",
                &["Tanggal kursus", "2026-01-09"]
            )
        );
    }

    #[test]
    fn without_one_of_the_two_there_is_nothing_to_compare() {
        assert!(broken("2025", "").is_none());
    }
}
