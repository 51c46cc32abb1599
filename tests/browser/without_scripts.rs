//! A PIC whose browser runs no scripts sends data all the same.

use fantoccini::Locator;
use padan::accounts::Role;

use crate::session::{Browser, PHONE};
use crate::support::TestApp;
use crate::support::submissions::{csv, good_row};

#[actix_web::test]
async fn data_is_uploaded_checked_and_sent_without_scripts() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let partner = app.sender("Badan Cipta Contoh");
    app.sending_agreement(&partner);
    let pic = app.account(&partner, Role::Pic);
    let browser = Browser::open(PHONE).await;
    browser.turn_scripts_off().await;
    browser.visit(&format!("{}/masuk", app.address)).await;
    browser.fill("nip", &pic.nip).await;
    browser.fill("sandi", TestApp::PASSWORD).await;
    browser.press("Masuk").await;
    browser.see("Tidak ada kewajiban").await;
    browser
        .visit(&format!("{}/pengiriman/baru", app.address))
        .await;
    let link = Locator::Css("a[href^='/pengiriman/baru/']");
    let link = browser.client.find(link).await.unwrap();
    link.click().await.unwrap();
    let file = browser.file("kursus.csv", &csv([good_row(1), good_row(2)]));
    browser.attach("berkas", &file).await;
    browser.press("Unggah dan periksa").await;
    browser.see("Berkas sedang diperiksa").await;
    app.work().await;
    // The page renews itself by a refresh of its own, every few seconds.
    browser.see("2 baris siap dikirim").await;
    browser.press("Lanjut ke pernyataan").await;
    browser.see("2 baris akan dikirim ke BKN").await;
    browser.tick("pernyataan", "ya").await;
    browser.press("Kirim data ke BKN").await;
    browser.see("Data terkirim: 2 baris").await;
}
