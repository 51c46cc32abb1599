//! Home, overview and the decisions on access, as people see them.

use std::time::Duration;

use fantoccini::Locator;
use padan::accounts::{Account, Role};
use padan::agreements::Agreement;
use padan::institutions::Institution;
use padan::submissions::Decision;

use crate::page_checks::assert_sound;
use crate::session::{Browser, DESKTOP, PHONE};
use crate::support::TestApp;

const NOW: &str = "2026-11-20T02:00:00Z";

fn partner(app: &TestApp, name: &str) -> (Institution, Agreement, Account) {
    let partner = app.partner(name);
    let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
    let pic = app.account(&partner, Role::Pic);
    (partner, agreement, pic)
}

async fn enter(browser: &Browser, app: &TestApp, account: &Account) {
    browser.visit(&format!("{}/masuk", app.address)).await;
    browser.forget().await;
    browser.visit(&format!("{}/masuk", app.address)).await;
    browser.fill("nip", &account.nip).await;
    browser.fill("sandi", TestApp::PASSWORD).await;
    browser.press("Masuk").await;
    while browser.path().await == "/masuk" {
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
    // What stands at the end of the way in is not looked at here.
    browser.console().await;
}

/// Looks at a page on a desktop and on a phone.
async fn look(browser: &mut Browser, app: &TestApp, path: &str, name: &str) {
    for viewport in [DESKTOP, PHONE] {
        browser.resize(viewport).await;
        browser.visit(&format!("{}{path}", app.address)).await;
        assert_sound(browser).await;
        browser.screenshot(name).await;
    }
    browser.resize(DESKTOP).await;
}

#[actix_web::test]
async fn the_home_page_is_sound_in_every_state() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app, "Lembaga Administrasi Contoh");
    let mended = app.delivery(&agreement, "2026-06-04");
    app.feedback(&mended, &pic, "2026-11-10", Some(Decision::Returned));
    let done = app.delivery(&agreement, "2026-03-04");
    app.feedback(&done, &pic, "2026-08-20", Some(Decision::TakenOver));
    let waiting = app.delivery(&agreement, "2026-06-06");
    app.feedback(&waiting, &pic, "2026-11-18", None);
    app.letter(&agreement, "2026-10-12");
    app.letter(&agreement, "2026-10-07");
    let mut browser = Browser::open(DESKTOP).await;
    enter(&browser, &app, &pic).await;
    look(&mut browser, &app, "/beranda", "beranda").await;

    let bare = app.account(&app.partner("Instansi Baru"), Role::LeadPic);
    enter(&browser, &app, &bare).await;
    look(&mut browser, &app, "/beranda", "beranda-kosong").await;
}

#[actix_web::test]
async fn access_is_stopped_and_given_back_by_people_with_a_browser() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app, "Badan Sandang Contoh");
    let delivery = app.delivery(&agreement, "2026-04-28");
    app.letter(&agreement, "2026-10-12");
    let admin = app.account(&app.home(), Role::Admin);
    let path = |page: &str| format!("/perjanjian/{}/{page}", agreement.id);
    let mut browser = Browser::open(DESKTOP).await;
    enter(&browser, &app, &admin).await;
    look(&mut browser, &app, &path("penghentian"), "hentikan").await;
    browser.press("Hentikan sementara akses").await;
    assert_sound(&browser).await;
    browser.screenshot("hentikan-salah").await;
    browser.fill("nota", "12/ND/2026").await;
    let agree = browser.client.find(Locator::Id("setuju")).await.unwrap();
    agree.click().await.unwrap();
    browser.press("Hentikan sementara akses").await;
    assert_eq!(browser.path().await, path("akses"));
    look(&mut browser, &app, &path("akses"), "akses").await;
    look(&mut browser, &app, &path("pemulihan"), "pulihkan-belum").await;

    enter(&browser, &app, &pic).await;
    look(&mut browser, &app, "/beranda", "beranda-dihentikan").await;
    app.feedback(&delivery, &pic, "2026-11-20", Some(Decision::TakenOver));
    let letter = app.letter(&agreement, "2026-10-13");
    app.report(&letter, &pic, "2026-11-20", None);
    look(&mut browser, &app, "/beranda", "beranda-siap").await;
    enter(&browser, &app, &admin).await;
    look(&mut browser, &app, &path("pemulihan"), "pulihkan").await;
}

#[actix_web::test]
async fn the_overview_is_sound_empty_and_full() {
    let app = TestApp::start(NOW).await;
    let admin = app.account(&app.home(), Role::Admin);
    let mut browser = Browser::open(DESKTOP).await;
    enter(&browser, &app, &admin).await;
    look(&mut browser, &app, "/ikhtisar", "ikhtisar-kosong").await;
    full(&app);
    look(&mut browser, &app, "/ikhtisar", "ikhtisar").await;
}

/// Partners in every state of the matrix.
fn full(app: &TestApp) {
    let (_, late, _) = partner(app, "Badan Sandang Contoh");
    app.delivery(&late, "2026-04-28");
    app.letter(&late, "2026-10-12");
    let (_, soon, pic) = partner(app, "Lembaga Tirta Contoh");
    app.delivery(&soon, "2026-05-26");
    let letter = app.letter(&soon, "2026-09-28");
    app.report(&letter, &pic, "2026-11-02", None);
    let (_, fine, pic) = partner(app, "Kementerian Cipta Contoh");
    let delivery = app.delivery(&fine, "2026-06-20");
    app.feedback(&delivery, &pic, "2026-10-18", Some(Decision::TakenOver));
    let unasked = app.partner("Lembaga Administrasi Contoh");
    app.agreement("lan-2019", &unasked, "2019-10-22");
    app.agreement("lan-2025", &unasked, "2025-05-07");
    let statistics = app.partner("Badan Statistik Contoh");
    app.agreement("bps-2023", &statistics, "2023-12-04");
    let over = app.partner("Badan Arsip Contoh");
    app.agreement("lan-2025", &over, "2023-10-06");
    app.partner("Instansi tanpa PKS");
}
