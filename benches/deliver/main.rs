//! A delivery at size: how long its file takes from the register, and memory.
//!
//! `cargo bench --bench deliver -- [PEOPLE …]` on SQLite, and on PostgreSQL too
//! where `BENCH_DATABASE_URL` names an empty database. The people are invented.
#![allow(clippy::unwrap_used, reason = "a bench stops at the first fault")]

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use padan::agreements::{Agreement, AgreementId, Population};
use padan::audit::SYSTEM;
use padan::datasets;
use padan::deliveries::{DeliveryId, Publication, jobs};
use padan::disclosures::FieldNames;
use padan::institutions::Institution;
use padan::platform::clock::{Clock, Moment};
use padan::platform::db::{self, Db, DbConn, schema};
use padan::platform::files::{FileId, FileStore};
use padan::platform::jobs::enqueue;
use std::time::Instant;

const PEOPLE: u64 = 100_000;

const SQLITE: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {N}) \
    INSERT INTO register_people (number, id_pns, nip, name, birth_place, email, institution_code, rank_code) \
    SELECT i, printf('%032X', i), printf('%018d', i), 'Pegawai Rekaan ' || i, 'Kota Contoh', \
    'pegawai' || i || '@contoh.example', printf('%032X', 7), '42' FROM n";
const POSTGRES: &str = "INSERT INTO register_people (number, id_pns, nip, name, birth_place, email, institution_code, rank_code) \
    SELECT i, upper(lpad(to_hex(i), 32, '0')), lpad(i::text, 18, '0'), 'Pegawai Rekaan ' || i, 'Kota Contoh', \
    'pegawai' || i || '@contoh.example', upper(lpad(to_hex(7), 32, '0')), '42' FROM generate_series(1, {N}) i";

fn main() {
    let asked: Vec<u64> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let sizes = if asked.is_empty() {
        vec![PEOPLE]
    } else {
        asked
    };
    println!("| database | people | file s | people/s | MB | peak MB |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for people in sizes {
        let folder = tempfile::tempdir().unwrap();
        let files = FileStore::open(&folder.path().join("files")).unwrap();
        let sqlite = format!("sqlite://{}", folder.path().join("bench.db").display());
        measure("SQLite", &sqlite, &files, people);
        if let Ok(url) = std::env::var("BENCH_DATABASE_URL") {
            measure("PostgreSQL", &url, &files, people);
        }
    }
}

fn measure(name: &str, url: &str, files: &FileStore, people: u64) {
    let db = Db::open(url, 3).unwrap();
    let clock = Clock::system();
    let conn = &mut *db.connection().unwrap();
    let id = begin(conn, people, clock.now());
    let began = Instant::now();
    let system = actix_web::rt::System::new();
    let made = system.block_on(jobs::make_next(&db, &clock, files));
    let taken = began.elapsed().as_secs_f64();
    assert!(made.unwrap());
    let file: Option<FileId> = schema::publications::table
        .find(id)
        .select(schema::publications::file_id)
        .first(conn)
        .unwrap();
    let bytes = std::fs::metadata(files.path(file.unwrap())).unwrap().len() as f64 / 1e6;
    println!(
        "| {name} | {people} | {taken:.1} | {:.0} | {bytes:.0} | {} |",
        people as f64 / taken,
        peak_megabytes()
    );
}

/// A register of one institution, and a publication that waits for its file.
fn begin(conn: &mut DbConn, people: u64, now: Moment) -> DeliveryId {
    db::migrate(conn).unwrap();
    let number = people.to_string();
    match conn {
        DbConn::Sqlite(c) => c.batch_execute(&SQLITE.replace("{N}", &number)).unwrap(),
        DbConn::Postgres(c) => c.batch_execute(&POSTGRES.replace("{N}", &number)).unwrap(),
    }
    let code = format!("{:032X}", 7);
    let partner = Institution::partner("Badan Contoh", "Contoh", Some(code.clone()), now);
    diesel::insert_into(schema::institutions::table)
        .values(&partner)
        .execute(conn)
        .unwrap();
    let agreement = agreement(&partner, now);
    diesel::insert_into(schema::agreements::table)
        .values(&agreement)
        .execute(conn)
        .unwrap();
    let publication = publication(&agreement, now);
    diesel::insert_into(schema::publications::table)
        .values(&publication)
        .execute(conn)
        .unwrap();
    enqueue(conn, jobs::MAKE, &publication.id.to_string(), now).unwrap();
    publication.id
}

fn agreement(partner: &Institution, now: Moment) -> Agreement {
    Agreement {
        id: AgreementId::generate(),
        institution_id: partner.id,
        partner_number: "1/CONTOH".into(),
        bkn_number: "1/BKN/CONTOH".into(),
        title: "Contoh".into(),
        signed_on: now.jakarta_date(),
        term_months: 36,
        recorded_end: None,
        ended_on: None,
        text_complete: true,
        succeeds_id: None,
        search_text: String::new(),
        recorded_by: SYSTEM.into(),
        recorded_at: now,
    }
}

fn publication(agreement: &Agreement, now: Moment) -> Publication {
    let fields = &datasets::find("profil-pns").unwrap().fields;
    Publication {
        id: DeliveryId::generate(),
        number: "PYD-0001".into(),
        agreement_id: agreement.id,
        dataset: "profil-pns".into(),
        fields: FieldNames(fields.iter().map(|field| field.name.clone()).collect()),
        population: Population::default(),
        article: "Lampiran".into(),
        as_of: now.jakarta_date(),
        data_as_of: None,
        counts_from: None,
        counts_until: None,
        form_key: "bench".into(),
        published_by: SYSTEM.into(),
        published_at: now,
        disclosure_id: None,
        file_id: None,
        row_count: None,
        people: None,
        made_at: None,
        failed_at: None,
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawal_reason: None,
        received_at: None,
        received_by: None,
        receipt: None,
    }
}

/// The most memory this process had at once.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kibibytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kibibytes.unwrap_or_default() / 1024
}
