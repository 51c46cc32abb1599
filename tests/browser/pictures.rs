//! Pictures of the pages that matter most, for people to look at: on a desktop,
//! on a phone, and of two as they are printed.

use fantoccini::Locator;
use padan::accounts::Role;

use crate::demo;
use crate::session::{Browser, DESKTOP, PHONE};
use crate::support::TestApp;

/// Where the first link whose address has this part leads.
async fn link(browser: &Browser, part: &str) -> String {
    let selector = format!("main a[href*='{part}']");
    let found = browser.client.find(Locator::Css(&selector)).await;
    let found = found.unwrap_or_else(|_| panic!("no link has {part}"));
    found.attr("href").await.unwrap().unwrap()
}

async fn take(browser: &mut Browser, app: &TestApp, path: &str, name: &str) {
    browser.visit(&format!("{}{path}", app.address)).await;
    for viewport in [PHONE, DESKTOP] {
        browser.resize(viewport).await;
        browser.screenshot(name).await;
    }
}

/// A picture of a printed page; what only a screen is for must not be on it.
async fn print(browser: &Browser, name: &str) {
    browser.show_print().await;
    browser.screenshot(name).await;
    for selector in ["header nav", "button"] {
        let all = browser.client.find_all(Locator::Css(selector)).await;
        for element in all.unwrap() {
            assert!(!element.is_displayed().await.unwrap(), "{selector} prints");
        }
    }
    browser.show_screen().await;
}

#[actix_web::test]
async fn the_pages_of_a_partner_are_worth_looking_at() {
    let app = demo::with_work_in_hand().await;
    let mut browser = Browser::open(DESKTOP).await;
    demo::enter(&browser, &app, Role::Pic, "LAN").await;
    take(&mut browser, &app, "/beranda", "gambar-beranda").await;
    browser
        .visit(&format!("{}/pengiriman?keadaan=perbaikan", app.address))
        .await;
    let result = link(&browser, "/versi/").await;
    take(&mut browser, &app, &result, "gambar-hasil").await;
    browser
        .visit(&format!("{}/pengiriman?keadaan=dikembalikan", app.address))
        .await;
    let returned = link(&browser, "/versi/").await;
    take(&mut browser, &app, &returned, "gambar-dikembalikan").await;
    let receipt = format!("{returned}/tanda-terima");
    take(&mut browser, &app, &receipt, "gambar-tanda-terima").await;
    print(&browser, "cetak-tanda-terima").await;
}

#[actix_web::test]
async fn the_pages_of_bkn_are_worth_looking_at() {
    let app = demo::with_work_in_hand().await;
    let mut browser = Browser::open(DESKTOP).await;
    demo::enter(&browser, &app, Role::Verifier, "BKN").await;
    browser.visit(&format!("{}/tinjauan", app.address)).await;
    let review = link(&browser, "/versi/").await;
    take(&mut browser, &app, &review, "gambar-tinjauan").await;
    demo::enter(&browser, &app, Role::Admin, "BKN").await;
    take(&mut browser, &app, "/ikhtisar", "gambar-ikhtisar").await;
    let suspension = link(&browser, "/penghentian").await;
    take(&mut browser, &app, &suspension, "gambar-penghentian").await;
    print(&browser, "cetak-penghentian").await;
}
