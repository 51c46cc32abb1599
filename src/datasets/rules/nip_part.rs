//! A field agrees with what the NIP tells: birth date, sex, month of
//! appointment (IKD CON_1, CON_2, CON_3), and the year of a PPPK's first
//! contract is one in which there were PPPK (IKD ACC_7).

use chrono::Datelike;
use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;
use crate::platform::nip::Nip;

#[derive(Debug)]
struct NipPart {
    field: usize,
    part: Part,
    /// The first year of contracts.
    earliest: u32,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    BirthDate,
    Sex,
    Appointment,
    FirstContract,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    field: String,
    part: Part,
    #[serde(default)]
    earliest: u32,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(NipPart {
        field: position(dataset, &params.field)?,
        part: params.part,
        earliest: params.earliest,
    }))
}

impl NipPart {
    /// What the NIP tells, when it is something else than the row says.
    fn told(&self, row: &Row<'_>, nip: Nip) -> Option<String> {
        match self.part {
            Part::BirthDate => {
                let (told, typed) = (nip.birth_date()?, row.date(self.field)?);
                (told != typed).then(|| told.to_string())
            }
            Part::Sex => {
                let typed = row.value(self.field)?;
                let told = if nip.sex() == 1 { "M" } else { "F" };
                (told != typed).then(|| told.to_owned())
            }
            Part::Appointment => {
                let (year, month) = (nip.appointment_year(), nip.appointment_month()?);
                let typed = row.date(self.field)?;
                let told = format!("{year:04}-{month:02}");
                (told != typed.format("%Y-%m").to_string()).then_some(told)
            }
            Part::FirstContract => {
                let year = nip.appointment_year();
                let this_year = row.environment.today.year().unsigned_abs();
                let is_one = (self.earliest..=this_year).contains(&year);
                (nip.is_pppk() && !is_one).then(|| year.to_string())
            }
        }
    }
}

impl Rule for NipPart {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let told = self.told(row, row.nip()?)?;
        Broken::at(self.field, Fault::with(Code::NotAllowed, [told]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    const PNS: &str = "199001012015031901";
    const PPPK: &str = "199007152024212901";

    fn broken(field: &str, part: &str, nip: &str, value: &str) -> Option<Told> {
        let params = format!(r#"{{"field": "{field}", "part": "{part}"}}"#);
        rule_of("data-utama", "nip-part", &params).broken(&[("nip", nip), (field, value)])
    }

    #[test]
    fn the_birth_date_is_that_of_the_nip() {
        let born = |date| broken("tanggal_lahir", "birth-date", PNS, date);
        assert!(born("1990-01-01").is_none());
        assert_eq!(
            born("1990-01-02"),
            fault("tanggal_lahir", "not-allowed", &["1990-01-01"])
        );
        assert!(born("").is_none());
    }

    #[test]
    fn the_sex_is_that_of_the_nip() {
        assert!(broken("jenis_kelamin", "sex", PNS, "M").is_none());
        assert_eq!(
            broken("jenis_kelamin", "sex", PPPK, "M"),
            fault("jenis_kelamin", "not-allowed", &["F"])
        );
    }

    #[test]
    fn the_month_of_appointment_is_that_of_a_civil_servants_nip() {
        let appointed = |nip, date| broken("tmt_cpns", "appointment", nip, date);
        assert!(appointed(PNS, "2015-03-01").is_none());
        assert_eq!(
            appointed(PNS, "2015-04-01"),
            fault("tmt_cpns", "not-allowed", &["2015-03"])
        );
        assert!(appointed(PPPK, "2015-04-01").is_none());
    }

    #[test]
    fn the_first_contract_is_of_a_year_with_pppk() {
        let rule = rule_of(
            "data-utama",
            "nip-part",
            r#"{"field": "nip", "part": "first-contract", "earliest": 2019}"#,
        );
        assert!(rule.broken(&[("nip", PPPK)]).is_none());
        assert!(rule.broken(&[("nip", PNS)]).is_none());
        assert_eq!(
            rule.broken(&[("nip", "199007152014212901")]),
            fault("nip", "not-allowed", &["2014"])
        );
    }
}
