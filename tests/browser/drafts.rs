//! Mending a wrong row in a form, and entering records without a file.

use padan::accounts::{Account, Role};

use crate::page_checks::assert_sound;
use crate::session::{Browser, DESKTOP, PHONE};
use crate::support::TestApp;
use crate::support::submissions::{csv, good_row};

async fn enter(browser: &Browser, app: &TestApp, account: &Account) {
    browser.visit(&format!("{}/masuk", app.address)).await;
    browser.fill("nip", &account.nip).await;
    browser.fill("sandi", TestApp::PASSWORD).await;
    browser.press("Masuk").await;
    browser.see("Tidak ada kewajiban").await;
    browser.console().await;
}

/// Looks at the open page on a desktop and on a phone.
async fn look(browser: &mut Browser, app: &TestApp, path: &str, name: &str) {
    for viewport in [PHONE, DESKTOP] {
        browser.resize(viewport).await;
        browser.visit(&format!("{}{path}", app.address)).await;
        assert_sound(browser).await;
        browser.screenshot(name).await;
    }
}

#[actix_web::test]
async fn a_wrong_row_is_mended_in_a_form_and_the_new_version_is_clean() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let partner = app.sender("Badan Cipta Contoh");
    let agreement = app.sending_agreement(&partner);
    let account = app.account(&partner, Role::Pic);
    let wrong = |n| good_row(n).replace(",40,", ",40 JP,");
    let rows = [
        good_row(1),
        good_row(2).replace("SERT/2/2026", ""),
        wrong(3),
        wrong(4),
    ];
    let pic = app.sign_in(&account).await;
    let one = app.checked(&pic, &agreement, csv(rows)).await;

    let mut browser = Browser::open(DESKTOP).await;
    enter(&browser, &app, &account).await;
    look(&mut browser, &app, &one, "hasil-formulir").await;
    browser.press("Buka baris salah pertama").await;
    browser.see("Perbaiki baris 3").await;
    look(
        &mut browser,
        &app,
        &format!("{one}/konsep/baris/3"),
        "baris-formulir",
    )
    .await;
    browser.fill("isi.nomor_sertifikat", "SERT/2/2026").await;
    browser.press("Simpan dan ke baris salah berikutnya").await;
    browser.see("Perbaiki baris 4").await;
    look(
        &mut browser,
        &app,
        &format!("{one}/usulan?aturan=integer-format:jumlah_jam"),
        "usulan",
    )
    .await;
    browser.press("Terapkan semua usulan").await;
    browser.see("3 perubahan belum diperiksa").await;
    look(&mut browser, &app, &format!("{one}/konsep"), "konsep").await;
    look(
        &mut browser,
        &app,
        &format!("{one}/konsep/buang"),
        "konsep-buang",
    )
    .await;
    browser.visit(&format!("{}{one}/konsep", app.address)).await;
    browser.press("Periksa sebagai versi baru").await;
    browser.see("Berkas sedang diperiksa").await;
    app.work().await;
    browser.see("4 baris siap dikirim").await;
    assert!(
        browser
            .says("Dibuat dari versi 1 dengan 3 perubahan di formulir.")
            .await
    );
}

#[actix_web::test]
async fn records_are_entered_in_forms_and_become_a_submission() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let partner = app.sender("Badan Cipta Contoh");
    let agreement = app.sending_agreement(&partner);
    let account = app.account(&partner, Role::Pic);
    let mut browser = Browser::open(DESKTOP).await;
    enter(&browser, &app, &account).await;
    let place = format!("/pengiriman/baru/{}/riwayat-kursus/isian", agreement.id);
    look(&mut browser, &app, &place, "isian-kosong").await;
    browser.press("Tambah baris").await;
    browser.see("Tambah baris baru 1").await;
    let row = good_row(1);
    let names = [
        "id_pns",
        "nip",
        "instansi_id",
        "nama_kursus",
        "jumlah_jam",
        "tanggal_kursus",
        "tahun_kursus",
        "institusi_penyelenggara",
        "nomor_sertifikat",
    ];
    for (name, value) in names.into_iter().zip(row.split(',')) {
        browser.fill(&format!("isi.{name}"), value).await;
    }
    browser.fill("isi.tahun_kursus", "2025").await;
    browser.press("Simpan").await;
    browser.see("Tambah baris baru 1").await;
    assert!(browser.says("Baris belum disimpan").await);
    // The refusal, which browsers note.
    browser.console().await;
    browser.fill("isi.tahun_kursus", "2026").await;
    browser.press("Simpan").await;
    browser.see("1 baris diisi").await;
    look(&mut browser, &app, &place, "isian").await;
    browser.press("Periksa dan jadikan pengiriman").await;
    browser.see("Berkas sedang diperiksa").await;
    app.work().await;
    browser.see("1 baris siap dikirim").await;
}
