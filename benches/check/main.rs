//! `cargo bench --bench check`: `padan check` beside the bare CSV reader, and
//! beside Polars and DuckDB with the same checks on the same file, in turns.
//!
//! Settings: `PADAN_BENCH_ROWS` (1000000), `PADAN_BENCH_ROUNDS` (3), and
//! `PADAN_BENCH_PYTHON`, a Python that has `polars` and `duckdb`; without it
//! those two are left out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a bench"
)]

mod courses;
mod measure;

use courses::{Files, TODAY};
use measure::Usage;
use std::path::Path;
use std::process::Command;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measured", program, ref rest @ ..] => measure::child(program, rest),
        ["bare-csv", file] => println!("{} rows", bare_csv(Path::new(file))),
        _ => compare(),
    }
}

/// What everybody who reads the file with the `csv` crate has to pay.
fn bare_csv(file: &Path) -> u64 {
    let mut csv = csv::Reader::from_path(file).unwrap();
    let (mut row, mut rows) = (csv::ByteRecord::new(), 0);
    while csv.read_byte_record(&mut row).unwrap() {
        rows += 1;
    }
    rows
}

fn compare() {
    let rows = setting("PADAN_BENCH_ROWS", 1_000_000);
    let rounds = setting("PADAN_BENCH_ROUNDS", 3);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    let files = courses::files(&folder, rows).unwrap();
    let mut all: Vec<(&str, Vec<Usage>)> = Vec::new();
    for _ in 0..rounds {
        for (name, command) in contenders(&files, &folder) {
            let usage = measure::run(&command);
            match all.iter_mut().find(|(known, _)| *known == name) {
                Some((_, usages)) => usages.push(usage),
                None => all.push((name, vec![usage])),
            }
        }
    }
    let size = files.courses.metadata().unwrap().len();
    println!("{rows} rows, {size} bytes, median of {rounds}");
    let bare = all.first().map_or(1.0, |(_, usages)| {
        measure::median(usages, |usage| usage.cpu)
    });
    for (name, usages) in &all {
        measure::print(name, usages, bare);
    }
}

/// The programs that are compared, the bare reader first.
fn contenders(files: &Files, folder: &Path) -> Vec<(&'static str, Vec<String>)> {
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let own = text(&std::env::current_exe().unwrap());
    let (courses, register) = (text(&files.courses), text(&files.register));
    let references = text(&files.references);
    let words = |list: &[&str]| {
        list.iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let out = |name: &str| text(&folder.join(name));
    let padan = words(&[
        env!("CARGO_BIN_EXE_padan"),
        "check",
        "riwayat-kursus",
        &courses,
        "--references",
        &references,
        "--register",
        &register,
        "--on",
        TODAY,
        "--findings",
        &out("findings-padan.csv"),
    ]);
    let mut all = vec![
        ("csv crate", words(&[&own, "bare-csv", &courses])),
        ("padan check", padan),
    ];
    if let Ok(python) = std::env::var("PADAN_BENCH_PYTHON") {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/check/peers.py");
        for peer in ["polars", "duckdb"] {
            let found = out(&format!("findings-{peer}.csv"));
            let words = words(&[
                &python,
                script,
                peer,
                &courses,
                &register,
                &references,
                TODAY,
                &found,
            ]);
            all.push((peer, words));
        }
    }
    all
}

fn setting(name: &str, otherwise: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.map_or(otherwise, |text| text.parse().expect(name))
}

/// Runs a command in a process of its own that measures it.
pub fn measured(command: &[String]) -> Command {
    let mut outer = Command::new(std::env::current_exe().unwrap());
    outer.arg("measured").args(command);
    outer
}
