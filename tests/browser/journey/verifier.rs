//! The verifier's part: looking at rows and deciding.

use fantoccini::Locator;

use super::Exchange;

/// The review page of a version of a submission.
fn review(version: &str) -> String {
    version.replacen("/pengiriman/", "/tinjauan/", 1)
}

pub async fn asks_to_correct_a_row(exchange: &Exchange, submission: &str) {
    let browser = &exchange.browser;
    exchange.sign_in(&exchange.verifier.nip).await;
    exchange.visit("/tinjauan").await;
    exchange
        .soundly_sees("1 pengiriman menunggu tinjauan")
        .await;
    assert!(browser.says("Badan Cipta Contoh").await);
    exchange
        .visit(&review(&format!("{submission}/versi/2")))
        .await;
    exchange.soundly_sees("3 baris menunggu putusan").await;
    browser.tick("baris", "3").await;
    let reason = "input[name='alasan.3']";
    let reason = browser.client.find(Locator::Css(reason)).await.unwrap();
    let text = "Nama kursus tidak sesuai sertifikat.";
    reason.send_keys(text).await.unwrap();
    browser.press("Simpan tanda pada halaman ini").await;
    browser.see("3 baris menunggu putusan").await;
    browser.screenshot("alur-tinjauan").await;
    browser.press("Minta perbaikan 1 baris").await;
    exchange.soundly_sees("perbaikan diminta").await;
    assert!(browser.says("2 baris").await);
    exchange.app.work().await;
    let told = exchange.app.posted();
    assert_eq!(
        told.last().map(|(_, to)| to.as_str()),
        Some("ratna@bcc.example")
    );
}

pub async fn takes_over_whole(exchange: &Exchange, version: &str) {
    let browser = &exchange.browser;
    exchange.sign_in(&exchange.verifier.nip).await;
    exchange.visit(&review(version)).await;
    browser.see("3 baris menunggu putusan").await;
    browser.press("Ambil alih seluruhnya").await;
    exchange.soundly_sees("diambil alih seluruhnya").await;
    exchange.app.work().await;
}
