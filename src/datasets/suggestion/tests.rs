use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::datasets::testing::{Lists, Register};
use crate::datasets::{
    CheckedRow, Context, Institutions, Limits, Severity, Stages, check_record, find,
};

fn finding(code: Code, value: &str, params: &[&str]) -> Finding {
    Finding {
        row: 2,
        column: Some(0),
        field: None,
        code,
        severity: Severity::Error,
        value: value.to_owned(),
        params: params.iter().map(|param| (*param).to_owned()).collect(),
    }
}

fn suggested(code: Code, value: &str, params: &[&str]) -> Option<String> {
    finding(code, value, params).suggestion()
}

#[test]
fn an_allowed_value_is_suggested_where_only_one_is_written_nearly_so() {
    let levels = ["Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama"];
    let near = |value| suggested(Code::NotAllowed, value, &levels);
    assert_eq!(near("AHLI-PERTAMA").as_deref(), Some("Ahli Pertama"));
    assert_eq!(near("Ahli Pertma").as_deref(), Some("Ahli Pertama"));
    assert_eq!(near("Ahli"), None, "which of them is open");
    assert_eq!(suggested(Code::NotAllowed, "Pria", &["M", "F"]), None);
}

#[test]
fn bkns_code_is_suggested_for_a_code_of_the_senders_own_and_for_a_name() {
    let own = suggested(Code::ReferenceOwn, "WI-02", &["jabatan-fungsional", "A1"]);
    assert_eq!(own.as_deref(), Some("A1"));
    let named = suggested(Code::IdCharacters, "Widyaiswara Muda", &["A2"]);
    assert_eq!(named.as_deref(), Some("A2"));
    let named = suggested(Code::IdLength, "Bada", &["4", "A3"]);
    assert_eq!(named.as_deref(), Some("A3"));
}

#[test]
fn an_id_gets_the_zeros_back_that_were_lost_at_its_front() {
    let id = "0A000000000000000000000000000B1";
    assert_eq!(id.len(), 31);
    assert_eq!(
        suggested(Code::IdLength, id, &["31"]),
        Some(format!("0{id}"))
    );
    assert_eq!(suggested(Code::IdLength, "ABC", &["3"]), None);
}

#[test]
fn a_nip_is_read_among_spaces_and_letters_that_look_like_digits() {
    let read = |value| suggested(Code::NipCharacters, value, &[]);
    assert_eq!(
        read("19900101.201503.1.9O1").as_deref(),
        Some("199001012015031901")
    );
    assert_eq!(read("tidak ada"), None);
}

#[test]
fn a_value_that_was_cut_or_needs_none_has_no_suggestion() {
    let cut = format!("{}…", "x".repeat(199));
    assert_eq!(suggested(Code::ControlCharacters, &cut, &[]), None);
    assert_eq!(suggested(Code::Required, "", &[]), None);
    assert_eq!(
        suggested(Code::ControlCharacters, "Dasar\u{fffd}", &[]).as_deref(),
        Some("Dasar")
    );
}

/// A course with this text in a field, checked on its own.
fn checked(at: usize, text: &str) -> CheckedRow {
    let dataset = find("riwayat-kursus").unwrap();
    let mut texts = crate::datasets::testing::course(1);
    text.clone_into(&mut texts[at]);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut register = Register::default();
    let mut context = Context {
        codes: &Lists,
        people: &mut register,
        taken: None,
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        institutions: Institutions::Any,
        granted: None,
        stages: Stages::default(),
        limits: Limits::default(),
    };
    check_record(&texts, dataset, &mut context).unwrap()
}

/// Texts that are nearly right: digits, look-alikes, signs, units.
fn nearly() -> impl Strategy<Value = (usize, String)> {
    let id = "[0-9A-FOl-]{28,34}";
    let nip = "19900101 ?201503[O0l1]{1}9[0O]1";
    let number = "[0-9Ol]{1,3}[., ]?[0-9]{0,3}( JP| jam)?";
    let date = "[0-3]?[0-9O][-/. ][01]?[0-9l][-/. ](20)?[0-9O]{2}|[0-9]{5}|20[0-9]{6}";
    let year = "20[0-9]{2}|2O26|2026 M";
    prop_oneof![
        id.prop_map(|text| (0, text)),
        nip.prop_map(|text| (1, text)),
        number.prop_map(|text| (4, text)),
        date.prop_map(|text| (5, text)),
        year.prop_map(|text| (6, text)),
    ]
}

proptest! {
    #[test]
    fn with_a_suggestion_in_the_cell_the_same_is_not_found_again((at, text) in nearly()) {
        for found in checked(at, &text).findings {
            let place = found.field.as_deref().and_then(|name| find("riwayat-kursus").unwrap().field(name));
            let (Some(better), Some((place, _))) = (found.suggestion(), place) else { continue };
            if place != at {
                continue;
            }
            let again = checked(at, &better);
            let same = again.findings.iter().find(|other| other.code == found.code && other.field == found.field);
            prop_assert!(same.is_none(), "{text} → {better}: {same:?}");
        }
    }
}
