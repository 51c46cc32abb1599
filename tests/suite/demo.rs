//! The demo: what it loads, and the sample files that go with it.

use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema;
use padan::{audit, demo};
use std::fs;
use std::path::Path;

use crate::support::duties::{form_key, recorded};
use crate::support::{Actor, TestApp, location};

const NOW: &str = "2026-11-20T02:00:00Z";
/// The PIC of LAN in `demo/fictional.json`.
const PIC: &str = "199103232019021907";
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo/berkas");

async fn demo() -> TestApp {
    let app = TestApp::start(NOW).await;
    demo::load(&app.parts, app.clock.now()).await.unwrap();
    app
}

/// The short names of the rows that the overview shows under a filter.
async fn shown(staff: &Actor, state: &str) -> Vec<String> {
    let answer = staff.get(&format!("/ikhtisar.csv?keadaan={state}")).await;
    let text = answer.text().await.unwrap();
    let mut lines = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut names: Vec<_> = lines
        .records()
        .map(|line| line.unwrap()[1].to_owned())
        .collect();
    names.sort_unstable();
    names
}

/// How many rows the tables hold that a second load would fill.
fn counts(app: &TestApp) -> [i64; 3] {
    use schema::{audit_events, institutions, register_people};
    let conn = &mut *app.db.connection().unwrap();
    [
        institutions::table.count().get_result(conn).unwrap(),
        register_people::table.count().get_result(conn).unwrap(),
        audit_events::table.count().get_result(conn).unwrap(),
    ]
}

#[actix_web::test]
async fn every_state_of_the_overview_can_be_seen() {
    let app = demo().await;
    let staff = app.staff(Role::Auditor).await;
    assert_eq!(
        shown(&staff, "lewat").await,
        ["Basandnas", "Kab. Rawa Permai"]
    );
    assert_eq!(shown(&staff, "dekat").await, ["Tirta Raya"]);
    assert_eq!(
        shown(&staff, "dihentikan").await,
        ["Kab. Rawa Permai", "Kota Sukamaju"]
    );
    assert_eq!(shown(&staff, "siap").await, ["Kota Sukamaju"]);
    // The notice windows of BPS (PKS BPS-BKN 2023 Pasal 6 ayat (2)) and of an
    // invented ministry.
    assert_eq!(shown(&staff, "pemberitahuan").await, ["BPS", "Kemencipta"]);
    assert_eq!(shown(&staff, "berakhir").await, ["BAS"]);
    // What is left is on time.
    assert_eq!(shown(&staff, "").await.len(), 10);
}

#[actix_web::test]
async fn nobody_real_is_written_to_and_the_trail_is_whole() {
    let app = demo().await;
    let posted = app.posted();
    assert!(!posted.is_empty());
    for (kind, recipient) in posted {
        let is_reserved = [".example", ".test"]
            .iter()
            .any(|end| recipient.ends_with(end));
        assert!(is_reserved, "{kind} goes to {recipient}");
    }
    let trail = audit::verify(&mut app.db.connection().unwrap()).unwrap();
    assert!(trail.events > 0);
}

#[actix_web::test]
async fn a_second_load_is_refused_and_changes_nothing() {
    let app = demo().await;
    let before = counts(&app);
    // Ten partners and BKN; the register of the demo.
    assert_eq!(before[..2], [11, 5_000]);
    assert!(!demo::is_empty(&mut app.db.connection().unwrap()).unwrap());
    assert!(demo::load(&app.parts, app.clock.now()).await.is_err());
    assert_eq!(counts(&app), before);
}

/// Uploads a sample as the PIC of LAN and has it checked; the version's address.
async fn checked(app: &TestApp, pic: &Actor, dataset: &str, file: &str) -> String {
    let agreement: String = schema::agreements::table
        .filter(
            schema::agreements::bkn_number.eq(recorded("lan-2025")["bkn_number"].as_str().unwrap()),
        )
        .select(schema::agreements::id)
        .first(&mut *app.db.connection().unwrap())
        .unwrap();
    let content = fs::read(Path::new(SAMPLES).join(file)).unwrap();
    let key = form_key();
    let form = format!("/pengiriman/baru/{agreement}/{dataset}");
    let answer = pic.upload(&form, file, content, &[("kunci", &key)]).await;
    assert_eq!(answer.status(), 303, "{file}");
    app.check_uploads().await;
    location(&answer)
}

async fn pic(app: &TestApp) -> Actor {
    let actor = app.visitor();
    let answer = actor
        .post("/masuk", &[("nip", PIC), ("sandi", demo::PASSWORD)])
        .await;
    assert_eq!(answer.status(), 303);
    actor
}

#[actix_web::test]
async fn the_good_samples_have_no_fault() {
    let app = demo().await;
    let pic = pic(&app).await;
    for (dataset, _) in FAULTS {
        for ending in ["csv", "xlsx"] {
            let file = format!("{dataset}-baik.{ending}");
            let version = checked(&app, &pic, dataset, &file).await;
            let page = pic.page(&version).await;
            assert!(page.contains("<h1>40 baris siap dikirim</h1>"), "{file}");
            assert_eq!(findings(&pic, &version).await, [], "{file}");
        }
    }
}

#[actix_web::test]
async fn the_spoilt_samples_show_the_planted_faults_and_no_other() {
    let app = demo().await;
    let pic = pic(&app).await;
    for (dataset, faults) in FAULTS {
        let planted: Vec<Fault> = faults
            .iter()
            .map(|(row, field, code)| (*row, (*field).to_owned(), (*code).to_owned()))
            .collect();
        for ending in ["csv", "xlsx"] {
            let file = format!("{dataset}-salah.{ending}");
            let version = checked(&app, &pic, dataset, &file).await;
            assert_eq!(findings(&pic, &version).await, planted, "{file}");
        }
    }
}

/// Row as Excel counts it, field, code.
type Fault = (u32, String, String);

async fn findings(pic: &Actor, version: &str) -> Vec<Fault> {
    let text = pic.page(&format!("{version}/temuan.csv")).await;
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(text.as_bytes());
    let fault = |line: csv::StringRecord| {
        let row = line[0].parse().unwrap();
        (row, line[2].to_owned(), line[4].to_owned())
    };
    lines.records().map(|line| fault(line.unwrap())).collect()
}

/// Row, field and code of what is planted.
type Planted = &'static [(u32, &'static str, &'static str)];

/// What is wrong with the spoilt sample of each data set. Every sample has forty
/// people; the last row repeats another.
const FAULTS: [(&str, Planted); 3] = [
    (
        "riwayat-kursus",
        &[
            (4, "nip", "nip-damaged"),
            (6, "id_pns", "id-length"),
            (9, "tanggal_kursus", "date-impossible"),
            (12, "tanggal_kursus", "date-unreadable"),
            (15, "tahun_kursus", "year-differs"),
            (18, "jumlah_jam", "number-unusual"),
            (19, "jumlah_jam", "integer-format"),
            (21, "instansi_id", "institution-not-yours"),
            (27, "nomor_sertifikat", "required"),
            (42, "", "duplicate-row"),
        ],
    ),
    (
        "riwayat-angka-kredit",
        &[
            (4, "nip", "nip-damaged"),
            (6, "id_pns", "id-length"),
            (10, "tanggal_sk", "date-impossible"),
            (16, "angka_kredit_total", "sum-differs"),
            (25, "bulan_akhir_penilaian", "number-range"),
            (28, "nomor_sk", "required"),
            (42, "", "duplicate-row"),
        ],
    ),
    (
        "riwayat-jabatan",
        &[
            (4, "nip", "nip-damaged"),
            (6, "id_pns", "id-length"),
            (10, "tanggal_sk", "date-impossible"),
            (13, "tmt_jabatan", "date-unreadable"),
            (21, "instansi_id", "institution-not-yours"),
            (23, "jabatan_fungsional_id", "reference-unknown"),
            (28, "nomor_sk", "required"),
            (42, "", "duplicate-row"),
        ],
    ),
];
