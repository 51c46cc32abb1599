//! Looking into a large register: one person by NIP and by ID PNS, the units
//! of an institution, and to whom a person's data went.
//!
//! `cargo bench --bench lookup [-- PEOPLE]` fills that many people (5,000,000
//! unless named) straight by SQL, gives the data of all of them in one delivery,
//! of one of them in 1,000 looks, and asks the portal through HTTP.
//! `TEST_DATABASE_URL` chooses PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../../tests/support/mod.rs"]
mod support;

mod filled;

use padan::accounts::Role;
use padan::datasets::PersonKey;
use padan::platform::config::{LookupConfig, Quota};
use padan::register::{self, Reach};
use serde_json::json;
use std::time::{Duration, Instant};
use support::lookups::OFFICE;
use support::{Actor, TestApp};

const PEOPLE: i64 = 5_000_000;
const UNITS: i64 = 50_000;
const TRACED: i64 = 1_000;
const QUERIES: i64 = 5_000;
const PAGES: i64 = 500;

#[actix_web::main]
async fn main() {
    let asked = std::env::args().filter_map(|word| word.parse().ok()).next();
    let people: i64 = asked.unwrap_or(PEOPLE);
    let quota = Quota {
        per_hour: 100_000,
        per_day: 100_000,
    };
    let set = LookupConfig {
        account: quota,
        institution: quota,
    };
    let app = TestApp::start_with("2026-11-20T02:00:00Z", |config| config.lookups = set).await;
    padan::references::load_embedded(&mut app.db.connection().unwrap(), app.clock.now()).unwrap();
    let partner = app.sender("Instansi Ukur");
    let agreement = app.sending_agreement(&partner);
    let only = json!({ "institutions": [OFFICE] });
    let all = [
        "id_pns",
        "nip",
        "nama",
        "tanggal_lahir",
        "golongan_terakhir_id",
    ];
    app.gives(&agreement, "profil-pns", &all, &only);
    let units = ["unit_kerja_id", "unit_kerja", "unor_induk"];
    app.gives(&agreement, "unit-kerja", &units, &only);
    let account = app.account(&partner, Role::Pic);
    let began = Instant::now();
    filled::fill(&app, (&agreement, &account), (people, UNITS, TRACED));
    println!(
        "{people} people filled in {:.0} s",
        began.elapsed().as_secs_f64()
    );
    println!("| what | p50 ms | p99 ms | must stay under |");
    println!("| --- | ---: | ---: | ---: |");
    queries(&app, people);
    let path = format!("/pencarian/{}/profil-pns", agreement.id);
    let pic = app.sign_in(&account).await;
    persons(&pic, &path, people).await;
    let path = format!("/unit-kerja/{}?instansi={OFFICE}", agreement.id);
    for (what, more) in [
        ("first page of 50,000 units", ""),
        ("last page of 50,000 units", "&hal=1000"),
        ("search among 50,000 units", "&cari=unit+49+999"),
    ] {
        let address = format!("{path}{more}");
        let times = timed(100, async |_| pic.get(&address).await.status() == 200).await;
        report(what, times, "100 (p95)");
    }
    let admin = app.staff(Role::Admin).await;
    let nip = filled::nip(1);
    let fields = [("pegawai", nip.as_str()), ("alasan", "Ukur")];
    let ask = async |_| admin.post("/pengungkapan", &fields).await.status() == 200;
    report(
        "who received data: 1,001 disclosures",
        timed(20, ask).await,
        "100",
    );
}

/// The query alone, by NIP and by ID in turn.
fn queries(app: &TestApp, people: i64) {
    let conn = &mut *app.db.connection().unwrap();
    let reach = Reach {
        institutions: Some(vec![OFFICE.to_owned()]),
        ..Reach::default()
    };
    let mut times = Vec::new();
    for n in 0..QUERIES {
        let key: PersonKey = filled::key(1 + n * 7_919 % people, n % 2 == 0)
            .parse()
            .unwrap();
        let began = Instant::now();
        assert!(register::find(conn, &reach, key).unwrap().is_some());
        times.push(began.elapsed());
    }
    report("the query", times, "5");
}

async fn persons(pic: &Actor, path: &str, people: i64) {
    for (what, first, status) in [
        ("the page, found", 1, 200),
        ("the page, not found", people + 1, 404),
    ] {
        let look = async |n: i64| {
            let key = filled::key(first + n * 7_919 % people, n % 2 == 0);
            let fields = [("pegawai", key.as_str()), ("keperluan", "Ukur")];
            pic.post(path, &fields).await.status() == status
        };
        report(what, timed(PAGES, look).await, "15");
    }
}

async fn timed(times: i64, ask: impl AsyncFn(i64) -> bool) -> Vec<Duration> {
    let mut taken = Vec::new();
    for n in 0..times {
        let began = Instant::now();
        assert!(ask(n).await);
        taken.push(began.elapsed());
    }
    taken
}

fn report(what: &str, mut times: Vec<Duration>, goal: &str) {
    times.sort();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "| {what} | {:.2} | {:.2} | {goal} |",
        ms(at(50)),
        ms(at(99))
    );
}
