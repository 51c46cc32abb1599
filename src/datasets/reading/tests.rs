//! Files of every kind, through the whole check.

use super::FileRefusal;
use crate::datasets::model::Note;
use crate::datasets::testing::*;
use crate::datasets::{Code, Limits, Verdict};

mod exports;
mod text_files;
mod workbooks;

fn good() -> String {
    csv_of(&[course(1), course(2), course(3)])
}

#[test]
fn the_content_has_to_be_what_the_name_says() {
    let looks = |name: &str, bytes: &[u8]| match refused(name, bytes) {
        FileRefusal::TypeMismatch { looks_like } => looks_like,
        other => other.code().to_owned(),
    };
    let xlsx = workbook(&xml_header(1));
    assert_eq!(looks("a.csv", &xlsx), "ZIP");
    assert_eq!(looks("a.csv", b"\x1f\x8b\x08 rest"), "GZIP");
    assert_eq!(looks("a.csv", b"\xef\xbb\xbf  <html><table>"), "HTML");
    assert_eq!(looks("a.csv", b"%PDF-1.7"), "PDF");
    assert_eq!(looks("a.xlsx", good().as_bytes()), "teks");
    assert_eq!(
        looks("a.xlsx", &zipped(&[("readme.txt".into(), b"x".to_vec())])),
        "ZIP"
    );
    assert_eq!(looks("a.xls", b"<table>"), "unknown-type");
    assert_eq!(looks("a.xlsm", &xlsx), "unknown-type");
    assert_eq!(looks("laporan.pdf", b"%PDF-1.7"), "unknown-type");
}

#[test]
fn other_spreadsheet_formats_are_named() {
    let mut old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    old.resize(70_000, 0);
    assert_eq!(refused("a.xlsx", &old), FileRefusal::OldExcel);
    assert_eq!(refused("a.xls", &old), FileRefusal::OldExcel);
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused("a.xlsx", &old), FileRefusal::PasswordProtected);
    let document = zipped(&[
        ("mimetype".into(), b"x".to_vec()),
        ("content.xml".into(), b"<x/>".to_vec()),
    ]);
    assert_eq!(refused("a.xlsx", &document), FileRefusal::OpenDocument);
    assert_eq!(refused("a.ods", &document), FileRefusal::OpenDocument);
}

#[test]
fn files_without_data_are_told_apart() {
    for empty in ["", "\u{feff}", " \r\n\t\r\n \u{a0}\r\n", ",,,\r\n,,,\r\n"] {
        assert_eq!(
            refused("a.csv", empty.as_bytes()),
            FileRefusal::Empty,
            "{empty:?}"
        );
    }
    assert_eq!(refused("a.csv", HEADER.as_bytes()), FileRefusal::NoDataRows);
    assert_eq!(
        refused("a.csv", good().split_once('\n').unwrap().1.as_bytes()),
        FileRefusal::NoHeader
    );
    assert_eq!(refused("a.xlsx", b""), FileRefusal::Empty);
    assert_eq!(refused("a.xlsx", &workbook("")), FileRefusal::Empty);
    assert_eq!(
        refused("a.xlsx", &workbook(&xml_header(1))),
        FileRefusal::NoDataRows
    );
}

#[test]
fn limits_of_rows_and_columns_hold_for_both_formats() {
    let few = Limits {
        rows: 2,
        columns: 9,
        ..Limits::default()
    };
    let run = |name: &str, bytes: &[u8]| {
        Trial {
            limits: few,
            ..Trial::default()
        }
        .run(name, bytes)
        .map_err(|error| error.to_string())
    };
    let too_many = format!(
        "the file cannot be checked: {}",
        FileRefusal::TooManyRows { limit: 2 }
    );
    let too_wide = format!(
        "the file cannot be checked: {}",
        FileRefusal::TooWide { limit: 9 }
    );
    assert!(run("a.csv", csv_of(&[course(1), course(2)]).as_bytes()).is_ok());
    assert_eq!(run("a.csv", good().as_bytes()), Err(too_many.clone()));
    let many: Vec<_> = (1..=20).map(course).collect();
    assert_eq!(
        run("a.csv", csv_of(&many).as_bytes()),
        Err(too_many.clone())
    );
    assert_eq!(
        run("a.csv", format!("{HEADER},x\r\n").as_bytes()),
        Err(too_wide.clone())
    );
    let rows: String = (2..=4).map(|row| xml_course(row, row, &[])).collect();
    assert_eq!(
        run("a.xlsx", &workbook(&(xml_header(1) + &rows))),
        Err(too_many)
    );
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    assert_eq!(
        run(
            "a.xlsx",
            &workbook(&(xml_header(1) + &xml_course(2, 1, &[]) + far))
        ),
        Err(too_wide)
    );
}

#[test]
fn a_row_beyond_a_million_blank_ones_keeps_its_number() {
    let blank = "\r\n".repeat(1_000_000);
    let text = good() + &blank + &course_with(4, &[(4, "x")]).join(",");
    assert_eq!(
        checked("a.csv", text.as_bytes()).told(),
        ["E1000005 integer-format"]
    );
    let rows = xml_header(1)
        + &xml_course(2, 1, &[])
        + r#"<row r="900000"/>"#
        + &xml_course(900_001, 2, &[(4, "x")]);
    assert_eq!(
        checked("a.xlsx", &workbook(&rows)).told(),
        ["E900001 integer-format"]
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_a_check_panic(bytes: Vec<u8>, after_header: Vec<u8>) {
        for name in ["a.csv", "a.xlsx"] {
            let _ = Trial::default().run(name, &bytes);
        }
        let with_header = [HEADER.as_bytes(), b"\n", &after_header].concat();
        let _ = Trial::default().run("a.csv", &with_header);
    }

    #[test]
    fn a_damaged_workbook_is_refused_or_read_but_never_panics(places in proptest::collection::vec((0_usize..4_000, 0_u8..), 1..4)) {
        let mut bytes = workbook(&(xml_header(1) + &xml_course(2, 1, &[])));
        let length = bytes.len();
        places.iter().for_each(|(at, byte)| bytes[at % length] = *byte);
        let _ = Trial::default().run("a.xlsx", &bytes);
    }

    #[test]
    fn a_workbook_with_damaged_markup_never_panics(place in 0_usize..3_000, junk in "[<>/\"'=&;a-z0-9 ]{1,6}") {
        let mut rows = xml_header(1) + &xml_course(2, 1, &[(4, r#"<c r="REF"><f>A1</f><v>40</v></c>"#)]);
        let at = place % rows.len();
        rows.insert_str(at, &junk);
        let _ = Trial::default().run("a.xlsx", &workbook(&rows));
    }
}
