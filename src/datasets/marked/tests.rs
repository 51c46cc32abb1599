//! Marked files, read again.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::datasets::testing::*;
use crate::datasets::{Note, find};

/// The file marked with what a check of it found.
fn marked(name: &str, bytes: &[u8], is_workbook: bool) -> Vec<u8> {
    let file = Stored::new(bytes);
    let findings = checked(name, bytes)
        .rows
        .into_iter()
        .flat_map(|row| row.findings)
        .map(Ok);
    let dataset = find("riwayat-kursus").unwrap();
    let marking = Marking {
        upload: file.upload(name),
        dataset,
        granted: None,
        limits: Limits::default(),
        rules: Some(4),
    };
    let mut out = Vec::new();
    if is_workbook {
        write_xlsx(&marking, findings, &mut out).unwrap()
    } else {
        write_csv(&marking, findings, &mut out).unwrap()
    }
    out
}

/// All cells of a sheet as text, from A1 on.
fn cells(workbook: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook.to_vec())).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let end = range.end().unwrap();
    let text = |row, column| {
        range
            .get_value((row, column))
            .map(Data::to_string)
            .unwrap_or_default()
    };
    (0..=end.0)
        .map(|row| (0..=end.1).map(|column| text(row, column)).collect())
        .collect()
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Three courses, a blank row, and two faults in the fifth row.
fn faulty() -> String {
    let good = csv_of(&[
        course(1),
        course_with(2, &[(3, "=HYPERLINK(\"x\")"), (4, "1200")]),
    ])
    .replace('"', "");
    format!(
        "{good}\r\n{}",
        course_with(3, &[(4, "-1"), (5, "17/3/26")]).join(",")
    )
}

#[test]
fn the_marked_file_says_in_two_more_columns_what_is_wrong_and_how_to_mend_it() {
    for (name, rows) in [
        (
            "xlsx",
            cells(&marked("a.csv", faulty().as_bytes(), true), "Data"),
        ),
        (
            "csv",
            read_csv(&marked("a.csv", faulty().as_bytes(), false)),
        ),
    ] {
        assert_eq!(rows[0][9..], ["Kesalahan", "Cara memperbaiki"], "{name}");
        assert_eq!(rows[1][9..], ["", ""], "{name}");
        assert!(
            rows[2][9].starts_with("Peringatan: E3: 1.200 jam di luar kebiasaan"),
            "{name}: {}",
            rows[2][9]
        );
        assert_eq!(
            rows[4][9],
            "E5: Jumlah jam -1 di luar batas: 1 sampai 9.999. | F5: Tanggal kursus tidak terbaca (\"17/3/26\").",
            "{name}"
        );
        assert!(
            rows[4][10].contains("Mungkin maksud Anda 2026-03-17."),
            "{name}"
        );
    }
}

fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_marked_file_can_be_uploaded_again_and_gives_the_same_findings_in_the_same_cells() {
    let before = checked("a.csv", faulty().as_bytes());
    for (name, is_workbook) in [("a.xlsx", true), ("a.csv", false)] {
        let once = marked("a.csv", faulty().as_bytes(), is_workbook);
        let again = checked(name, &once);
        assert_eq!(again.told(), before.told(), "{name}");
        assert_eq!(again.summary.notes, [], "{name}");
        assert_eq!(
            again.value(1, "nama_kursus"),
            Some("=HYPERLINK(x)"),
            "{name}"
        );
        let twice = marked(name, &once, is_workbook);
        let headers = if is_workbook {
            cells(&twice, "Data").remove(0)
        } else {
            read_csv(&twice).remove(0)
        };
        assert_eq!(
            headers
                .iter()
                .filter(|header| *header == "Kesalahan")
                .count(),
            1,
            "{name}"
        );
    }
}

#[test]
fn a_mended_marked_file_is_ready() {
    let text = String::from_utf8(marked("a.csv", faulty().as_bytes(), false)).unwrap();
    let mended = text
        .replace("'-1", "40")
        .replace("17/3/26", "2025-03-17")
        .replace("1200", "120");
    let checked = checked("a.csv", mended.as_bytes());
    assert_eq!((checked.told(), checked.summary.ready), (vec![], 3));
}

#[test]
fn a_row_added_without_the_marks_is_as_good_as_the_others() {
    let text = String::from_utf8(marked("a.csv", faulty().as_bytes(), false)).unwrap();
    let added = text + &course(4).join(";") + "\r\n";
    assert!(
        !checked("a.csv", added.as_bytes())
            .told()
            .iter()
            .any(|told| told.contains("column-count"))
    );
}

#[test]
fn unknown_columns_and_titles_stay_where_they_were() {
    let text = format!(
        "Laporan 2025\r\n{HEADER},catatan\r\n{},isi\r\n",
        course_with(1, &[(4, "x")]).join(",")
    );
    let rows = cells(&marked("a.csv", text.as_bytes(), true), "Data");
    assert_eq!(
        (rows[0][0].as_str(), rows[0][10].as_str()),
        ("Laporan 2025", "")
    );
    assert_eq!(
        (
            rows[1][9].as_str(),
            rows[1][10].as_str(),
            rows[2][9].as_str()
        ),
        ("catatan", "Kesalahan", "isi")
    );
    assert!(rows[2][10].starts_with("E3: "));
}

#[test]
fn nothing_in_a_marked_file_can_run() {
    let xlsx = marked("a.csv", faulty().as_bytes(), true);
    let sheet = part(&xlsx, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && sheet.contains("=HYPERLINK(x)"));
    let csv = read_csv(&marked("a.csv", faulty().as_bytes(), false));
    assert_eq!(
        (csv[2][3].as_str(), csv[4][4].as_str()),
        ("'=HYPERLINK(x)", "'-1")
    );
}

#[test]
fn faulty_cells_are_coloured_and_have_a_note_and_a_second_sheet_sums_up() {
    let xlsx = marked("a.csv", faulty().as_bytes(), true);
    let sheet = part(&xlsx, "xl/worksheets/sheet1.xml");
    let style = |cell: &str| {
        sheet
            .split_once(&format!("r=\"{cell}\" s=\""))
            .unwrap()
            .1
            .chars()
            .next()
            .unwrap()
    };
    assert_eq!(style("E5"), style("F5"));
    assert!(style("E5") != style("D5") && style("E3") != style("E5") && style("E3") != style("D3"));
    assert!(part(&xlsx, "xl/comments1.xml").contains("Jumlah jam -1 di luar batas"));
    let summary = cells(&xlsx, "Ringkasan pemeriksaan");
    assert!(
        summary.contains(
            &[
                "kesalahan",
                "Tanggal tidak terbaca",
                "tanggal_kursus (F)",
                "1",
                "1"
            ]
            .map(str::to_owned)
            .to_vec()
        )
    );
}

#[test]
fn a_workbook_is_marked_as_it_was_read() {
    let rows = xml_header(1)
        + &xml_course(
            3,
            1,
            &[(4, "40 JP"), (5, r#"<c r="REF" s="1"><v>45718</v></c>"#)],
        );
    let rows = cells(&marked("a.xlsx", &workbook(&rows), true), "Data");
    assert_eq!(
        (rows[2][4].as_str(), rows[2][5].as_str()),
        ("40 JP", "2025-03-02")
    );
    assert!(rows[2][9].starts_with("E3: "));
}

#[test]
fn findings_that_cannot_be_had_are_an_error_and_not_an_unmarked_file() {
    let file = Stored::new(faulty().as_bytes());
    let marking = Marking {
        upload: file.upload("a.csv"),
        dataset: find("riwayat-kursus").unwrap(),
        granted: None,
        limits: Limits::default(),
        rules: Some(4),
    };
    let failing = std::iter::once(Err("the database is away".into()));
    assert!(matches!(
        write_csv(&marking, failing, Vec::new()),
        Err(MarkError::Findings(_))
    ));
}

#[test]
fn our_own_second_sheet_is_not_taken_for_data() {
    let notes = checked("a.xlsx", &marked("a.csv", faulty().as_bytes(), true))
        .summary
        .notes;
    assert!(
        !notes
            .iter()
            .any(|note| matches!(note, Note::OtherSheets { .. }))
    );
}
