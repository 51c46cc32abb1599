//! How long each page takes on a full portal: 640 partners over three years, a
//! hundred times the demonstration. Every GET route is asked for through HTTP
//! by somebody of a role that may open it.
//!
//! `cargo bench --bench pages` prints median, 95th percentile and maximum in
//! milliseconds, statements, and kilobytes sent of each page; a word after `--`
//! narrows to the routes that contain it. `TEST_DATABASE_URL` chooses PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../../tests/support/mod.rs"]
mod support;

mod portal;
mod traces;
mod volume;

use padan::routes;
use portal::{Person, Portal};
use std::time::{Duration, Instant};
use support::{Actor, Statements};

/// Requests a page.
const TIMES: usize = 100;
/// Above this a page is marked: what nobody should wait for.
const SLOW: Duration = Duration::from_millis(100);

struct Measured {
    times: Vec<Duration>,
    statements: usize,
    kilobytes: usize,
}

#[actix_web::main]
async fn main() {
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wanted = wanted.unwrap_or_default();
    let portal = Portal::filled().await;
    let statements = portal.app.statements();
    println!(
        "{:<58} {:<9} {:>7} {:>7} {:>7} {:>5} {:>5}",
        "page", "role", "p50", "p95", "max", "SQL", "kB"
    );
    for path in paths().iter().filter(|path| path.contains(&wanted)) {
        for person in &portal.people {
            let address = portal.address(path);
            if let Some(measured) = measure(&person.actor, &address, &statements).await {
                report(path, person, &measured);
            }
        }
    }
}

/// Every GET route, and the lists as people narrow them.
fn paths() -> Vec<String> {
    let reads = routes::table().into_iter();
    let reads = reads.filter(|entry| entry.method == "GET");
    let mut paths: Vec<String> = reads.map(|entry| entry.path.to_owned()).collect();
    let narrowed = [
        "/ikhtisar?keadaan=lewat&hal=2",
        "/ikhtisar?cari=ukur+007",
        "/instansi?cari=ukur+007",
        "/instansi/{id}?tab=pengiriman",
        "/instansi/{id}?tab=surat",
        "/instansi/{id}?tab=pks",
        "/instansi/{id}?tab=linimasa",
        "/perjanjian?cari=uji/60&keadaan=berlaku",
        "/tinjauan?keadaan=&hal=200",
        "/tinjauan?cari=PD-2026-0042",
        "/pengiriman?keadaan=diterima",
        "/laporan-masuk?keadaan=diterima&hal=50",
        "/surel?hal=900",
        "/surel?cari=orang7",
        "/surel?keadaan=gagal",
        "/jejak-audit?hal=2000",
        "/jejak-audit?pelaku=orang+contoh",
        "/akun?cari=contoh+12",
    ];
    paths.extend(narrowed.map(str::to_owned));
    paths
}

/// Nothing when the role may not open the page.
async fn measure(actor: &Actor, address: &str, statements: &Statements) -> Option<Measured> {
    fetch(actor, address).await?;
    let before = statements.so_far();
    let mut times = Vec::new();
    let mut bytes = 0;
    for _ in 0..TIMES {
        let begun = Instant::now();
        bytes = fetch(actor, address).await?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Some(Measured {
        times,
        statements: (statements.so_far() - before) / TIMES,
        kilobytes: bytes.div_ceil(1024),
    })
}

/// As a browser that takes compressed answers: how many bytes came.
async fn fetch(actor: &Actor, address: &str) -> Option<usize> {
    let request = actor.request(reqwest::Method::GET, address);
    let answer = request.header("accept-encoding", "gzip").send().await;
    let answer = answer.unwrap();
    if answer.status() != 200 {
        return None;
    }
    Some(answer.bytes().await.unwrap().len())
}

fn report(path: &str, person: &Person, measured: &Measured) {
    let at = |hundredth: usize| measured.times[(TIMES * hundredth / 100).min(TIMES - 1)];
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{path:<58} {:<9} {:>7.1} {:>7.1} {:>7.1} {:>5} {:>5}{}",
        person.role.to_string(),
        ms(at(50)),
        ms(at(95)),
        ms(at(100)),
        measured.statements,
        measured.kilobytes,
        if at(95) > SLOW { "  SLOW" } else { "" },
    );
}
