//! Rows for the rules' tests.

use std::cell::RefCell;

use chrono::NaiveDate;

use super::*;
use crate::datasets::context::{Codes, Institutions, OwnCode, Person};
use crate::datasets::find;
use crate::datasets::model::Values;
use crate::platform::nip::Nip;

pub const UNKNOWN: LookUp = LookUp::Unknown;
pub const NOT_ASKED: LookUp = LookUp::NotAsked;

/// What a rule said: field, code, params.
pub type Told = (Option<String>, String, Vec<String>);

pub struct Tried {
    rule: Box<dyn Rule>,
    dataset: &'static Dataset,
    institution: Option<&'static str>,
    seen: RefCell<Seen>,
}

/// A functional position that ends at 60.
pub const SIXTY: &str = "D82C966533067042E040640A02020A8A";
/// An education of level 40 (S-1), and one of level 15 (school).
pub const BACHELOR: &str = "FF80808147E76FFD0147F25421A11F19";
pub const SCHOOL: &str = "A5EB03E215BDF6A0E040640A040252AD";

struct Kinds;

impl Codes for Kinds {
    fn contains(&self, list: &str, code: &str) -> bool {
        list == "jenis-jabatan" && ["1", "2", "3", "4"].contains(&code)
    }
    fn entries(&self, _list: &str) -> Vec<(String, String)> {
        Vec::new()
    }
    fn is_loaded(&self, list: &str) -> bool {
        list == "jenis-jabatan"
    }
    fn own_code(&self, typed: &str) -> Option<OwnCode> {
        match typed {
            "P-2" => Some(OwnCode::Mapped(SIXTY.to_owned())),
            "OPEN" => Some(OwnCode::Undecided),
            "NONE" => Some(OwnCode::Unmatched),
            "NOBODY" => None,
            _ => Some(OwnCode::Unknown(Some("P-2".to_owned()))),
        }
    }
    fn attribute(&self, list: &str, code: &str, key: &str) -> Option<&str> {
        match (list, code, key) {
            ("jabatan-fungsional", SIXTY, "usiaBup") => Some("60"),
            ("pendidikan", BACHELOR, "tingkatPendidikanId") => Some("40"),
            ("pendidikan", SCHOOL, "tingkatPendidikanId") => Some("15"),
            _ => None,
        }
    }
    fn replacement(&self, _list: &str, code: &str) -> Option<(String, NaiveDate)> {
        let on = NaiveDate::from_ymd_opt(2026, 7, 1)?;
        (code == "8").then(|| ("4".to_owned(), on))
    }
}

pub fn rule(name: &str, params: &str) -> Tried {
    rule_of("riwayat-kursus", name, params)
}

pub fn rule_of(dataset: &str, name: &str, params: &str) -> Tried {
    let dataset = find(dataset).unwrap();
    let rule = build(name, serde_json::from_str(params).unwrap(), dataset)
        .map_err(|error| error.reason)
        .unwrap();
    Tried {
        rule,
        dataset,
        institution: None,
        seen: RefCell::default(),
    }
}

pub fn reference(field: &str, list: &str) -> Tried {
    let dataset = find("riwayat-jabatan").unwrap();
    Tried {
        rule: known_code::rule(dataset.field(field).unwrap().0, list.to_owned()),
        dataset,
        institution: None,
        seen: RefCell::default(),
    }
}

pub fn found(number: u32) -> LookUp {
    let birth = NaiveDate::from_ymd_opt(1990, 1, 1)
        .unwrap()
        .format("%Y%m%d");
    let nip: Nip = format!("{birth}2015031{number:03}").parse().unwrap();
    LookUp::Found(Person {
        id: format!("{number:032X}").parse().unwrap(),
        nip,
    })
}

pub fn fault(field: &str, code: &str, params: &[&str]) -> Option<Told> {
    Some((
        Some(field.to_owned()),
        code.to_owned(),
        params.iter().map(|text| (*text).to_owned()).collect(),
    ))
}

pub fn row_fault(code: &str, params: &[&str]) -> Option<Told> {
    fault("", code, params).map(|(_, code, params)| (None, code, params))
}

impl Tried {
    pub fn for_institution(self, id: &'static str) -> Self {
        Self {
            institution: Some(id),
            ..self
        }
    }

    pub fn broken(&self, values: &[(&str, &str)]) -> Option<Told> {
        self.ask(values, 0, (NOT_ASKED, NOT_ASKED))
    }

    pub fn broken_with_faulty(&self, values: &[(&str, &str)], faulty: &str) -> Option<Told> {
        self.ask(
            values,
            field_bit(self.dataset.field(faulty).unwrap().0),
            (NOT_ASKED, NOT_ASKED),
        )
    }

    pub fn broken_for(&self, by_id: LookUp, by_nip: LookUp) -> Option<Told> {
        self.ask(&[], 0, (by_id, by_nip))
    }

    pub fn broken_of(
        &self,
        values: &[(&str, &str)],
        by_id: LookUp,
        by_nip: LookUp,
    ) -> Option<Told> {
        self.ask(values, 0, (by_id, by_nip))
    }

    /// Every row asked about is row 2.
    fn ask(
        &self,
        values: &[(&str, &str)],
        faulty: u64,
        look_ups: (LookUp, LookUp),
    ) -> Option<Told> {
        let value = |name: &str| {
            values
                .iter()
                .find(|(field, _)| *field == name)
                .map(|(_, value)| *value)
        };
        let values: Values = self
            .dataset
            .fields
            .iter()
            .map(|field| value(&field.name))
            .collect();
        let institutions = self.institution.map_or(Institutions::Any, |id| {
            Institutions::Only(vec![id.parse().unwrap()])
        });
        let environment = Environment {
            dataset: self.dataset,
            today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            codes: &Kinds,
            institutions: &institutions,
        };
        let row = Row {
            environment,
            number: 2,
            values: &values,
            faulty,
            by_id: look_ups.0,
            by_nip: look_ups.1,
            repeats: None,
        };
        let broken = self.rule.check(&row, &mut self.seen.borrow_mut())?;
        let field = broken.field.map(|at| self.dataset.fields[at].name.clone());
        Some((field, broken.fault.code.to_string(), broken.fault.params))
    }
}
