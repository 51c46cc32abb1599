//! Signing in, as a person sees it.

use padan::accounts::Role;

use crate::page_checks::assert_sound;
use crate::session::{Browser, DESKTOP, PHONE};
use crate::support::TestApp;

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn the_page_is_sound_on_a_desktop_and_on_a_phone() {
    let app = TestApp::start(NOW).await;
    let mut browser = Browser::open(DESKTOP).await;
    for viewport in [DESKTOP, PHONE] {
        browser.resize(viewport).await;
        browser.visit(&format!("{}/masuk", app.address)).await;
        assert_sound(&browser).await;
        browser.screenshot("masuk").await;
    }
}

#[actix_web::test]
async fn a_wrong_password_is_answered_on_a_sound_page_that_keeps_the_nip() {
    let app = TestApp::start(NOW).await;
    let browser = Browser::open(PHONE).await;
    browser.visit(&format!("{}/masuk", app.address)).await;
    browser.fill("nip", "199001012015011999").await;
    browser.fill("sandi", "bukan sandi ini").await;
    browser.press("Masuk").await;
    assert_eq!(browser.value("nip").await, "199001012015011999");
    assert!(
        browser
            .client
            .title()
            .await
            .unwrap()
            .starts_with("Kesalahan")
    );
    assert_sound(&browser).await;
}

#[actix_web::test]
async fn a_person_signs_in_without_scripts_and_leaves_the_sign_in_page() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let browser = Browser::open(DESKTOP).await;
    browser.turn_scripts_off().await;
    browser.visit(&format!("{}/masuk", app.address)).await;
    browser.fill("nip", &pic.nip).await;
    browser.fill("sandi", TestApp::PASSWORD).await;
    browser.press("Masuk").await;
    assert_ne!(browser.path().await, "/masuk");
}
