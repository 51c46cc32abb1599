//! Both halves of what is owed back on a delivery, and signing that there is
//! nothing to change.

use crate::support::duties::form_key;
use crate::support::publications::{HOME, home_staff, own, profile, publish};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::{Account, Role};
use padan::agreements::{Agreement, ClauseKind};
use padan::deliveries::Delivery;
use padan::platform::db::schema;
use padan::submissions::Decision;

const NOW: &str = "2026-11-20T02:00:00Z";

/// A partner that received data half a year ago; today is the last day.
struct Scene {
    app: TestApp,
    agreement: Agreement,
    account: Account,
    lead: Actor,
    delivery: Delivery,
}

impl Scene {
    async fn begin() -> Self {
        Self::received("2026-05-20").await
    }

    async fn received(day: &str) -> Self {
        let app = TestApp::start(NOW).await;
        let partner = app.partner("Badan Sandang Contoh");
        let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
        let account = app.account(&partner, Role::LeadPic);
        Self {
            lead: app.sign_in(&account).await,
            delivery: app.delivery(&agreement, day),
            app,
            agreement,
            account,
        }
    }

    fn place(&self) -> String {
        format!("/balikan/{}", self.delivery.id)
    }

    fn form(&self, half: &str) -> String {
        format!("{}/pernyataan/{half}", self.place())
    }

    async fn sign(&self, half: &str) -> u16 {
        sign(&self.lead, &self.form(half), &form_key()).await
    }

    fn signed(&self) -> i64 {
        let conn = &mut *self.app.db.connection().unwrap();
        let all = schema::feedback_statements::table.count();
        all.get_result(conn).unwrap()
    }

    /// Makes the agreement ask for one half only.
    fn asks_only(&self, kind: ClauseKind) {
        let asked = schema::clauses::table
            .filter(schema::clauses::agreement_id.eq(self.agreement.id))
            .filter(schema::clauses::kind.eq(ClauseKind::DataFeedback));
        diesel::update(asked)
            .set(schema::clauses::kind.eq(kind))
            .execute(&mut *self.app.db.connection().unwrap())
            .unwrap();
    }
}

async fn sign(who: &Actor, path: &str, key: &str) -> u16 {
    let fields = [("kunci", key), ("pernyataan", "ya")];
    who.post(path, &fields).await.status().as_u16()
}

/// Posts a decision on access with everything filled in.
async fn decide(admin: &Actor, path: &str, reason: &str) -> u16 {
    let key = form_key();
    let fields = [
        ("nota", "12/ND/2026"),
        ("alasan", reason),
        ("setuju", "ya"),
        ("kunci", &key),
    ];
    admin.post(path, &fields).await.status().as_u16()
}

#[actix_web::test]
async fn a_submission_and_a_statement_together_meet_the_duty() {
    let scene = Scene::begin().await;
    let (app, lead) = (&scene.app, &scene.lead);
    assert!(
        lead.page(&scene.place())
            .await
            .contains("Data balikan belum masuk")
    );
    app.data_half(
        &scene.delivery,
        &scene.account,
        "2026-11-19",
        Some(Decision::TakenOver),
    );
    let page = lead.page(&scene.place()).await;
    assert!(page.contains("Tinggal referensi balikan yang belum masuk"));
    let home = lead.page("/beranda").await;
    assert!(home.contains("Belum: referensi balikan.") && home.contains(&scene.place()));

    let asked = lead.page(&scene.form("referensi")).await;
    assert!(asked.contains("kode referensi dalam penyerahan Profil PNS"));
    assert_eq!(scene.sign("referensi").await, 303);
    let page = lead.page(&scene.place()).await;
    assert!(page.contains("Semua bagian data balikan sudah masuk"));
    assert!(page.contains("ditandatangani 20 November 2026") && page.contains(&scene.account.name));
    let home = lead.page("/beranda").await;
    assert!(!home.contains("Belum: referensi balikan."));
    app.at("2030-01-01T02:00:00Z");
    let later = app.sign_in(&scene.account).await.page(&scene.place()).await;
    assert!(!later.contains("sudah lewat"), "it came in time");
}

#[actix_web::test]
async fn both_sides_are_told_and_the_trail_keeps_it() {
    let scene = Scene::begin().await;
    assert_eq!(scene.sign("data").await, 303);
    let told = scene.app.recipients("feedback.signed");
    for address in [
        &scene.account.email[..],
        "pusdatin@lan.example",
        "pdpik@bkn.example",
    ] {
        assert!(told.iter().any(|one| one == address), "{address}: {told:?}");
    }
    assert_eq!(
        scene.app.audited("feedback."),
        ["feedback.statement_signed"]
    );
    let admin = scene.app.staff(Role::Admin).await;
    let place = format!(
        "/perjanjian/{}/balikan/{}",
        scene.agreement.id, scene.delivery.id
    );
    let page = admin.page(&place).await;
    assert!(page.contains("Tinggal referensi balikan") && !page.contains("Nyatakan tidak"));
    let overview = admin.page("/ikhtisar").await;
    assert!(
        overview.contains("tinggal referensi balikan"),
        "the table tells what is missing"
    );
    let other = scene
        .app
        .agreement("lan-2025", &scene.app.partner("Lain"), "2025-05-07");
    let elsewhere = format!("/perjanjian/{}/balikan/{}", other.id, scene.delivery.id);
    assert_eq!(admin.get(&elsewhere).await.status(), 404);
}

#[actix_web::test]
async fn only_a_lead_pic_signs_and_only_for_the_own_institution() {
    let scene = Scene::begin().await;
    let institution = scene.app.partner("Instansi Lain");
    let stranger = scene.app.account(&institution, Role::LeadPic);
    let stranger = scene.app.sign_in(&stranger).await;
    for path in [scene.place(), scene.form("data")] {
        assert_eq!(stranger.get(&path).await.status(), 404, "{path}");
    }
    assert_eq!(sign(&stranger, &scene.form("data"), &form_key()).await, 404);

    let conn = &mut *scene.app.db.connection().unwrap();
    let home = schema::institutions::table
        .find(scene.account.institution_id)
        .select(padan::institutions::Institution::as_select())
        .first(conn)
        .unwrap();
    for role in [Role::Pic, Role::Observer] {
        let account = scene.app.account(&home, role);
        let actor = scene.app.sign_in(&account).await;
        let page = actor.page(&scene.place()).await;
        assert!(!page.contains("/pernyataan/"), "no link that leads nowhere");
        assert_eq!(actor.get(&scene.form("data")).await.status(), 403);
        assert_eq!(sign(&actor, &scene.form("data"), &form_key()).await, 403);
    }
    let admin = scene.app.staff(Role::Admin).await;
    assert_eq!(sign(&admin, &scene.form("data"), &form_key()).await, 403);
    assert_eq!(scene.signed(), 0);
}

#[actix_web::test]
async fn a_half_is_signed_once_and_not_when_its_data_are_in() {
    let scene = Scene::begin().await;
    let key = form_key();
    let path = scene.form("referensi");
    assert_eq!(sign(&scene.lead, &path, &key).await, 303);
    assert_eq!(
        sign(&scene.lead, &path, &key).await,
        303,
        "the same click twice"
    );
    assert_eq!(scene.signed(), 1);
    assert_eq!(scene.sign("referensi").await, 409);
    assert_eq!(scene.lead.get(&path).await.status(), 409);
    scene
        .app
        .data_half(&scene.delivery, &scene.account, "2026-11-19", None);
    assert_eq!(scene.sign("data").await, 409);
    assert_eq!(scene.signed(), 1);
}

#[actix_web::test]
async fn after_bkn_returned_the_data_a_statement_may_take_its_place() {
    let scene = Scene::begin().await;
    let returned = Some(Decision::Returned);
    scene
        .app
        .data_half(&scene.delivery, &scene.account, "2026-11-18", returned);
    assert_eq!(scene.sign("data").await, 303);
    let page = scene.lead.page(&scene.place()).await;
    assert!(page.contains("Tinggal referensi balikan yang belum masuk"));
}

#[actix_web::test]
async fn what_is_not_confirmed_is_not_signed() {
    let scene = Scene::begin().await;
    let key = form_key();
    let answer = scene
        .lead
        .post(&scene.form("data"), &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Beri tanda pada pernyataan ini")
    );
    assert_eq!(scene.lead.get(&scene.form("semua")).await.status(), 404);
    assert_eq!(scene.signed(), 0);
}

#[actix_web::test]
async fn the_password_is_asked_again_and_a_wrong_one_signs_nothing() {
    let scene = Scene::begin().await;
    scene.app.at("2026-11-20T02:20:00Z");
    let (path, key) = (scene.form("data"), form_key());
    let fields = [
        ("kunci", key.as_str()),
        ("pernyataan", "ya"),
        ("sandi_anda", "bukan itu"),
    ];
    for typed in [&fields[..2], &fields[..]] {
        assert_eq!(scene.lead.post(&path, typed).await.status(), 422);
        assert_eq!(scene.signed(), 0);
    }
    let right = [fields[0], fields[1], ("sandi_anda", TestApp::PASSWORD)];
    let done = scene.lead.post(&path, &right).await;
    assert_eq!(
        (done.status().as_u16(), location(&done)),
        (303, scene.place())
    );
    assert_eq!(scene.signed(), 1);
}

#[actix_web::test]
async fn where_an_agreement_asks_for_one_half_the_other_is_not_signed() {
    let scene = Scene::begin().await;
    scene.asks_only(ClauseKind::DataOnlyFeedback);
    let page = scene.lead.page(&scene.place()).await;
    assert!(!page.contains("Referensi balikan"));
    assert_eq!(scene.sign("referensi").await, 409);
    assert_eq!(scene.sign("data").await, 303);
    let page = scene.lead.page(&scene.place()).await;
    assert!(page.contains("Semua bagian data balikan sudah masuk"));
    let silent = scene
        .app
        .agreement("bps-2023", &scene.app.partner("Lain"), "2023-12-04");
    let delivery = scene.app.delivery(&silent, "2026-05-20");
    let admin = scene.app.staff(Role::Admin).await;
    let page = admin
        .page(&format!(
            "/perjanjian/{}/balikan/{}",
            silent.id, delivery.id
        ))
        .await;
    assert!(page.contains("PKS ini tidak meminta"));
}

#[actix_web::test]
async fn nothing_is_signed_for_data_that_nobody_received_and_its_page_tells_after_the_receipt() {
    let scene = Scene::begin().await;
    let app = &scene.app;
    app.give(
        &scene.agreement,
        "profil-pns",
        &["id_pns", "nip"],
        home_staff(),
    );
    app.on_register([profile(1, HOME)]);
    let admin = app.staff(Role::Admin).await;
    let address = publish(&admin, &scene.agreement, "profil-pns").await;
    app.work().await;
    let id = address.rsplit('/').next().unwrap().to_owned();
    let form = format!("/balikan/{id}/pernyataan/data");
    assert_eq!(sign(&scene.lead, &form, &form_key()).await, 404);
    assert!(
        !scene
            .lead
            .page(&own(&address))
            .await
            .contains(&format!("/balikan/{id}"))
    );

    let receipt = scene
        .lead
        .post(&format!("{}/terima", own(&address)), &[])
        .await;
    assert_eq!(receipt.status(), 303);
    assert_eq!(sign(&scene.lead, &form, &form_key()).await, 303);
    for (who, place) in [(&scene.lead, own(&address)), (&admin, address)] {
        let page = who.page(&place).await;
        assert!(
            page.contains("Sudah masuk") && page.contains("Belum ada"),
            "{place}"
        );
        assert!(page.contains(&format!("/balikan/{id}")));
    }
}

#[actix_web::test]
async fn a_suspended_partner_cures_with_both_halves() {
    let scene = Scene::received("2026-05-01").await;
    let admin = scene.app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{}", scene.agreement.id);
    let (stop, back) = (format!("{path}/penghentian"), format!("{path}/pemulihan"));
    assert_eq!(decide(&admin, &stop, "").await, 303);
    assert_eq!(scene.sign("data").await, 303);
    let page = admin.page(&back).await;
    assert!(page.contains("belum diterima"), "one half is not enough");
    assert_eq!(decide(&admin, &back, "Alasan.").await, 409);
    assert_eq!(scene.sign("referensi").await, 303);
    let page = admin.page(&back).await;
    assert!(page.contains("pernyataan tidak ada perubahan, ditandatangani 20 November 2026"));
    assert!(page.contains("Kedua syarat terpenuhi"));
    assert_eq!(
        decide(&admin, &back, "Kedua bagian sudah masuk.").await,
        303
    );
}
