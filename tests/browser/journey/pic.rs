//! The PIC's part: account, upload, mending, sending, curing.

use fantoccini::Locator;

use super::Exchange;
use crate::page_checks::assert_sound;
use crate::support::TestApp;
use crate::support::submissions::{csv, doubtful_row, good_row};

/// As people write it: with spaces.
pub const NIP: &str = "19870412 201012 2 903";

pub async fn opens_the_account(exchange: &Exchange) {
    let browser = &exchange.browser;
    browser.client.delete_all_cookies().await.unwrap();
    exchange.visit(&exchange.app.latest_link()).await;
    exchange.soundly_sees("Atur kata sandi akun Anda").await;
    browser.fill("sandi", TestApp::PASSWORD).await;
    browser.fill("ulangi", TestApp::PASSWORD).await;
    browser.press("Simpan kata sandi").await;
    browser.see("Satu data pegawai").await;
    exchange.sign_in(NIP).await;
    exchange
        .soundly_sees("Satu pernyataan sebelum Anda mulai")
        .await;
    browser.tick("setuju", "ya").await;
    browser.press("Setujui pernyataan").await;
    browser.see("Tidak ada").await;
    assert_sound(browser).await;
    assert_eq!(browser.path().await, "/beranda");
    assert!(browser.says("Akses data: aktif").await);
}

/// Chooses the data set, fails, mends and sends; the submission's address.
pub async fn uploads_mends_and_sends(exchange: &Exchange) -> String {
    let browser = &exchange.browser;
    exchange.visit("/pengiriman/baru").await;
    exchange.soundly_sees("Data apa yang Anda kirim?").await;
    browser
        .press_and_stay("Unduh templat XLSX Riwayat kursus")
        .await;
    let template = browser.downloaded("templat-riwayat-kursus.xlsx").await;
    assert!(
        template.starts_with(b"PK\x03\x04"),
        "the template is no XLSX"
    );

    let link = "a[href^='/pengiriman/baru/']";
    let link = browser.client.find(Locator::Css(link)).await.unwrap();
    link.click().await.unwrap();
    let faulty = good_row(2).replace(",40,", ",empat puluh,");
    upload(exchange, &[good_row(1), faulty, doubtful_row(3)]).await;
    let first = browser.path().await;
    exchange
        .soundly_sees("1 baris perlu diperbaiki sebelum data diterima")
        .await;
    exchange.browser.screenshot("alur-hasil").await;
    let mended = downloads_the_marked_file(exchange).await;

    browser.press("Unggah berkas perbaikan").await;
    attach(exchange, "kursus-diperbaiki.csv", mended.as_bytes()).await;
    browser
        .see("1 baris perlu dipastikan sebelum dikirim")
        .await;
    sends(exchange, "Kursus dua semester penuh.").await;
    first.split("/versi/").next().unwrap().to_owned()
}

/// Takes the marked file in both forms and puts right what it marks.
async fn downloads_the_marked_file(exchange: &Exchange) -> String {
    let browser = &exchange.browser;
    browser.press_and_stay("Unduh XLSX").await;
    let marked = browser.downloaded("bertanda-PD-2026-0001-v1.xlsx").await;
    assert!(marked.starts_with(b"PK\x03\x04"));
    browser.press_and_stay("berkas bertanda (CSV)").await;
    let marked = browser.downloaded("bertanda-PD-2026-0001-v1.csv").await;
    let marked = String::from_utf8(marked).unwrap();
    assert!(marked.contains("Cara memperbaiki"), "{marked}");
    marked.replace("empat puluh", "40")
}

/// Uploads rows from the form that is shown, looks at the check and waits for it.
async fn upload(exchange: &Exchange, rows: &[String]) {
    attach(exchange, "kursus.csv", &csv(rows.iter().cloned())).await;
}

async fn attach(exchange: &Exchange, name: &str, content: &[u8]) {
    let browser = &exchange.browser;
    let file = browser.file(name, content);
    browser.attach("berkas", &file).await;
    browser.press("Unggah dan periksa").await;
    browser.see("Berkas sedang diperiksa").await;
    assert_sound(browser).await;
    exchange.app.work().await;
    let version = browser.path().await;
    exchange.visit(&version).await;
}

/// Goes from the result to the receipt, with a reason for what is unusual.
async fn sends(exchange: &Exchange, reason: &str) {
    let browser = &exchange.browser;
    browser.press("Lanjut ke pernyataan").await;
    exchange.soundly_sees("3 baris akan dikirim ke BKN").await;
    if !reason.is_empty() {
        let field = browser.client.find(Locator::Css("textarea")).await.unwrap();
        field.send_keys(reason).await.unwrap();
    }
    browser.tick("pernyataan", "ya").await;
    browser.press("Kirim data ke BKN").await;
    exchange.soundly_sees("Data terkirim: 3 baris").await;
    assert!(browser.says("PD-2026-").await);
    assert_eq!(browser.text("dd code").await.len(), 64, "SHA-256 in hex");
    exchange.app.work().await;
}

pub async fn answers_with_a_new_version(exchange: &Exchange, submission: &str) -> String {
    let browser = &exchange.browser;
    exchange.sign_in(NIP).await;
    exchange.visit(&format!("{submission}/versi/2")).await;
    browser.press("Lihat perbaikan").await;
    exchange.soundly_sees("BKN meminta perbaikan 1 baris").await;
    assert!(browser.says("Nama kursus tidak sesuai sertifikat.").await);
    exchange.visit(&format!("{submission}/unggah")).await;
    upload(exchange, &[good_row(1), good_row(2), good_row(4)]).await;
    browser.see("3 baris siap dikirim").await;
    let version = browser.path().await;
    sends(exchange, "").await;
    version
}

pub async fn sees_what_became_of_each_version(exchange: &Exchange, submission: &str) {
    exchange.sign_in(NIP).await;
    exchange.visit(submission).await;
    exchange.soundly_sees("Versi 3 diterima BKN").await;
    for outcome in [
        "Perlu perbaikan",
        "Diambil alih sebagian, perbaikan diminta",
        "Diambil alih seluruhnya",
    ] {
        assert!(exchange.browser.says(outcome).await, "{outcome}");
    }
}

pub async fn learns_why_and_cures(exchange: &Exchange) {
    let browser = &exchange.browser;
    exchange.sign_in(NIP).await;
    exchange.visit("/beranda").await;
    assert_sound(browser).await;
    assert!(browser.says("dihentikan sementara").await);
    assert!(browser.says("Pasal 4 ayat (1) huruf b angka 1)").await);
    exchange.visit("/pengiriman/baru").await;
    let link = "a[href^='/pengiriman/baru/']";
    let link = browser.client.find(Locator::Css(link)).await.unwrap();
    link.click().await.unwrap();
    let delivery = "label:nth-of-type(2) input[name='penyerahan']";
    let delivery = browser.client.find(Locator::Css(delivery)).await.unwrap();
    delivery.click().await.unwrap();
    upload(exchange, &[good_row(5), good_row(6), good_row(7)]).await;
    browser.see("3 baris siap dikirim").await;
    sends(exchange, "").await;
}

pub async fn has_access_again(exchange: &Exchange) {
    exchange.sign_in(NIP).await;
    exchange.visit("/beranda").await;
    assert_sound(&exchange.browser).await;
    assert!(exchange.browser.says("Akses data: aktif").await);
}
