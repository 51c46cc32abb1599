//! Templates, opened again.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::datasets::testing::*;
use crate::datasets::{
    CheckError, Dataset, FileRefusal, Note, Summary, all, find, parse_declaration,
};

fn template(name: &str, granted: Option<&[String]>) -> Vec<u8> {
    let dataset = find(name).unwrap();
    let fields = granted.map_or(GrantedFields::all(dataset), |names| {
        GrantedFields::named(dataset, names)
    });
    let mut file = Vec::new();
    write(&fields, &Lists, &mut file).unwrap();
    file
}

fn sheet(file: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file.to_vec())).unwrap();
    let range = workbook.worksheet_range(name).unwrap();
    range
        .rows()
        .map(|row| row.iter().map(Data::to_string).collect())
        .collect()
}

fn part(file: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(file))
        .unwrap()
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn each_blank_template_is_known_by_its_headers_and_has_no_rows() {
    for dataset in all().unwrap() {
        let mut trial = Trial {
            dataset: &dataset.name,
            ..Trial::default()
        };
        let error = trial
            .run("templat.xlsx", &template(&dataset.name, None))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the file cannot be checked: {}", FileRefusal::NoDataRows),
            "{}",
            dataset.name
        );
    }
}

#[test]
fn the_data_sheet_holds_the_headers_and_nothing_else() {
    let rows = sheet(&template("riwayat-kursus", None), "Data");
    assert_eq!(
        rows,
        [HEADER.split(',').map(str::to_owned).collect::<Vec<_>>()]
    );
}

#[test]
fn columns_of_ids_and_dates_keep_what_is_typed_as_text() {
    let file = template("riwayat-kursus", None);
    let columns = part(&file, "xl/worksheets/sheet1.xml");
    let styles = part(&file, "xl/styles.xml");
    assert!(styles.contains(r#"numFmtId="49""#));
    for column in [1, 2, 3, 6] {
        let tag = columns
            .split("<col ")
            .find(|tag| tag.starts_with(&format!("min=\"{column}\"")))
            .unwrap();
        assert!(
            tag.split_once('>').unwrap().0.contains("style="),
            "column {column}"
        );
    }
}

#[test]
fn the_instructions_explain_every_column_and_name_the_version() {
    let rows = sheet(&template("riwayat-kursus", None), "Petunjuk");
    assert_eq!(rows[0][0], "Petunjuk: Riwayat kursus");
    assert_eq!(rows[2][0], "Templat riwayat-kursus versi 1");
    let hours = rows.iter().find(|row| row[0] == "jumlah_jam").unwrap();
    assert_eq!(
        hours[3..],
        ["Bilangan bulat 1 sampai 9.999 jam", "Ya", "40"]
    );
    assert!(
        part(&template("riwayat-kursus", None), "docProps/custom.xml").contains("riwayat-kursus/1")
    );
}

#[test]
fn short_lists_become_choices_and_are_explained() {
    let file = template("riwayat-jabatan", None);
    assert!(part(&file, "xl/worksheets/sheet1.xml").contains("1,2,3,4"));
    let rows = sheet(&file, "Petunjuk");
    assert!(
        rows.iter()
            .any(|row| row[0] == "2" && row[1] == "Fungsional")
    );
}

#[test]
fn fields_that_are_not_granted_are_left_out() {
    let granted = ["nip".to_owned(), "nama_kursus".to_owned()];
    assert_eq!(
        sheet(&template("riwayat-kursus", Some(&granted)), "Data"),
        [["nip", "nama_kursus"]]
    );
}

/// The data set of courses in its next version, with these further columns.
fn next_version(more: &[&str]) -> Dataset {
    let file = include_str!("../../../datasets/riwayat-kursus.json");
    let mut json: serde_json::Value = serde_json::from_str(file).unwrap();
    json["padan"]["version"] = 2.into();
    let fields = json["fields"].as_array_mut().unwrap();
    fields.extend(more.iter().map(|name| {
        serde_json::json!({ "name": name, "title": name, "description": "Kolom baru.", "type": "string" })
    }));
    parse_declaration("riwayat-kursus.json", json.to_string().as_bytes()).unwrap()
}

/// A workbook of courses made from the template in force, with one row.
fn filled() -> Vec<u8> {
    let every = GrantedFields::all(find("riwayat-kursus").unwrap());
    let mut file = Vec::new();
    write_filled(&every, &Lists, &course(1), &mut file).unwrap();
    file
}

fn tried(dataset: &Dataset, file: &[u8]) -> Result<Summary, CheckError> {
    Trial::default().check(dataset, "kursus.xlsx", file)
}

/// As [`filled`], but its mark says something else.
fn marked_as(value: &str) -> Vec<u8> {
    let mut source = zip::ZipArchive::new(Cursor::new(filled())).unwrap();
    let names: Vec<_> = source
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let parts = names.into_iter().map(|name| {
        let mut content = Vec::new();
        let mut part = source.by_name(&name).unwrap();
        part.read_to_end(&mut content).unwrap();
        if name == "docProps/custom.xml" {
            let text = String::from_utf8(content).unwrap();
            content = text.replace("riwayat-kursus/1", value).into_bytes();
        }
        (name, content)
    });
    zipped(&parts.collect::<Vec<_>>())
}

#[test]
fn a_template_in_force_is_not_mentioned() {
    let notes = tried(find("riwayat-kursus").unwrap(), &filled())
        .unwrap()
        .notes;
    assert_eq!(notes, []);
}

#[test]
fn an_outdated_template_with_every_column_is_named_beside_the_result() {
    let notes = tried(&next_version(&[]), &filled()).unwrap().notes;
    let outdated = Note::OutdatedTemplate {
        version: 1,
        current: 2,
    };
    assert_eq!(notes, [outdated]);
}

#[test]
fn an_outdated_template_is_the_reason_why_columns_are_missing() {
    let refused = tried(&next_version(&["penyelenggara_kedua"]), &filled());
    let Err(CheckError::Unreadable(refusal)) = refused else {
        panic!("{refused:?}");
    };
    let told = refusal.sentence();
    assert_eq!(
        told.problem,
        "Berkas dibuat dengan templat versi 1, sedangkan yang berlaku versi 2. Kolom penyelenggara_kedua belum ada."
    );
    assert!(told.remedy.contains("Unduh templat versi 2"));
}

#[test]
fn the_template_of_another_data_set_is_named_with_it() {
    let Err(CheckError::Unreadable(refusal)) = tried(find("riwayat-jabatan").unwrap(), &filled())
    else {
        panic!("taken");
    };
    let foreign = FileRefusal::ForeignTemplate {
        dataset: "riwayat-kursus".into(),
    };
    assert_eq!(refusal, foreign);
    assert!(refusal.sentence().problem.contains("\"Riwayat kursus\""));
}

#[test]
fn a_foreign_template_with_every_column_is_checked_and_named() {
    let summary = tried(find("riwayat-kursus").unwrap(), &marked_as("unit-kerja/1")).unwrap();
    let foreign = Note::ForeignTemplate {
        dataset: "unit-kerja".into(),
    };
    assert_eq!((summary.ready, summary.notes), (1, vec![foreign]));
}

#[test]
fn properties_that_lie_or_swell_change_nothing() {
    let swollen = format!("riwayat-kursus/{}", "9".repeat(300_000));
    for value in [
        "",
        "riwayat-kursus",
        "&amp;/1",
        "../../etc/1",
        "riwayat-kursus/4294967296",
        &swollen,
    ] {
        let notes = tried(find("riwayat-kursus").unwrap(), &marked_as(value))
            .unwrap()
            .notes;
        assert_eq!(notes, [], "{}", value.len());
    }
}
