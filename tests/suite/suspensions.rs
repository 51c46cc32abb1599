//! Access is stopped and given back, through HTTP.

use diesel::prelude::*;
use padan::accounts::{Account, Role};
use padan::agreements::Agreement;
use padan::institutions::Institution;
use padan::platform::db::schema::suspensions;
use padan::reports::ReportDecision;
use padan::submissions::Decision;

use crate::support::duties::form_key;
use crate::support::{Actor, TestApp, location};

const NOW: &str = "2026-11-20T02:00:00Z";
const NO_CLAUSE: &str = "PKS ini tidak memuat klausul penghentian sementara. Akses tidak dapat dihentikan melalui portal.";

/// A partner under the terms of LAN 2025, with a PIC.
fn partner(app: &TestApp) -> (Institution, Agreement, Account) {
    let partner = app.partner("Badan Sandang Contoh");
    let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
    let pic = app.account(&partner, Role::LeadPic);
    (partner, agreement, pic)
}

/// Posts a decision with everything filled in.
async fn decide(actor: &Actor, path: &str, reason: &str, key: &str) -> reqwest::Response {
    let fields = [
        ("nota", "12/ND/2026"),
        ("alasan", reason),
        ("catatan", "Sudah ditelepon."),
        ("setuju", "ya"),
        ("kunci", key),
    ];
    actor.post(path, &fields).await
}

async fn suspended(app: &TestApp, admin: &Actor, agreement: &Agreement) {
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    let answer = decide(admin, &path, "", &form_key()).await;
    assert_eq!(answer.status(), 303);
    assert_eq!(open(app), 1);
}

fn open(app: &TestApp) -> i64 {
    suspensions::table
        .filter(suspensions::ended_at.is_null())
        .count()
        .get_result(&mut *app.db.connection().unwrap())
        .unwrap()
}

#[actix_web::test]
async fn late_feedback_lets_an_admin_suspend_and_everybody_concerned_is_told() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app);
    app.delivery(&agreement, "2026-04-28");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{}/penghentian", agreement.id);

    let page = admin.page(&path).await;
    assert!(page.contains("Hentikan sementara akses Badan Sandang Contoh?"));
    assert!(page.contains("Pasal 4 ayat (1) huruf b angka 1) PKS Nomor"));
    assert!(page.contains("Rabu, 28 Oktober 2026"));
    assert!(page.contains("lewat 23 hari"));
    assert!(page.contains("pusdatin@lan.example"));

    let answer = decide(&admin, &path, "", &form_key()).await;
    assert_eq!(answer.status(), 303);
    let page = admin.page(&location(&answer)).await;
    assert!(page.contains("Akses data dihentikan sementara sejak 20 November 2026"));
    assert!(page.contains("12/ND/2026"));
    let told = app.recipients("suspensions.started");
    assert_eq!(told, [pic.email.as_str(), "pusdatin@lan.example"]);
    assert_eq!(app.audited("suspension."), ["suspension.started"]);
}

#[actix_web::test]
async fn the_letter_is_the_one_that_the_page_showed() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, _) = partner(&app);
    app.delivery(&agreement, "2026-04-28");
    app.letter(&agreement, "2026-09-10");
    let admin = app.staff(Role::Admin).await;
    let page = admin
        .page(&format!("/perjanjian/{}/penghentian", agreement.id))
        .await;
    suspended(&app, &admin, &agreement).await;
    let letter: String = padan::platform::db::schema::mails::table
        .select(padan::platform::db::schema::mails::body_text)
        .first(&mut *app.db.connection().unwrap())
        .unwrap();
    for sentence in [
        "data dan referensi balikan atas Profil PNS yang diterima instansi Saudara pada 28 April 2026, tenggatnya 28 Oktober 2026",
        "laporan hasil pertukaran dan pemanfaatan data yang diminta dengan surat Nomor UJI/001/SPL tanggal 10 September 2026, tenggatnya 10 November 2026",
        "20 November 2026 pukul 09.00 WIB",
    ] {
        assert!(page.contains(sentence), "on the page: {sentence}");
        assert!(letter.contains(sentence), "in the letter: {sentence}");
    }
    assert!(letter.contains("[[base]]/beranda"));
}

#[actix_web::test]
async fn a_late_report_alone_is_enough() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, _) = partner(&app);
    app.letter(&agreement, "2026-09-19");
    let admin = app.staff(Role::Admin).await;
    let page = admin
        .page(&format!("/perjanjian/{}/penghentian", agreement.id))
        .await;
    assert!(page.contains("Pasal 4 ayat (1) huruf b angka 2) PKS Nomor"));
    suspended(&app, &admin, &agreement).await;
}

#[actix_web::test]
async fn without_the_clause_there_is_no_suspension() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Badan Tanpa Klausul");
    let agreement = app.agreement("bps-2023", &partner, "2023-12-04");
    app.delivery(&agreement, "2025-01-10");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{}/penghentian", agreement.id);

    let page = admin.get(&path).await;
    assert_eq!(page.status(), 409);
    assert!(page.text().await.unwrap().contains(NO_CLAUSE));
    let deed = decide(&admin, &path, "", &form_key()).await;
    assert_eq!(deed.status(), 409);
    assert!(deed.text().await.unwrap().contains(NO_CLAUSE));
    let access = admin
        .page(&format!("/perjanjian/{}/akses", agreement.id))
        .await;
    assert!(access.contains(NO_CLAUSE));
    assert!(!access.contains("/penghentian\""));
    assert_eq!(open(&app), 0);
}

#[actix_web::test]
async fn nothing_overdue_is_no_ground() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app);
    app.delivery(&agreement, "2026-05-20");
    let answered = app.delivery(&agreement, "2026-01-20");
    app.feedback(&answered, &pic, "2026-07-20", None);
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    assert_eq!(admin.get(&path).await.status(), 409);
    assert_eq!(decide(&admin, &path, "", &form_key()).await.status(), 409);
    assert!(app.recipients("suspensions.started").is_empty());
}

#[actix_web::test]
async fn an_agreement_that_is_over_is_not_suspended() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Badan Arsip Contoh");
    let agreement = app.agreement("lan-2025", &partner, "2023-10-06");
    app.delivery(&agreement, "2026-01-10");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    let answer = decide(&admin, &path, "", &form_key()).await;
    assert_eq!(answer.status(), 409);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("PKS ini sudah berakhir")
    );
}

#[actix_web::test]
async fn of_two_admins_at_once_one_suspends_and_one_is_told() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, _) = partner(&app);
    app.delivery(&agreement, "2026-04-28");
    let (one, other) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    let (first_key, second_key) = (form_key(), form_key());
    let (first, second) = futures_util::future::join(
        decide(&one, &path, "", &first_key),
        decide(&other, &path, "", &second_key),
    )
    .await;
    let mut statuses = [first.status().as_u16(), second.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(open(&app), 1);
    assert_eq!(app.audited("suspension."), ["suspension.started"]);
}

#[actix_web::test]
async fn a_double_click_suspends_once_and_leads_to_the_same_place() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, _) = partner(&app);
    app.delivery(&agreement, "2026-04-28");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    let key = form_key();
    let (first, second) = futures_util::future::join(
        decide(&admin, &path, "", &key),
        decide(&admin, &path, "", &key),
    )
    .await;
    assert_eq!(first.status().as_u16(), 303);
    assert_eq!(second.status().as_u16(), 303);
    assert_eq!(location(&first), location(&second));
    assert_eq!(open(&app), 1);
    assert_eq!(app.recipients("suspensions.started").len(), 2);
}

#[actix_web::test]
async fn the_form_asks_again_and_keeps_what_was_typed() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, _) = partner(&app);
    app.delivery(&agreement, "2026-04-28");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    let long = "x".repeat(2_001);
    let key = form_key();
    let fields = [("nota", ""), ("catatan", long.as_str()), ("kunci", &key)];
    let answer = admin.post(&path, &fields).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<title>Kesalahan: "));
    assert!(page.contains("Isi nomor nota dinas persetujuan."));
    assert!(page.contains("Tulis catatan internal paling banyak 2.000 karakter."));
    assert!(page.contains("Nyatakan bahwa dasar penghentian dan isi surel sudah diperiksa."));
    assert!(page.contains(&long) && page.contains(&key));
    assert_eq!(open(&app), 0);

    let forged = decide(&admin, &path, "", "bukan kunci").await;
    assert_eq!(forged.status(), 400);
}

#[actix_web::test]
async fn only_an_admin_decides() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app);
    app.delivery(&agreement, "2026-04-28");
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    for role in [Role::Auditor, Role::Verifier] {
        let staff = app.staff(role).await;
        let page = staff.page(&path).await;
        assert!(!page.contains("name=\"nota\""));
        assert_eq!(decide(&staff, &path, "", &form_key()).await.status(), 403);
    }
    let pic = app.sign_in(&pic).await;
    assert_eq!(pic.get(&path).await.status(), 403);
    assert_eq!(decide(&pic, &path, "", &form_key()).await.status(), 403);
    assert_eq!(open(&app), 0);
}

#[actix_web::test]
async fn an_agreement_that_does_not_exist_is_not_found() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    for id in ["00000000-0000-7000-8000-000000000000", "bukan-id"] {
        for page in ["akses", "penghentian", "pemulihan"] {
            let path = format!("/perjanjian/{id}/{page}");
            assert_eq!(admin.get(&path).await.status(), 404, "{path}");
        }
    }
}

#[actix_web::test]
async fn access_comes_back_with_a_reason_when_the_cure_came_late() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app);
    let delivery = app.delivery(&agreement, "2026-04-28");
    let admin = app.staff(Role::Admin).await;
    suspended(&app, &admin, &agreement).await;
    let path = format!("/perjanjian/{}/pemulihan", agreement.id);

    let page = admin.page(&path).await;
    assert!(page.contains("belum dapat dipulihkan"));
    assert!(page.contains("tidak diminta"));
    assert_eq!(
        decide(&admin, &path, "Sudah baik.", &form_key())
            .await
            .status(),
        409
    );

    app.at("2026-11-25T02:00:00Z");
    let admin = app.staff(Role::Admin).await;
    app.feedback(&delivery, &pic, "2026-11-24", Some(Decision::TakenOver));
    let page = admin.page(&path).await;
    assert!(page.contains("Pulihkan akses Badan Sandang Contoh?"));
    assert!(page.contains("sesudah tenggat"));
    let without = decide(&admin, &path, " ", &form_key()).await;
    assert_eq!(without.status(), 422);
    assert!(
        without
            .text()
            .await
            .unwrap()
            .contains("Isi alasan pemulihan.")
    );

    let key = form_key();
    let done = decide(&admin, &path, "Data lengkap dan sudah diterima.", &key).await;
    assert_eq!(done.status(), 303);
    let page = admin.page(&location(&done)).await;
    assert!(page.contains("Akses data aktif"));
    assert!(page.contains("Data lengkap dan sudah diterima."));
    let told = app.recipients("suspensions.ended");
    assert_eq!(told, [pic.email.as_str(), "pusdatin@lan.example"]);
    assert_eq!(
        app.audited("suspension."),
        ["suspension.started", "suspension.ended"]
    );

    let same = decide(&admin, &path, "Data lengkap dan sudah diterima.", &key).await;
    assert_eq!(
        (same.status().as_u16(), location(&same)),
        (303, location(&done))
    );
    let again = decide(&admin, &path, "Sekali lagi.", &form_key()).await;
    assert_eq!(again.status(), 409);
    assert_eq!(app.recipients("suspensions.ended").len(), 2);
}

#[actix_web::test]
async fn both_halves_must_be_in_before_access_comes_back() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app);
    let delivery = app.delivery(&agreement, "2026-04-28");
    let letter = app.letter(&agreement, "2026-10-20");
    let admin = app.staff(Role::Admin).await;
    suspended(&app, &admin, &agreement).await;
    let path = format!("/perjanjian/{}/pemulihan", agreement.id);

    app.feedback(&delivery, &pic, "2026-11-20", Some(Decision::TakenOver));
    assert_eq!(
        decide(&admin, &path, "Alasan.", &form_key()).await.status(),
        409
    );
    app.report(&letter, &pic, "2026-11-20", Some(ReportDecision::Returned));
    assert_eq!(
        decide(&admin, &path, "Alasan.", &form_key()).await.status(),
        409
    );
    app.report(&letter, &pic, "2026-11-20", None);
    assert_eq!(
        decide(&admin, &path, "Alasan.", &form_key()).await.status(),
        303
    );
    assert_eq!(open(&app), 0);
}

#[actix_web::test]
async fn access_that_is_not_suspended_is_not_restored() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, _) = partner(&app);
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{}/pemulihan", agreement.id);
    assert_eq!(admin.get(&path).await.status(), 409);
    assert_eq!(
        decide(&admin, &path, "Alasan.", &form_key()).await.status(),
        409
    );
}
