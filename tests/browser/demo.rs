//! The demo as it looks after a morning's work, and its people.

use std::time::Duration;

use padan::accounts::Role;
use padan::demo;

use crate::session::Browser;
use crate::support::submissions::form_key;
use crate::support::{Actor, TestApp, location, moment};

const NOW: &str = "2026-11-20T02:00:00Z";

/// The demo of 20 November 2026, in which LAN's PIC has uploaded a faulty file,
/// and has sent a good one of which BKN wants two rows corrected.
pub async fn with_work_in_hand() -> TestApp {
    let app = TestApp::start(NOW).await;
    demo::load(&app.parts, moment(NOW)).await.unwrap();
    let samples = tempfile::tempdir().unwrap();
    demo::write_samples(samples.path(), moment(NOW).jakarta_date()).unwrap();
    let sample = |name: &str| std::fs::read(samples.path().join(name)).unwrap();
    let pic = actor(&app, Role::Pic, "LAN").await;
    let good = upload(&app, &pic, sample("riwayat-kursus-baik.csv")).await;
    let sent = pic
        .post(&format!("{good}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(sent.status(), 303);
    let verifier = actor(&app, Role::Verifier, "BKN").await;
    let review = good.replacen("/pengiriman/", "/tinjauan/", 1);
    let mark = [
        ("halaman", "2"),
        ("baris", "2"),
        ("alasan.2", "Nama kursus tidak sesuai sertifikat."),
        ("halaman", "5"),
        ("baris", "5"),
        ("alasan.5", "Nomor sertifikat milik pegawai lain."),
    ];
    for (deed, fields) in [("tanda", &mark[..]), ("minta-perbaikan", &[])] {
        let answer = verifier.post(&format!("{review}/{deed}"), fields).await;
        assert_eq!(answer.status(), 303, "{deed}");
    }
    upload(&app, &pic, sample("riwayat-kursus-salah.csv")).await;
    compare_a_list(&app).await;
    app.work().await;
    app
}

/// The admin has brought a list of BKN's and has not taken it yet.
async fn compare_a_list(app: &TestApp) {
    let admin = actor(app, Role::Admin, "BKN").await;
    let list = br#"[{"id": "00000000000000000000000000000B01", "nama": "Badan Rekaan"}]"#;
    let key = form_key();
    let fields = [("kunci", key.as_str()), ("versi", "2026-11")];
    let answer = admin
        .upload("/referensi/impor", "instansi.json", list.to_vec(), &fields)
        .await;
    assert_eq!(answer.status(), 303);
}

/// The NIP of the demo's first person with a role at an institution.
pub fn nip(role: Role, institution: &str) -> String {
    let accounts = demo::accounts().unwrap().into_iter();
    let mut fitting =
        accounts.filter(|it| it.role == role.label() && it.institution == institution);
    fitting.next().unwrap().nip
}

/// Signs in at the browser, in place of whoever sat there.
pub async fn enter(browser: &Browser, app: &TestApp, role: Role, institution: &str) {
    browser.client.delete_all_cookies().await.unwrap();
    browser.visit(&format!("{}/masuk", app.address)).await;
    browser.fill("nip", &nip(role, institution)).await;
    browser.fill("sandi", demo::PASSWORD).await;
    browser.press("Masuk").await;
    while browser.path().await == "/masuk" {
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn actor(app: &TestApp, role: Role, institution: &str) -> Actor {
    let actor = app.visitor();
    let nip = nip(role, institution);
    let fields = [("nip", nip.as_str()), ("sandi", demo::PASSWORD)];
    assert_eq!(actor.post("/masuk", &fields).await.status(), 303);
    actor
}

/// Uploads a file of courses under the agreement in force; the version's address.
async fn upload(app: &TestApp, pic: &Actor, file: Vec<u8>) -> String {
    let page = pic.page("/pengiriman/baru").await;
    let links = page.split("href=\"").skip(1);
    let mut links = links.filter_map(|rest| rest.split('"').next());
    let form =
        links.find(|it| it.ends_with("/riwayat-kursus") && it.starts_with("/pengiriman/baru"));
    let key = form_key();
    let answer = pic
        .upload(form.unwrap(), "kursus.csv", file, &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    location(&answer)
}
