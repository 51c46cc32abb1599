//! The pages of accounts, as a person sees them.

use padan::accounts::Role;

use crate::page_checks::assert_sound;
use crate::session::{Browser, DESKTOP, PHONE};
use crate::support::TestApp;
use crate::support::accounts::{nominate, nomination};

const NOW: &str = "2026-11-20T02:00:00Z";

/// Looks at pages on a desktop and on a phone.
async fn look(browser: &mut Browser, app: &TestApp, pages: &[(&str, String)]) {
    for viewport in [DESKTOP, PHONE] {
        browser.resize(viewport).await;
        for (name, path) in pages {
            browser.visit(&format!("{}{path}", app.address)).await;
            assert_sound(browser).await;
            browser.screenshot(name).await;
        }
    }
}

async fn sign_in(browser: &Browser, app: &TestApp, nip: &str) {
    browser.visit(&format!("{}/masuk", app.address)).await;
    browser.fill("nip", nip).await;
    browser.fill("sandi", TestApp::PASSWORD).await;
    browser.press("Masuk").await;
    // The first page of a role has its own test; what it reported is not ours.
    browser.console().await;
}

#[actix_web::test]
async fn the_pages_before_signing_in_are_sound() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    nominate(
        &admin,
        "/akun/baru",
        &nomination(&app.partner("Instansi Contoh")),
    )
    .await;
    let pages = [
        ("masuk-setelah-keluar", "/masuk?kabar=keluar".to_owned()),
        ("lupa-kata-sandi", "/lupa-kata-sandi".to_owned()),
        ("lupa-terkirim", "/lupa-kata-sandi/terkirim".to_owned()),
        ("tautan", app.latest_link()),
        ("tautan-mati", "/tautan/tidak-ada".to_owned()),
        ("bantuan", "/bantuan".to_owned()),
        ("aksesibilitas", "/aksesibilitas".to_owned()),
        ("pelindungan-data", "/pelindungan-data".to_owned()),
        ("tidak-ditemukan", "/tidak-ada".to_owned()),
    ];
    let mut browser = Browser::open(DESKTOP).await;
    look(&mut browser, &app, &pages).await;
    browser
        .visit(&format!("{}{}", app.address, app.latest_link()))
        .await;
    browser.fill("sandi", "pendek").await;
    browser.press("Simpan kata sandi").await;
    assert_sound(&browser).await;
    browser.screenshot("tautan-salah").await;
}

#[actix_web::test]
async fn the_pages_of_a_lead_pic_are_sound() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    let lead = app.account(&partner, Role::LeadPic);
    app.account(&partner, Role::Pic);
    let actor = app.sign_in(&lead).await;
    nominate(&actor, "/pic/baru", &nomination(&partner)).await;
    app.forget_statement(lead.id);
    let mut browser = Browser::open(DESKTOP).await;
    sign_in(&browser, &app, &lead.nip).await;
    look(
        &mut browser,
        &app,
        &[("pernyataan", "/pernyataan-kerahasiaan".to_owned())],
    )
    .await;
    actor
        .post("/pernyataan-kerahasiaan", &[("setuju", "ya")])
        .await;
    let pages = [
        ("profil", "/profil".to_owned()),
        ("kata-sandi", "/profil/kata-sandi".to_owned()),
        ("pic", "/pic".to_owned()),
        ("pic-baru", "/pic/baru".to_owned()),
    ];
    look(&mut browser, &app, &pages).await;
}

#[actix_web::test]
async fn the_pages_of_the_administrator_are_sound() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    for _ in 0..28 {
        app.account(&partner, Role::Pic);
    }
    let admin = app.account(&app.home(), Role::Admin);
    let actor = app.sign_in(&admin).await;
    nominate(&actor, "/akun/baru", &nomination(&partner)).await;
    let closed = app.account(&partner, Role::Observer);
    let path = format!("/akun/{}/tutup", closed.id);
    actor
        .post(&path, &[("alasan", "Pindah tugas ke instansi lain.")])
        .await;
    let open = app.account(&partner, Role::LeadPic);
    for _ in 0..2 {
        app.sign_in(&open).await;
    }
    let pages = [
        ("akun", "/akun".to_owned()),
        ("akun-saring", "/akun?keadaan=ditutup&cari=orang".to_owned()),
        ("akun-kosong", "/akun?cari=tidakada".to_owned()),
        ("akun-baru", "/akun/baru".to_owned()),
        ("akun-diundang", format!("/akun/{}", app.ratna().id)),
        ("akun-ditutup", format!("/akun/{}", closed.id)),
        ("akun-aktif", format!("/akun/{}", open.id)),
        ("akun-sendiri", format!("/akun/{}", admin.id)),
        ("akun-ubah", format!("/akun/{}/ubah", open.id)),
        ("akun-sendiri-ubah", format!("/akun/{}/ubah", admin.id)),
        ("galat-404", "/tidak-ada".to_owned()),
        ("galat-409", format!("/akun/{}/ubah", closed.id)),
    ];
    let mut browser = Browser::open(DESKTOP).await;
    sign_in(&browser, &app, &admin.nip).await;
    look(&mut browser, &app, &pages).await;
    browser.visit(&format!("{}/akun/baru", app.address)).await;
    browser.press("Buat akun dan kirim undangan").await;
    assert_sound(&browser).await;
    browser.screenshot("akun-baru-salah").await;
}

/// Presses a button on a desktop and on a phone, and looks at the answer.
async fn look_after(browser: &mut Browser, name: &str, button: &str) {
    browser.press(button).await;
    for viewport in [DESKTOP, PHONE] {
        browser.resize(viewport).await;
        assert_sound(browser).await;
        browser.screenshot(name).await;
    }
}

#[actix_web::test]
async fn a_password_asked_for_between_form_and_deed_loses_nothing() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let admin = app.account(&app.home(), Role::Admin);
    let mut browser = Browser::open(DESKTOP).await;
    sign_in(&browser, &app, &admin.nip).await;
    app.at("2026-11-20T02:20:00Z");
    let path = format!("{}/akun/{}/ubah", app.address, account.id);
    browser.visit(&path).await;
    browser.tick("peran", "observer").await;
    browser.fill("surel", "baru@contoh.example").await;
    look_after(&mut browser, "konfirmasi", "Simpan perubahan").await;
    browser.fill("sandi_anda", "bukan itu").await;
    look_after(&mut browser, "konfirmasi-salah", "Lanjutkan").await;
    browser.fill("sandi_anda", TestApp::PASSWORD).await;
    browser.press("Lanjutkan").await;
    assert!(browser.says("Perubahan disimpan.").await);
    let after = app.reload(account.id);
    assert_eq!(
        (after.role, &*after.email),
        (Role::Observer, "baru@contoh.example")
    );
}

#[actix_web::test]
async fn error_pages_keep_the_menu_and_are_sound() {
    let app = TestApp::start(NOW).await;
    let verifier = app.account(&app.home(), Role::Verifier);
    let mut browser = Browser::open(DESKTOP).await;
    sign_in(&browser, &app, &verifier.nip).await;
    let conn = &mut *app.db.connection().unwrap();
    let lose = diesel::sql_query("ALTER TABLE mails RENAME TO lost");
    diesel::RunQueryDsl::execute(lose, conn).unwrap();
    let pages = [
        ("galat-403", "/akun/baru".to_owned()),
        ("galat-500", "/surel".to_owned()),
    ];
    look(&mut browser, &app, &pages).await;
    assert!(browser.says("Nomor gangguan").await);
}
