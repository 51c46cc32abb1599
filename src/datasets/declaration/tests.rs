//! Declarations, good and bad.

use super::embedded::parse;
use super::*;

const KURSUS: &[u8] = include_bytes!("../../../datasets/riwayat-kursus.json");

/// The error of the declaration of courses with one text replaced by another.
fn broken(from: &str, to: &str) -> String {
    let text = String::from_utf8(KURSUS.to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    parse("riwayat-kursus.json", text.replacen(from, to, 1).as_bytes())
        .unwrap_err()
        .to_string()
}

#[test]
fn the_three_inserts_are_declared_as_the_annex_has_them() {
    let names: Vec<_> = all()
        .unwrap()
        .iter()
        .map(|dataset| (dataset.name.as_str(), dataset.fields.len()))
        .collect();
    assert_eq!(
        names,
        [
            ("riwayat-angka-kredit", 12),
            ("riwayat-jabatan", 10),
            ("riwayat-kursus", 9)
        ]
    );
    for dataset in all().unwrap() {
        assert_eq!(dataset.direction, Direction::PartnerToBkn);
        assert!(
            dataset
                .fields
                .iter()
                .all(|field| !field.description.is_empty())
        );
    }
}

#[test]
fn every_example_is_a_sound_value_of_its_field() {
    for dataset in all().unwrap() {
        let header: Vec<_> = dataset
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        let example = dataset
            .fields
            .iter()
            .map(|field| field.example.clone().unwrap_or_default());
        let text = format!(
            "{}\n{}\n",
            header.join(";"),
            example.collect::<Vec<_>>().join(";")
        );
        let mut trial = crate::datasets::testing::Trial {
            dataset: &dataset.name,
            ..Default::default()
        };
        trial.register.is_missing = true;
        trial.institution = Some("00000000000000000000000000000B01");
        trial.run("a.csv", text.as_bytes()).unwrap();
        let codes: Vec<_> = trial.kept.rows[0]
            .findings
            .iter()
            .map(|finding| finding.code.as_str())
            .collect();
        assert!(
            codes.iter().all(|code| *code == "reference-unknown"),
            "{}: {codes:?}",
            dataset.name
        );
    }
}

#[test]
fn a_bad_declaration_names_its_file_and_its_field() {
    let error = broken(r#""type": "integer""#, r#""type": "jam""#);
    assert_eq!(
        error,
        "datasets/riwayat-kursus.json: field jumlah_jam: type \"jam\" is not known"
    );
    assert!(
        broken(r#""minimum": 1,"#, r#""minimum": "satu","#)
            .contains("field jumlah_jam: \"satu\" is not a whole number")
    );
    assert!(broken(r#""maxLength": 200"#, r#""pattern": "(""#).contains("field nomor_sertifikat:"));
    assert!(
        broken(r#""aliases": ["namaKursus"]"#, r#""aliases": ["NIP"]"#)
            .contains("field nama_kursus: header \"nip\" also means nip")
    );
    assert!(
        broken(r#""fields": ["instansi_id"]"#, r#""fields": ["instansi"]"#)
            .contains("field instansi: no such field")
    );
}

#[test]
fn a_rule_that_does_not_exist_or_fit_is_an_error() {
    assert!(broken("year-of-date", "year-of-data").contains("rule year-of-data: no such rule"));
    assert!(
        broken(r#""year": "tahun_kursus""#, r#""year": "tahun""#)
            .contains("field tahun: rule year-of-date: no such field")
    );
    assert!(
        broken(r#""year": "tahun_kursus""#, r#""jahr": "tahun_kursus""#)
            .contains("rule year-of-date: unknown field `jahr`")
    );
    assert!(
        broken(
            r#"{ "rule": "unique-row" }"#,
            r#"{ "rule": "unique-row", "severity": "fatal" }"#
        )
        .contains("unknown severity")
    );
}

#[test]
fn words_that_nobody_reads_are_an_error() {
    assert!(
        broken(r#""notAfterToday": true"#, r#""notAfterTomorrow": true"#)
            .contains("notAfterTomorrow")
    );
    assert!(
        broken(r#""name": "riwayat-kursus""#, r#""name": "kursus""#)
            .contains("is not the file's name")
    );
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_the_reader_of_declarations_panic(bytes: Vec<u8>) {
        let _ = parse("x.json", &bytes);
    }
}
