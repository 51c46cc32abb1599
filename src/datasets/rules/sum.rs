//! A total is the sum of its parts: angka kredit total = utama + penunjang
//! (PKS LAN-BKN 2019, Lampiran, API 2 LAN).

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::{Dataset, Kind};
use crate::datasets::values::{Fault, parse_decimal, write_decimal};

#[derive(Debug)]
struct Sum {
    total: usize,
    parts: Vec<usize>,
    places: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    total: String,
    parts: Vec<String>,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    let parts = params
        .parts
        .iter()
        .map(|name| position(dataset, name))
        .collect::<Result<Vec<_>, _>>()?;
    let total = position(dataset, &params.total)?;
    let places = match dataset.fields.get(total).map(|field| &field.kind) {
        Some(Kind::Decimal(limits)) => limits.places,
        _ => 0,
    };
    Ok(Box::new(Sum {
        total,
        parts,
        places,
    }))
}

impl Rule for Sum {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let amount = |field: usize| parse_canonical(row.value(field)?, self.places);
        let total = amount(self.total)?;
        let sum = self
            .parts
            .iter()
            .try_fold(0_i64, |sum, part| sum.checked_add(amount(*part)?))?;
        if sum == total {
            return None;
        }
        let mut shown = String::new();
        write_decimal(sum, self.places, &mut shown);
        Broken::at(self.total, Fault::with(Code::SumDiffers, [shown]))
    }
}

/// Canonical numbers have a point as decimal sign, so `1.125` has one reading.
fn parse_canonical(text: &str, places: u32) -> Option<i64> {
    match text.split_once('.') {
        Some((whole, fraction)) => parse_decimal(&format!("{whole}.{fraction:0<6}"), places),
        None => parse_decimal(text, places),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn broken(total: &str, main: &str, support: &str) -> Option<Told> {
        let params = r#"{"total": "angka_kredit_total", "parts": ["angka_kredit_utama", "angka_kredit_penunjang"]}"#;
        rule_of("riwayat-angka-kredit", "sum", params).broken(&[
            ("angka_kredit_total", total),
            ("angka_kredit_utama", main),
            ("angka_kredit_penunjang", support),
        ])
    }

    #[test]
    fn sums_are_exact_to_the_last_decimal() {
        assert!(broken("25", "20.5", "4.5").is_none());
        assert!(broken("1.375", "1.125", "0.25").is_none());
        assert_eq!(
            broken("0.3", "0.1", "0.199"),
            fault("angka_kredit_total", "sum-differs", &["0.299"])
        );
    }

    #[test]
    fn a_sum_with_a_part_missing_is_left_to_the_other_checks() {
        assert!(broken("25", "20.5", "").is_none());
    }
}
