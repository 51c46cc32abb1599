//! Ending an agreement before its term is over.

use padan::accounts::Role;
use padan::agreements::{AgreementId, PartySide};

use crate::support::{Actor, TestApp, location};

const NOW: &str = "2026-11-20T02:00:00Z";
const REASON: &str = "Kesepakatan tertulis Nomor 7/KSP/2026.";

/// An admin, and an agreement that was signed for three years on 7 May 2025.
async fn agreement(app: &TestApp) -> (Actor, AgreementId) {
    let partner = app.partner("LAN");
    let agreement = app.signed_agreement(&partner, "2025-05-07");
    app.correspondent(
        agreement,
        PartySide::Partner,
        "biro@lan.example",
        "2025-05-07",
    );
    (app.staff(Role::Admin).await, agreement)
}

fn form(last_day: &str) -> [(&'static str, String); 2] {
    [
        ("sampai", last_day.to_owned()),
        ("alasan", REASON.to_owned()),
    ]
}

async fn end(admin: &Actor, agreement: AgreementId, last_day: &str) -> (u16, String) {
    let form = form(last_day);
    let pairs: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let path = format!("/perjanjian/{agreement}/akhiri");
    let answer = admin.post(&path, &pairs).await;
    let status = answer.status();
    let body = if status == 303 {
        location(&answer)
    } else {
        answer.text().await.unwrap()
    };
    (status.as_u16(), body)
}

fn endings(app: &TestApp) -> usize {
    let deeds = app.deeds();
    deeds
        .iter()
        .filter(|deed| *deed == "agreement.ended")
        .count()
}

#[actix_web::test]
async fn an_agreement_ends_early_and_the_partner_is_told_why() {
    let app = TestApp::start(NOW).await;
    let (admin, agreement) = agreement(&app).await;
    let page = admin.page(&format!("/perjanjian/{agreement}/akhiri")).await;
    assert!(page.contains("Akhiri PKS sebelum 7 Mei 2028?"));
    assert!(page.contains("biro@lan.example"));
    let (status, place) = end(&admin, agreement, "2026-12-31").await;
    assert_eq!(status, 303);
    let page = admin.page(&place).await;
    assert!(page.contains("PKS berlaku sampai 31 Desember 2026"));
    assert!(page.contains("diakhiri lebih awal"));
    let mails = app.posted_mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(app.recipients("agreements.ended"), ["biro@lan.example"]);
    assert_eq!(app.detail("agreement.ended")["reason"], REASON);
    assert_eq!(
        app.detail("agreement.ended")["last_day"]["before"],
        "2028-05-07"
    );
}

#[actix_web::test]
async fn the_same_form_posted_again_tells_nobody_twice() {
    let app = TestApp::start(NOW).await;
    let (admin, agreement) = agreement(&app).await;
    for _ in 0..2 {
        assert_eq!(end(&admin, agreement, "2026-12-31").await.0, 303);
    }
    assert_eq!(app.posted_mails().len(), 1);
    assert_eq!(endings(&app), 1);
}

#[actix_web::test]
async fn a_day_outside_the_term_is_refused_beside_its_field() {
    let app = TestApp::start(NOW).await;
    let (admin, agreement) = agreement(&app).await;
    let cases = [
        ("2025-05-06", "sebelum hari terakhir menurut PKS"),
        ("2028-05-07", "sebelum hari terakhir menurut PKS"),
        ("", "Isi hari terakhir berlaku."),
    ];
    for (day, sentence) in cases {
        let (status, page) = end(&admin, agreement, day).await;
        assert_eq!(status, 422, "{day}");
        assert!(page.contains(sentence), "{day}");
        assert!(page.contains(REASON), "{day}");
    }
    assert_eq!(endings(&app), 0);
    assert!(app.posted_mails().is_empty());
}

#[actix_web::test]
async fn what_is_over_cannot_be_ended() {
    let app = TestApp::start("2028-05-08T02:00:00Z").await;
    let (admin, agreement) = agreement(&app).await;
    assert_eq!(end(&admin, agreement, "2027-01-31").await.0, 409);
    let page = admin.page(&format!("/perjanjian/{agreement}")).await;
    assert!(!page.contains(&format!("/perjanjian/{agreement}/akhiri")));
    assert_eq!(endings(&app), 0);
}

#[actix_web::test]
async fn only_an_admin_ends_an_agreement() {
    let app = TestApp::start(NOW).await;
    let (_, agreement) = agreement(&app).await;
    let reader = app.staff(Role::Auditor).await;
    assert_eq!(end(&reader, agreement, "2026-12-31").await.0, 403);
    assert!(app.posted_mails().is_empty());
}
