//! A period of months does not end before it begins: start of assessment is
//! not after its end (PKS LAN-BKN 2019, Lampiran, API 2 LAN).

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct PeriodOrder {
    start: Month,
    end: Month,
}

#[derive(Debug)]
struct Month {
    year: usize,
    month: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Params {
    start_year: String,
    start_month: String,
    end_year: String,
    end_month: String,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    let month = |year: &str, month: &str| {
        Ok(Month {
            year: position(dataset, year)?,
            month: position(dataset, month)?,
        })
    };
    Ok(Box::new(PeriodOrder {
        start: month(&params.start_year, &params.start_month)?,
        end: month(&params.end_year, &params.end_month)?,
    }))
}

impl Month {
    fn of(&self, row: &Row<'_>) -> Option<(i32, u32)> {
        Some((
            row.value(self.year)?.parse().ok()?,
            row.value(self.month)?.parse().ok()?,
        ))
    }
}

impl Rule for PeriodOrder {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let (start, end) = (self.start.of(row)?, self.end.of(row)?);
        if start <= end {
            return None;
        }
        Broken::at(
            self.end.year,
            Fault::with(
                Code::PeriodReversed,
                [format!("{}-{:02}", start.0, start.1)],
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn broken(from: (&str, &str), to: (&str, &str)) -> Option<Told> {
        let params = r#"{"startYear": "tahun_mulai_penilaian", "startMonth": "bulan_mulai_penilaian", "endYear": "tahun_akhir_penilaian", "endMonth": "bulan_akhir_penilaian"}"#;
        rule_of("riwayat-angka-kredit", "period-order", params).broken(&[
            ("tahun_mulai_penilaian", from.0),
            ("bulan_mulai_penilaian", from.1),
            ("tahun_akhir_penilaian", to.0),
            ("bulan_akhir_penilaian", to.1),
        ])
    }

    #[test]
    fn a_period_may_be_one_month_and_may_cross_the_year() {
        assert!(broken(("2025", "7"), ("2025", "7")).is_none());
        assert!(broken(("2025", "12"), ("2026", "1")).is_none());
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        assert_eq!(
            broken(("2025", "10"), ("2025", "9")),
            fault("tahun_akhir_penilaian", "period-reversed", &["2025-10"])
        );
        assert_eq!(
            broken(("2026", "1"), ("2025", "12")),
            fault("tahun_akhir_penilaian", "period-reversed", &["2026-01"])
        );
    }

    #[test]
    fn a_period_that_is_not_whole_is_left_to_the_other_checks() {
        assert!(broken(("2025", ""), ("2024", "9")).is_none());
    }
}
