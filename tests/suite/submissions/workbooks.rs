//! Workbooks that cannot be used, or that are much larger than they look.

use crate::support::TestApp;
use crate::support::submissions::{HEAD, SENDER, form_key};
use crate::support::{Actor, location};
use padan::agreements::Agreement;
use std::io::Write;
use std::os::unix::fs::symlink;

const NOW: &str = "2026-11-20T02:00:00Z";

/// Runs the check with at most 160 MB of data.
const BOUNDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/bounded.sh");

async fn setting(bounded: bool) -> (TestApp, Actor, Agreement) {
    let mut app = TestApp::start(NOW).await;
    if bounded {
        let storage = &mut app.parts.config.storage;
        symlink(&storage.program, storage.data_dir.join("padan")).unwrap();
        storage.program = BOUNDED.into();
    }
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    (app, pic, agreement)
}

async fn verdict(file: Vec<u8>, bounded: bool) -> String {
    let (app, pic, agreement) = setting(bounded).await;
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let key = form_key();
    let answer = pic
        .upload(&form, "kursus.xlsx", file, &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    pic.page(&location(&answer)).await
}

#[actix_web::test]
async fn a_workbook_with_a_password_is_told_from_one_of_the_old_format() {
    let locked = include_bytes!("../../data/encrypted.xlsx").to_vec();
    let page = verdict(locked, false).await;
    assert!(page.contains("<h1>Berkas belum dapat diperiksa</h1>"));
    assert!(page.contains("Berkas dikunci kata sandi."));
    let old = include_bytes!("../../data/before-2007.xls").to_vec();
    let page = verdict(old, false).await;
    assert!(page.contains("<h1>Berkas belum dapat diperiksa</h1>"));
    assert!(page.contains("Berkas .xls belum dapat dibaca."));
}

fn row(number: usize, cells: &[String]) -> String {
    let letters = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];
    let cells: String = letters
        .iter()
        .zip(cells)
        .map(|(letter, text)| {
            format!("<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        })
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

fn header() -> String {
    let names: Vec<String> = HEAD.split(',').map(str::to_owned).collect();
    row(1, &names)
}

/// A course without a fault in a row of the sheet.
fn course(number: usize) -> String {
    let id = format!("{number:032X}");
    let cells = [
        &id,
        "",
        SENDER,
        "Pelatihan Contoh",
        "40",
        "2026-03-17",
        "2026",
        "Lembaga Contoh",
        "S/1",
    ];
    row(number, &cells.map(str::to_owned))
}

/// A workbook whose only sheet has these rows.
fn workbook(rows: &[&str]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const PARTS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/>\
        <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{TYPES}.worksheet+xml\"/></Types>"
    );
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PARTS}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" \
            Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>\
        <sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    let mut part = |name: &str, pieces: &[&str]| {
        zip.start_file(name, options).unwrap();
        for piece in pieces {
            zip.write_all(piece.as_bytes()).unwrap();
        }
    };
    part("[Content_Types].xml", &[&types]);
    part(
        "_rels/.rels",
        &[&relation("officeDocument", "xl/workbook.xml")],
    );
    part("xl/workbook.xml", &[&book]);
    let sheet = relation("worksheet", "worksheets/sheet1.xml");
    part("xl/_rels/workbook.xml.rels", &[&sheet]);
    let open = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>");
    let mut pieces = vec![open.as_str()];
    pieces.extend(rows);
    pieces.push("</sheetData></worksheet>");
    part("xl/worksheets/sheet1.xml", &pieces);
    zip.finish().unwrap().into_inner()
}

#[actix_web::test]
async fn rows_that_a_sheet_leaves_out_cost_nothing() {
    let far = workbook(&[&header(), &course(1_048_576)]);
    let page = verdict(far, true).await;
    assert!(page.contains("1 baris siap dikirim"), "{page}");
}

#[actix_web::test]
async fn a_million_blank_rows_in_a_sheet_are_no_rows_and_take_no_memory() {
    let blank: String = (2..1_000_000)
        .map(|n| format!("<row r=\"{n}\"/>"))
        .collect();
    let page = verdict(workbook(&[&header(), &blank, &course(1_000_000)]), true).await;
    assert!(page.contains("1 baris siap dikirim"), "{page}");
}

#[actix_web::test]
async fn ten_million_blank_rows_in_a_sheet_end_in_a_clear_answer() {
    let blank = "<row/>".repeat(10_000_000);
    let page = verdict(workbook(&[&header(), &blank]), true).await;
    assert!(
        page.contains("<h1>Berkas belum dapat diperiksa</h1>"),
        "{page}"
    );
}
