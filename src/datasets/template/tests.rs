//! Templates, opened again.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::datasets::testing::*;
use crate::datasets::{FileRefusal, all, find};

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
