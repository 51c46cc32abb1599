//! The register at size: how long an import takes, a look-up, and the pages of
//! everybody whom an Annex reaches.
//!
//! `cargo bench --bench register -- [ROWS …]` on SQLite, and on PostgreSQL too
//! where `BENCH_DATABASE_URL` names an empty database. The rows are invented;
//! the same number gives the same file.
#![allow(clippy::unwrap_used, reason = "a bench stops at the first fault")]

use padan::audit::SYSTEM;
use padan::datasets::PersonKey;
use padan::platform::clock::Clock;
use padan::platform::db::{self, Db, DbConn};
use padan::register::{self, PeopleStream, Reach, Source};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// Persons that are looked up.
const LOOK_UPS: u64 = 20_000;
const ROWS: u64 = 1_000_000;
/// People of one page.
const PAGE: i64 = 2_000;

fn main() {
    let asked: Vec<u64> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![ROWS] } else { asked };
    println!(
        "| database | rows | MB | import s | of it own CPU s | rows/s | again s | look-up p50 ms | p99 ms | peak MB |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for rows in sizes {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("profil.csv");
        generate(&file, rows);
        let sqlite = format!("sqlite://{}", folder.path().join("bench.db").display());
        measure("SQLite", &sqlite, &file, rows);
        if let Ok(url) = std::env::var("BENCH_DATABASE_URL") {
            measure("PostgreSQL", &url, &file, rows);
        }
    }
}

fn measure(name: &str, url: &str, file: &Path, rows: u64) {
    let db = Db::open(url, 2).unwrap();
    let conn = &mut *db.connection().unwrap();
    db::migrate(conn).unwrap();
    let before = cpu_seconds();
    let first = import(conn, file);
    let worked = cpu_seconds() - before;
    let again = import(conn, file);
    let (middle, late) = look_ups(conn, rows);
    let bytes = std::fs::metadata(file).unwrap().len() as f64 / 1e6;
    println!(
        "| {name} | {rows} | {bytes:.0} | {:.1} | {worked:.1} | {:.0} | {:.1} | {:.3} | {:.3} | {} |",
        first.as_secs_f64(),
        rows as f64 / first.as_secs_f64(),
        again.as_secs_f64(),
        middle.as_secs_f64() * 1e3,
        late.as_secs_f64() * 1e3,
        peak_megabytes()
    );
    populations(conn);
}

/// How long the pages of three Annexes take: by functional positions, by
/// golongan, by institution.
fn populations(conn: &mut DbConn) {
    let few = |base: u64| Some((0..10).map(|n| id(base + n)).collect());
    let reaches = [
        (
            "10 positions",
            Reach {
                positions: few(4_000_000_000),
                ..Reach::default()
            },
        ),
        (
            "golongan 42 and above",
            Reach {
                rank_at_least: Some("42".to_owned()),
                ..Reach::default()
            },
        ),
        (
            "10 institutions",
            Reach {
                institutions: few(1_000_000_000),
                ..Reach::default()
            },
        ),
    ];
    for (name, reach) in reaches {
        let mut stream = PeopleStream::new(conn, reach).unwrap();
        let (mut people, mut taken) = (0, Vec::new());
        loop {
            let began = Instant::now();
            let page = stream.next_page(conn, PAGE).unwrap();
            taken.push(began.elapsed());
            if page.is_empty() {
                break;
            }
            people += page.len();
        }
        taken.sort();
        let (pages, middle) = (taken.len(), taken[taken.len() / 2]);
        println!(
            "  {name}: {people} people, {pages} pages, p50 {:.1} ms, longest {:.1} ms",
            middle.as_secs_f64() * 1e3,
            taken[pages - 1].as_secs_f64() * 1e3
        );
    }
}

/// Processor seconds of this process; a database server's are not among them.
fn cpu_seconds() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_SELF).unwrap();
    [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
        .sum()
}

fn import(conn: &mut DbConn, file: &Path) -> Duration {
    let source = Source {
        dataset: "profil-pns",
        file_name: "profil.csv",
        form_key: &uuid::Uuid::new_v4().to_string(),
        actor: SYSTEM,
        as_of: None,
        complete: false,
    };
    let began = Instant::now();
    let file = File::open(file).unwrap();
    let done = register::import(conn, &source, file, &Clock::system(), &mut |_| {}).unwrap();
    assert_eq!(done.rejected, 0);
    began.elapsed()
}

/// The middle and the 99th of a hundred look-ups, by NIP and by ID in turn.
fn look_ups(conn: &mut DbConn, rows: u64) -> (Duration, Duration) {
    let mut taken: Vec<Duration> = (0..LOOK_UPS)
        .map(|turn| {
            let number = turn * 7_919 % rows;
            let key = match turn % 2 {
                0 => PersonKey::Nip(nip(number).parse().unwrap()),
                _ => PersonKey::Id(id(number).parse().unwrap()),
            };
            let began = Instant::now();
            let found = register::find(conn, &Reach::default(), key).unwrap();
            let taken = began.elapsed();
            assert!(found.is_some());
            taken
        })
        .collect();
    taken.sort();
    let at = |percent: usize| taken[taken.len() * percent / 100];
    (at(50), at(99))
}

fn generate(path: &Path, rows: u64) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    writeln!(out, "id_pns,nip,nama,tempat_lahir,tanggal_lahir,jenis_kelamin,email,tmt_pns,nomor_kontak,pendidikan_terakhir_id,instansi_induk_id,instansi_kerja_id,unit_kerja_id,jenis_jabatan_id,jabatan_fungsional_umum_id,jabatan_fungsional_id,lokasi_kerja_id,golongan_terakhir_id").unwrap();
    for n in 0..rows {
        let institution = id(n % 600 + 1_000_000_000);
        writeln!(
            out,
            "{},{},Pegawai Rekaan {n},Kota Contoh,{},{},pegawai{n}@contoh.example,2015-03-01,0800{n:08},{},{institution},{institution},{},2,,{},{},{}",
            id(n),
            nip(n),
            birth(n),
            if n.is_multiple_of(2) { "M" } else { "F" },
            id(n % 900 + 2_000_000_000),
            id(n % 40_000 + 3_000_000_000),
            id(n % 1_400 + 4_000_000_000),
            id(n % 500 + 5_000_000_000),
            ["31", "32", "33", "34", "41", "42"][(n % 6) as usize],
        )
        .unwrap();
    }
    out.flush().unwrap();
}

/// IDs fall anywhere, as real ones do: the number, stirred.
fn id(number: u64) -> String {
    let stirred = |seed: u64| {
        let mut x = number
            .wrapping_add(seed)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    };
    format!("{:016X}{:016X}", stirred(1), stirred(2))
}

fn birth(n: u64) -> String {
    let (year, month, day) = birth_parts(n);
    format!("{year}-{month:02}-{day:02}")
}

fn birth_parts(n: u64) -> (u64, u64, u64) {
    (1965 + n / 336 % 35, n / 28 % 12 + 1, n % 28 + 1)
}

/// A different NIP for each number below 21,000,000.
fn nip(n: u64) -> String {
    let (year, month, day) = birth_parts(n);
    let (sex, serial) = (n / 11_760 % 2 + 1, n / 23_520 % 900 + 1);
    format!("{year}{month:02}{day:02}{}03{sex}{serial:03}", year + 24)
}

/// The most memory this process had at once.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kibibytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kibibytes.unwrap_or_default() / 1024
}
