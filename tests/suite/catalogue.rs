//! The catalogue of data sets: who may read what, and its files.

use padan::accounts::Role;

use crate::support::TestApp;

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
