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
    let pages = [
        ("akun", "/akun".to_owned()),
        ("akun-saring", "/akun?keadaan=ditutup&cari=orang".to_owned()),
        ("akun-kosong", "/akun?cari=tidakada".to_owned()),
        ("akun-baru", "/akun/baru".to_owned()),
        ("akun-diundang", format!("/akun/{}", app.ratna().id)),
        ("akun-ditutup", format!("/akun/{}", closed.id)),
    ];
    let mut browser = Browser::open(DESKTOP).await;
    sign_in(&browser, &app, &admin.nip).await;
    look(&mut browser, &app, &pages).await;
    browser.visit(&format!("{}/akun/baru", app.address)).await;
    browser.press("Buat akun dan kirim undangan").await;
    assert_sound(&browser).await;
    browser.screenshot("akun-baru-salah").await;
}
