//! Bringing extracts into the register, and looking people up in it.

use crate::support::TestApp;
use diesel::prelude::*;
use padan::audit::SYSTEM;
use padan::datasets::PersonKey;
use padan::platform::db::schema::{register_holdings, register_imports, register_people};
use padan::register::{self, ImportError, Reach, RegisterImport, Source};
use std::io::Cursor;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const NOW: &str = "2026-11-20T02:00:00Z";
const HEAD: &str = "id_pns;nip;nama;tanggal_lahir;instansi_induk_id;instansi_kerja_id;jabatan_fungsional_id;golongan_terakhir_id";
const HOME: &str = "00000000000000000000000000000B01";
const WORK: &str = "00000000000000000000000000000B02";

pub fn id(n: usize) -> String {
    format!("{n:032X}")
}

/// The NIP of the `n`-th fictional person.
pub fn nip(n: usize) -> String {
    let (year, day) = (1960 + n / 28 % 40, n % 28 + 1);
    format!(
        "{year}01{day:02}{}01{}{:03}",
        year + 23,
        n % 2 + 1,
        n / 1120 % 999 + 1
    )
}

pub fn person(n: usize) -> String {
    let lower = id(n).to_lowercase();
    format!(
        "{lower};'{};Pegawai Contoh {n};17-03-1990;{HOME};{WORK};null;42",
        nip(n)
    )
}

pub fn file(rows: impl IntoIterator<Item = String>) -> String {
    let rows: Vec<String> = rows.into_iter().collect();
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

pub fn bring(app: &TestApp, dataset: &str, file: &str) -> Result<RegisterImport, ImportError> {
    bring_as(app, (dataset, false), file)
}

/// Brings a file in; whether it holds all there is of the data set.
pub fn bring_as(
    app: &TestApp,
    what: (&str, bool),
    file: &str,
) -> Result<RegisterImport, ImportError> {
    bring_watched(app, what, file, &mut |_| {})
}

/// As [`bring_as`], and looks after each batch.
pub fn bring_watched(
    app: &TestApp,
    (dataset, complete): (&str, bool),
    file: &str,
    told: &mut dyn FnMut(&RegisterImport),
) -> Result<RegisterImport, ImportError> {
    let source = Source {
        dataset,
        file_name: "ekstrak.csv",
        form_key: &uuid::Uuid::new_v4().to_string(),
        actor: SYSTEM,
        as_of: None,
        complete,
    };
    let conn = &mut *app.db.connection().unwrap();
    let file = Cursor::new(file.as_bytes().to_vec());
    register::import(conn, &source, file, &app.clock, told)
}

fn counts(import: &RegisterImport) -> (i64, i64, i64, i64) {
    (
        import.added,
        import.changed,
        import.unchanged,
        import.rejected,
    )
}

/// How many rows of a data set the register says that it holds.
pub fn held(app: &TestApp, dataset: &str) -> i64 {
    let conn = &mut *app.db.connection().unwrap();
    register_holdings::table
        .find(dataset)
        .select(register_holdings::held)
        .first(conn)
        .unwrap()
}

#[actix_web::test]
async fn an_extract_tells_new_changed_and_unchanged_people_apart() {
    let app = TestApp::start(NOW).await;
    let first = bring(&app, "profil-pns", &file((1..=5).map(person))).unwrap();
    assert_eq!(counts(&first), (5, 0, 0, 0));
    let mut rows: Vec<String> = (1..=7).map(person).collect();
    rows[0] = rows[0].replace("Contoh 1", "Yang Berganti Nama");
    let second = bring(&app, "profil-pns", &file(rows)).unwrap();
    assert_eq!(counts(&second), (2, 1, 4, 0));
    assert_eq!(held(&app, "profil-pns"), 7);
    assert!(second.finished_at.is_some());
    assert_eq!(app.audited("register.import_finished").len(), 2);
}

#[actix_web::test]
async fn what_cannot_be_taken_is_told_by_row_and_the_rest_is_taken() {
    let app = TestApp::start(NOW).await;
    bring(&app, "profil-pns", &file([person(1)])).unwrap();
    let rows = [
        person(2),
        person(3).replace(&nip(3), "1,96907E+17"),
        person(4).replace(&id(4).to_lowercase(), "F489"),
        person(5).replace("17-03-1990", "31-02-1990"),
        person(6).replace("Pegawai Contoh 6", ""),
        "terlalu;pendek".to_owned(),
        person(7).replace(&nip(7), &nip(1)),
        person(8),
    ];
    let import = bring(&app, "profil-pns", &file(rows)).unwrap();
    assert_eq!(counts(&import), (2, 0, 0, 6));
    assert_eq!(held(&app, "profil-pns"), 3);
    let mut out = Vec::new();
    let conn = &mut *app.db.connection().unwrap();
    register::write_rejects(conn, import.id, &mut out).unwrap();
    let told = String::from_utf8(out).unwrap();
    let told: Vec<&str> = told.lines().skip(1).collect();
    assert_eq!(
        told,
        [
            "3;nip;NIP tidak sah;1,96907E+17",
            "4;id_pns;ID bukan 32 karakter heksadesimal;F489",
            "5;tanggal_lahir;Tanggal tidak terbaca;31-02-1990",
            "6;nama;Isian wajib kosong;",
            "7;;Jumlah kolom tidak sesuai judul;",
            &format!("8;nip;NIP tercatat untuk ID PNS lain;{}", nip(1)),
        ]
    );
}

#[actix_web::test]
async fn a_file_without_its_columns_or_of_another_data_set_is_refused_whole() {
    let app = TestApp::start(NOW).await;
    let missing = bring(&app, "profil-pns", "id_pns;nama\nA;B\n");
    let Err(ImportError::Missing { fields, .. }) = missing else {
        panic!("taken");
    };
    assert_eq!(fields, ["nip", "instansi_induk_id"]);
    let unknown = bring(&app, "tidak-ada", "a;b\n");
    assert!(matches!(unknown, Err(ImportError::NoDataset(_))));
    let conn = &mut *app.db.connection().unwrap();
    assert_eq!(register_imports::table.count().get_result(conn), Ok(0_i64));
}

#[actix_web::test]
async fn a_person_is_found_by_nip_and_id_within_reach_only() {
    let app = TestApp::start(NOW).await;
    bring(&app, "profil-pns", &file((1..=3).map(person))).unwrap();
    let conn = &mut *app.db.connection().unwrap();
    let by_nip = PersonKey::Nip(nip(2).parse().unwrap());
    let by_id = PersonKey::Id(id(2).parse().unwrap());
    let at = |code: &str| Reach {
        institutions: Some(vec![code.to_owned()]),
        ..Reach::default()
    };
    for reach in [Reach::default(), at(HOME), at(WORK)] {
        for key in [by_nip, by_id] {
            let found = register::find(conn, &reach, key).unwrap().unwrap();
            assert_eq!(found.name, "Pegawai Contoh 2");
            assert_eq!(found.birth_date.unwrap().to_string(), "1990-03-17");
            assert_eq!(found.position_code, None);
        }
    }
    let elsewhere = at("00000000000000000000000000000B03");
    assert_eq!(register::find(conn, &elsewhere, by_nip).unwrap(), None);
    let nobody = PersonKey::Id(id(99).parse().unwrap());
    assert_eq!(
        register::find(conn, &Reach::default(), nobody).unwrap(),
        None
    );
}

#[actix_web::test]
async fn units_are_found_by_institution_and_name() {
    let app = TestApp::start(NOW).await;
    let row = |n: usize, at: &str| format!("{at},Instansi Contoh,{},Biro Contoh {n},", id(n));
    let rows = [row(1, HOME), row(2, HOME), row(3, WORK)].join("\n");
    let head = "instansi_kerja_id,instansi,unit_kerja_id,unit_kerja,unor_induk";
    let import = bring(&app, "unit-kerja", &format!("{head}\n{rows}\n")).unwrap();
    assert_eq!(counts(&import), (3, 0, 0, 0));
    let conn = &mut *app.db.connection().unwrap();
    assert_eq!(register::count_units(conn, HOME, "").unwrap(), 2);
    let found = register::units_of(conn, HOME, "contoh 2", (10, 0)).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name, "Biro Contoh 2");
    assert_eq!(register::count_units(conn, HOME, "contoh 3").unwrap(), 0);
}

#[actix_web::test]
async fn records_about_persons_are_kept_by_their_declaration() {
    let app = TestApp::start(NOW).await;
    let row = |n: usize, number: &str| {
        format!(
            "{},{HOME},2,{},2026-04-01,{number},2026-03-01",
            id(n),
            id(70)
        )
    };
    let head = "id_pns,instansi_id,jenis_jabatan_id,unit_kerja_id,tmt_jabatan,nomor_sk,tanggal_sk";
    let file = |number: &str| format!("{head}\n{}\n{}\n", row(1, "SK/1"), row(2, number));
    let first = bring(&app, "riwayat-jabatan", &file("SK/2")).unwrap();
    assert_eq!(counts(&first), (2, 0, 0, 0));
    let second = bring(&app, "riwayat-jabatan", &file("SK/3")).unwrap();
    assert_eq!(counts(&second), (0, 1, 1, 0));
    let conn = &mut *app.db.connection().unwrap();
    let records = register::records_of(conn, "riwayat-jabatan", &id(2)).unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].value("nomor_sk").as_deref(), Some("SK/3"));
    assert_eq!(records[0].effective_on.unwrap().to_string(), "2026-04-01");
}

/// The program, importing a file into this portal's database.
fn command(app: &TestApp, file: &std::path::Path) -> Command {
    use secrecy::ExposeSecret;
    let storage = &app.parts.config.storage;
    let mut command = Command::new(env!("CARGO_BIN_EXE_padan"));
    command
        .args(["import", "register", "profil-pns"])
        .arg(file)
        .env_clear()
        .env("PADAN_DATABASE_URL", storage.database_url.expose_secret())
        .env("PADAN_DATA_DIR", &storage.data_dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

#[actix_web::test]
async fn an_import_that_was_killed_goes_on_where_it_stopped() {
    const ROWS: usize = 100_000;
    let app = TestApp::start(NOW).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profil.csv");
    std::fs::write(&path, file((1..=ROWS).map(person))).unwrap();
    let mut child = command(&app, &path).spawn().unwrap();
    let conn = &mut *app.db.connection().unwrap();
    let began = Instant::now();
    let done = loop {
        let done: Option<i64> = register_imports::table
            .select(register_imports::rows_done)
            .first(conn)
            .optional()
            .unwrap();
        match done {
            Some(done) if done > 0 => break done,
            _ if began.elapsed() > Duration::from_secs(120) => panic!("nothing was imported"),
            _ => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(done < ROWS.try_into().unwrap(), "killed too late");
    let output = command(&app, &path).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said,
        "profil-pns: 100000 rows: 100000 new, 0 changed, 0 unchanged, 0 rejected, 0 removed\n"
    );
    assert_eq!(
        register_people::table.count().get_result(conn),
        Ok(i64::try_from(ROWS).unwrap())
    );
    let imports: i64 = register_imports::table.count().get_result(conn).unwrap();
    assert_eq!(imports, 1);
}
