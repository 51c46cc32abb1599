//! The catalogue of data sets: who may read what, and its files.

use std::process::Command;

use padan::accounts::Role;

use crate::support::submissions::{SENDER, form_key};
use crate::support::{Actor, TestApp, location};

const NOW: &str = "2026-11-20T02:00:00Z";
const PARTS: [&str; 4] = ["", "/templat", "/contoh.csv", "/contoh.xlsx"];

#[actix_web::test]
async fn a_pic_finds_what_the_own_agreements_grant_and_no_other() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("LAN");
    app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let list = pic.page("/set-data").await;
    assert!(list.contains("/set-data/riwayat-kursus"));
    assert!(!list.contains("/set-data/profil-pns"));
    for part in PARTS {
        let granted = format!("/set-data/riwayat-kursus{part}");
        assert_eq!(pic.get(&granted).await.status(), 200, "{granted}");
        for other in ["profil-pns", "tidak-ada"] {
            let other = format!("/set-data/{other}{part}");
            assert_eq!(pic.get(&other).await.status(), 404, "{other}");
        }
    }
}

#[actix_web::test]
async fn the_agreement_of_another_institution_grants_nothing() {
    let app = TestApp::start(NOW).await;
    app.sending_agreement(&app.sender("LAN"));
    let pic = app.pic(&app.partner("BPS")).await;
    let list = pic.page("/set-data").await;
    assert!(list.contains("Belum ada set data untuk instansi Anda"));
    let theirs = pic.get("/set-data/riwayat-kursus").await;
    assert_eq!(theirs.status(), 404);
}

#[actix_web::test]
async fn staff_read_every_data_set_with_its_rules_and_references() {
    let app = TestApp::start(NOW).await;
    app.lists();
    let auditor = app.staff(Role::Auditor).await;
    for dataset in padan::datasets::all().unwrap() {
        let page = auditor.page(&format!("/set-data/{}", dataset.name)).await;
        for field in &dataset.fields {
            assert!(
                page.contains(&field.name),
                "{} {}",
                dataset.name,
                field.name
            );
        }
    }
    let page = auditor.page("/set-data/riwayat-kursus").await;
    assert!(page.contains("Aturan pemeriksaan"));
    assert!(page.contains("href=\"/referensi/instansi\""));
    let page = auditor.page("/set-data/data-utama").await;
    assert!(page.contains("Daftar ini belum dimuat"), "{page}");
    assert!(!page.contains("href=\"/referensi/lokasi\""), "{page}");
}

#[actix_web::test]
async fn the_list_is_searched_by_the_words_of_fields_too() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let list = admin.page("/set-data?cari=nomor_sertifikat").await;
    assert!(list.contains("/set-data/riwayat-kursus"));
    assert!(!list.contains("/set-data/unit-kerja"));
    let none = admin.page("/set-data?cari=tidakadasamasekali").await;
    assert!(none.contains("Tidak ada set data yang cocok"));
}

/// The program's verdict on a sample, against the lists of the repository and a
/// register that holds the sample's person.
fn verdict(
    dataset: &str,
    file: &std::path::Path,
    people: &std::path::Path,
) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_padan"))
        .args(["check", dataset])
        .arg(file)
        .args([
            "--references",
            "references",
            "--on",
            "2026-11-20",
            "--register",
        ])
        .arg(people)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), said)
}

async fn downloaded(actor: &Actor, path: &str) -> Vec<u8> {
    let answer = actor.get(path).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.bytes().await.unwrap().to_vec()
}

#[actix_web::test]
async fn every_sample_passes_the_check_of_its_own_data_set() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let desk = tempfile::tempdir().unwrap();
    let people = desk.path().join("register.csv");
    let person = "id_pns,nip\nF1C80000000000000000000000000001,199001012015031901\n";
    std::fs::write(&people, person).unwrap();
    for dataset in padan::datasets::all().unwrap() {
        for part in ["contoh.csv", "contoh.xlsx"] {
            let path = format!("/set-data/{}/{part}", dataset.name);
            let file = desk.path().join(part);
            std::fs::write(&file, downloaded(&admin, &path).await).unwrap();
            let (code, said) = verdict(&dataset.name, &file, &people);
            assert_eq!(code, Some(0), "{path}: {said}");
            assert!(said.starts_with("ready: 1 rows, 1 ready"), "{path}: {said}");
        }
    }
}

#[actix_web::test]
async fn a_partner_uploads_its_sample_as_it_is_and_it_is_ready() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("LAN");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    for part in ["contoh.csv", "contoh.xlsx"] {
        let file = downloaded(&pic, &format!("/set-data/riwayat-kursus/{part}")).await;
        if part == "contoh.csv" {
            assert!(String::from_utf8_lossy(&file).contains(SENDER));
        }
        let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
        let answer = pic
            .upload(&form, part, file, &[("kunci", &form_key())])
            .await;
        assert_eq!(answer.status(), 303, "{part}");
        app.check_uploads().await;
        let result = pic.page(&location(&answer)).await;
        assert!(result.contains("Siap dikirim"), "{part}");
    }
}

#[actix_web::test]
async fn what_is_taken_along_is_on_the_audit_trail() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("LAN");
    app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    for part in ["templat", "contoh.csv", "contoh.xlsx"] {
        downloaded(&pic, &format!("/set-data/riwayat-kursus/{part}")).await;
        pic.get(&format!("/set-data/profil-pns/{part}")).await;
    }
    let count = |action: &str| app.recorded(action).len();
    assert_eq!(count("catalogue.template_downloaded"), 1);
    assert_eq!(count("catalogue.sample_downloaded"), 2);
}

#[actix_web::test]
async fn the_submission_flow_leads_to_the_pages_of_its_data_set() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("LAN");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let upload = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    for page in ["/pengiriman/baru", &upload] {
        let page = pic.page(page).await;
        assert!(page.contains("href=\"/set-data/riwayat-kursus\""));
    }
}

#[actix_web::test]
async fn who_sends_under_several_agreements_takes_the_template_of_each() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let first = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let (place, whole) = (
        "/set-data/riwayat-kursus",
        "/set-data/riwayat-kursus/templat",
    );
    assert!(pic.page(place).await.contains(whole));
    let second = app.sending_agreement(&partner);
    let page = pic.page(place).await;
    assert!(!page.contains(whole), "{page}");
    for agreement in [first, second] {
        let own = format!("/pengiriman/templat/{}/riwayat-kursus", agreement.id);
        assert!(page.contains(&own), "{page}");
    }
}
