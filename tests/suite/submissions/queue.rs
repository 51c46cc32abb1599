//! Whose file is checked next, and what those who wait are told.

use crate::support::submissions::{csv, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::agreements::Agreement;
use padan::platform::db::schema::submission_versions as versions;
use padan::submissions;

const NOW: &str = "2026-11-20T02:00:00Z";

async fn upload(pic: &Actor, agreement: &Agreement, from: usize, rows: usize) -> String {
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let file = csv((from..from + rows).map(good_row));
    let answer = pic
        .upload(&form, "kursus.csv", file, &[("kunci", &form_key())])
        .await;
    assert_eq!(answer.status(), 303);
    location(&answer)
}

async fn check_one(app: &TestApp) {
    let storage = &app.parts.config.storage;
    let done = submissions::check_next(&app.db, &app.clock, storage).await;
    assert!(done.unwrap());
}

async fn waits(pic: &Actor, version: &str) -> bool {
    pic.page(version).await.contains("Berkas sedang diperiksa")
}

#[actix_web::test]
async fn institutions_have_their_turns_and_small_files_come_first() {
    let app = TestApp::start(NOW).await;
    let (one, other) = (app.sender("Instansi Contoh"), app.sender("Badan Tetangga"));
    let (first, second) = (app.sending_agreement(&one), app.sending_agreement(&other));
    let (pic, neighbour) = (app.pic(&one).await, app.pic(&other).await);
    let large = upload(&pic, &first, 1, 300).await;
    let small = upload(&pic, &first, 1_000, 3).await;
    let late = upload(&neighbour, &second, 1, 20).await;

    let page = pic.page(&large).await;
    assert!(
        page.contains("di urutan <b class=\"angka\">3</b> dari <b class=\"angka\">3</b>"),
        "{page}"
    );
    assert!(page.contains("Perkiraan selesai"));
    let part = neighbour.page(&format!("{late}/kemajuan")).await;
    assert!(
        part.contains("di urutan <b class=\"angka\">2</b>"),
        "{part}"
    );

    check_one(&app).await;
    assert!(!waits(&pic, &small).await, "the smallest is first");
    check_one(&app).await;
    assert!(
        !waits(&neighbour, &late).await,
        "then the other institution"
    );
    assert!(waits(&pic, &large).await);
    check_one(&app).await;
    assert!(!waits(&pic, &large).await);

    let measured: Vec<Option<i64>> = versions::table
        .select(versions::check_millis)
        .load(&mut *app.db.connection().unwrap())
        .unwrap();
    assert!(
        measured
            .iter()
            .all(|millis| millis.is_some_and(|millis| millis > 0))
    );
}

#[actix_web::test]
async fn who_waits_long_goes_before_a_smaller_file() {
    let app = TestApp::start(NOW).await;
    let (one, other) = (app.sender("Instansi Contoh"), app.sender("Badan Tetangga"));
    let (first, second) = (app.sending_agreement(&one), app.sending_agreement(&other));
    let (pic, neighbour) = (app.pic(&one).await, app.pic(&other).await);
    let large = upload(&pic, &first, 1, 300).await;
    app.at("2026-11-20T02:10:01Z");
    let small = upload(&neighbour, &second, 1, 2).await;
    check_one(&app).await;
    assert!(!waits(&pic, &large).await);
    assert!(waits(&neighbour, &small).await);
}
