//! The password is asked again before deeds that matter.

use crate::support::accounts::{nominate, nomination};
use crate::support::{TestApp, hidden};
use padan::accounts::{Access, Role};
use padan::routes::table;

const NOW: &str = "2026-11-20T02:00:00Z";
const REASON: &str = "Pindah ke \"Biro <Umum>\" & arsip.\r\nBaris kedua.";
const ASKED: &str = "Masukkan kata sandi untuk melanjutkan";

#[test]
fn access_and_accounts_are_what_the_password_is_asked_for() {
    let asked: Vec<&str> = table()
        .iter()
        .filter(|entry| matches!(entry.access, Access::Fresh(_)))
        .inspect(|entry| assert_eq!(entry.method, "POST", "pages are not asked for"))
        .map(|entry| entry.path)
        .collect();
    assert_eq!(
        asked,
        [
            "/akun/baru",
            "/akun/{account}/ubah",
            "/akun/{account}/tutup",
            "/akun/{account}/buka",
            "/perjanjian/{id}/penyerahan/baru",
            "/penyerahan-data/jadwal/{plan}",
            "/perjanjian/{id}/jadwal-penyerahan/baru",
            "/balikan/{delivery}/pernyataan/{half}",
            "/perjanjian/{id}/penghentian",
            "/perjanjian/{id}/pemulihan",
        ]
    );
}

#[actix_web::test]
async fn a_deed_within_a_quarter_of_an_hour_is_done_at_once() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let admin = app.staff(Role::Admin).await;
    app.at("2026-11-20T02:14:59Z");
    let path = format!("/akun/{}/tutup", account.id);
    assert_eq!(
        admin.post(&path, &[("alasan", "Mutasi.")]).await.status(),
        303
    );
    assert!(app.reload(account.id).deactivated_at.is_some());
}

#[actix_web::test]
async fn a_later_one_asks_for_the_password_and_loses_nothing_that_was_typed() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let admin = app.staff(Role::Admin).await;
    app.at("2026-11-20T02:15:00Z");
    let path = format!("/akun/{}/tutup", account.id);
    let asked = admin.post(&path, &[("alasan", REASON)]).await;
    assert_eq!(asked.status(), 422);
    let page = asked.text().await.unwrap();
    assert!(page.contains(ASKED) && page.contains(&format!("action=\"{path}\"")));
    assert!(!page.contains("<Umum>"), "what was typed stays text");
    assert!(app.reload(account.id).deactivated_at.is_none());

    for (password, sentence) in [
        ("", "Isi kata sandi Anda."),
        ("bukan itu", "Kata sandi tidak cocok."),
    ] {
        let form = [("alasan", REASON), ("sandi_anda", password)];
        let again = admin.post(&path, &form).await;
        assert_eq!(again.status(), 422, "{sentence}");
        let page = again.text().await.unwrap();
        assert!(page.contains(sentence), "{sentence}");
        assert!(page.contains("name=\"alasan\"") && !page.contains("bukan itu"));
    }
    let form = [("alasan", REASON), ("sandi_anda", TestApp::PASSWORD)];
    assert_eq!(admin.post(&path, &form).await.status(), 303);
    let closed = app.reload(account.id);
    assert_eq!(closed.deactivation_reason.as_deref(), Some(REASON));

    app.at("2026-11-20T02:29:00Z");
    let open = admin.post(&format!("/akun/{}/buka", account.id), &[]).await;
    assert_eq!(
        open.status(),
        303,
        "the password counts for the next deed too"
    );
}

#[actix_web::test]
async fn a_form_that_makes_something_is_still_taken_once() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let form = nomination(&app.partner("Instansi Contoh"));
    app.at("2026-11-20T02:20:00Z");
    let page = nominate(&admin, "/akun/baru", &form).await.text().await;
    assert_eq!(hidden(&page.unwrap(), "kunci"), form.key);
    assert!(app.account_of("198704122010122903").is_none());
}

#[actix_web::test]
async fn wrong_passwords_are_slowed_down_as_at_sign_in() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let admin = app.staff(Role::Admin).await;
    app.at("2026-11-20T02:20:00Z");
    let path = format!("/akun/{}/tutup", account.id);
    for wrong in ["bukan itu", "bukan itu juga"] {
        admin
            .post(&path, &[("alasan", "x"), ("sandi_anda", wrong)])
            .await;
    }
    let form = [("alasan", "x"), ("sandi_anda", TestApp::PASSWORD)];
    let slowed = admin.post(&path, &form).await.text().await.unwrap();
    assert!(slowed.contains("Terlalu banyak percobaan. Tunggu 1 detik"));
    assert_eq!(app.audited("accounts.password_check_failed").len(), 2);
    app.at("2026-11-20T02:20:01Z");
    assert_eq!(admin.post(&path, &form).await.status(), 303);
}

#[actix_web::test]
async fn whoever_may_not_do_it_is_refused_without_being_asked() {
    let app = TestApp::start(NOW).await;
    let verifier = app.staff(Role::Verifier).await;
    app.at("2026-11-20T02:20:00Z");
    let answer = verifier.post("/akun/baru", &[]).await;
    assert_eq!(answer.status(), 403);
    assert!(!answer.text().await.unwrap().contains(ASKED));
}

#[actix_web::test]
async fn suspending_asks_too() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Badan Sandang Contoh");
    let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
    app.delivery(&agreement, "2026-04-28");
    let admin = app.staff(Role::Admin).await;
    app.at("2026-11-20T02:20:00Z");
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    let key = uuid::Uuid::new_v4().to_string();
    let mut form = vec![("nota", "12/ND/2026"), ("setuju", "ya"), ("kunci", &*key)];
    let asked = admin.post(&path, &form).await;
    assert!(asked.text().await.unwrap().contains(ASKED));
    assert!(app.recipients("suspensions.started").is_empty());
    form.push(("sandi_anda", TestApp::PASSWORD));
    assert_eq!(admin.post(&path, &form).await.status(), 303);
    assert!(!app.recipients("suspensions.started").is_empty());
}
