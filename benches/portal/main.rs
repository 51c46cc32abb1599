//! The portal under large files: a file goes up through HTTP to the program as
//! it is installed, is checked and stored, and its result is looked at, while
//! another person opens pages and somebody else writes.
//!
//! `cargo bench --bench portal` runs on SQLite, and on PostgreSQL too where
//! `BENCH_DATABASE_URL` names a database. `PADAN_BENCH_ROWS` sets the sizes
//! (`10000,100000,1000000`); `PADAN_BENCH_FINDINGS` how many rows of the file in
//! which every row has a fault (1000000; 0 leaves it out).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a bench"
)]

#[path = "../check/courses.rs"]
#[allow(dead_code, reason = "each bench uses its own part")]
mod courses;
mod findings;
mod growth;
mod neighbours;
mod process;
mod scene;
#[path = "../../tests/support/mod.rs"]
mod support;
mod uploads;

use scene::Scene;
use std::process::Command;

#[actix_web::main]
async fn main() {
    if std::env::args().any(|word| word == "measure") {
        measure().await;
        return;
    }
    println!(
        "| database | file | rows | MB | taken s | verdict s | cpu s | peak MB | page p95 ms | \
         writer max ms |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    growth::begin();
    run(None);
    if let Ok(url) = std::env::var("BENCH_DATABASE_URL") {
        run(Some(url));
    }
    growth::draw();
}

/// Each database has a process of its own: the settings are the process's.
fn run(url: Option<String>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("measure").env_remove("TEST_DATABASE_URL");
    if let Some(url) = url {
        command.env("TEST_DATABASE_URL", url);
    }
    assert!(command.status().unwrap().success());
}

async fn measure() {
    let sizes = std::env::var("PADAN_BENCH_ROWS").unwrap_or("10000,100000,1000000".to_owned());
    let scene = Scene::set().await;
    for rows in sizes.split(',').map(|size| size.parse().unwrap()) {
        uploads::measure(&scene, rows).await;
    }
    let rows =
        std::env::var("PADAN_BENCH_FINDINGS").map_or(1_000_000, |rows| rows.parse().unwrap());
    if rows > 0 {
        findings::measure(&scene, rows).await;
    }
}
