//! `cargo bench --bench workbook`: a workbook of 100,000 rows x 9 columns, read
//! cell by cell as calamine does it, checked by `padan check`, and written again
//! with its findings marked; in turns, each in a process of its own.
//!
//! `PADAN_BENCH_ROWS` (100000) sets the size, `PADAN_BENCH_ROUNDS` (3) the turns.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a bench"
)]

#[path = "../check/courses.rs"]
#[allow(dead_code, reason = "each bench uses its own part")]
mod courses;
#[path = "../check/measure.rs"]
mod measure;

use calamine::{Reader, Xlsx, open_workbook};
use courses::{Shape, TODAY};
use measure::Usage;
use padan::datasets::{self, Code, Finding, Limits, Marking, Severity, Upload};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One row in so many has a finding in the marked file.
const MARKED: u32 = 32;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measured", program, ref rest @ ..] => measure::child(program, rest),
        ["cells", file] => println!("{} cells", cells(file)),
        ["mark", file, out, rows] => mark(Path::new(file), Path::new(out), rows.parse().unwrap()),
        _ => compare(),
    }
}

fn compare() {
    let rows = setting("PADAN_BENCH_ROWS", 100_000);
    let rounds = setting("PADAN_BENCH_ROUNDS", 3);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    for (kind, shared) in [("inline texts", false), ("shared texts", true)] {
        let file = workbook(&folder, rows, shared);
        let size = file.metadata().unwrap().len();
        println!("\n{rows} rows, {kind}, {size} bytes, median of {rounds}");
        let contenders = contenders(&file, &folder, rows);
        let mut usages: Vec<Vec<Usage>> = contenders.iter().map(|_| Vec::new()).collect();
        for _ in 0..rounds {
            for ((_, command), usages) in contenders.iter().zip(&mut usages) {
                usages.push(measure::run(command));
            }
        }
        let bare = measure::median(&usages[0], |usage| usage.cpu);
        for ((name, _), usages) in contenders.iter().zip(&usages) {
            measure::print(name, usages, bare);
        }
    }
}

/// What is compared, the bare reader first.
fn contenders(file: &Path, folder: &Path, rows: u64) -> Vec<(&'static str, Vec<String>)> {
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let own = text(&std::env::current_exe().unwrap());
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    let (file, marked) = (text(file), text(&folder.join("marked.xlsx")));
    let (found, count) = (text(&folder.join("findings.csv")), rows.to_string());
    let padan = [
        env!("CARGO_BIN_EXE_padan"),
        "check",
        "riwayat-kursus",
        &file,
        "--on",
        TODAY,
        "--findings",
        &found,
    ];
    vec![
        ("calamine", words(&[&own, "cells", &file])),
        ("padan check", words(&padan)),
        ("marked", words(&[&own, "mark", &file, &marked, &count])),
    ]
}

/// What everybody who reads the file with calamine has to pay.
fn cells(file: &str) -> u64 {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&sheet).unwrap();
    let mut count = 0;
    while reader.next_cell().unwrap().is_some() {
        count += 1;
    }
    count
}

fn mark(file: &Path, out: &Path, rows: u32) {
    let marking = Marking {
        upload: Upload {
            path: file,
            original_name: "kursus.xlsx",
        },
        dataset: datasets::find("riwayat-kursus").unwrap(),
        granted: None,
        limits: Limits::default(),
        rules: None,
    };
    let finding = |row| Finding {
        row,
        column: Some(4),
        field: Some("jumlah_jam".to_owned()),
        code: Code::IntegerFormat,
        severity: Severity::Error,
        value: "empat puluh".to_owned(),
        params: Vec::new(),
    };
    let findings = (2..rows + 2).step_by(MARKED as usize).map(finding);
    let out = File::create(out).unwrap();
    datasets::write_marked_xlsx(&marking, findings.map(Ok), out).unwrap();
}

/// The courses of the other benches as a workbook; made once.
fn workbook(folder: &Path, rows: u64, shared: bool) -> PathBuf {
    let path = folder.join(format!("courses-{rows}-{shared}.xlsx"));
    if path.exists() {
        return path;
    }
    let source = folder.join(format!("courses-{rows}-plain.csv"));
    courses::write_courses(&source, rows, Shape::default()).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = match shared {
        true => book.add_worksheet(),
        false => book.add_worksheet_with_constant_memory().unwrap(),
    };
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(&source)
        .unwrap();
    for (row, record) in (0..).zip(csv.records()) {
        for (column, cell) in (0..).zip(&record.unwrap()) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save(&path).unwrap();
    path
}

fn setting<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    let set = std::env::var(name).ok();
    set.map_or(otherwise, |text| text.parse().ok().expect(name))
}

/// Runs a command in a process of its own that measures it.
pub fn measured(command: &[String]) -> Command {
    let mut outer = Command::new(std::env::current_exe().unwrap());
    outer.arg("measured").args(command);
    outer
}
