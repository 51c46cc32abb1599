//! What BKN publishes to a partner: offered, made, fetched, received.

mod apip;
mod fields;
mod killed;
mod periods;
mod plans;
mod receipts;
mod standing;
mod state;

use crate::support::publications::{HOME, fetched, home_staff, own, profile, publish, rows, sheet};
use crate::support::{Actor, TestApp, hidden, location};
use diesel::prelude::*;
use padan::accounts::{Account, Role};
use padan::agreements::{Agreement, Population};
use padan::institutions::Institution;
use padan::platform::db::schema::disclosures;

const NOW: &str = "2026-11-20T02:00:00Z";
const FOREIGN: &str = "A5EB03E23C06F6A0E040640A040252AD";

/// A partner whose Annex grants three fields of its own people's profiles; two
/// of the three people on record are.
struct Scene {
    app: TestApp,
    partner: Institution,
    agreement: Agreement,
    account: Account,
    pic: Actor,
    admin: Actor,
}

impl Scene {
    async fn begin() -> Self {
        let app = TestApp::start(NOW).await;
        let partner = app.partner("Badan Sandang Contoh");
        let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
        app.give(
            &agreement,
            "profil-pns",
            &["id_pns", "nip", "nama"],
            home_staff(),
        );
        app.on_register([profile(1, HOME), profile(2, HOME), profile(3, FOREIGN)]);
        let account = app.account(&partner, Role::LeadPic);
        Self {
            pic: app.sign_in(&account).await,
            admin: app.staff(Role::Admin).await,
            app,
            partner,
            agreement,
            account,
        }
    }

    async fn published(&self) -> String {
        let staff = &self.admin;
        self.app
            .published(staff, &self.agreement, "profil-pns")
            .await
    }
}

#[actix_web::test]
async fn what_the_annex_grants_is_previewed_published_and_fetched() {
    let scene = Scene::begin().await;
    let form = format!("/perjanjian/{}/penyerahan/baru", scene.agreement.id);
    let page = scene.admin.page(&format!("{form}?data=profil-pns")).await;
    assert!(page.contains("Data 2 orang akan diserahkan"));
    assert!(page.contains("ID PNS, NIP, Nama"));
    assert!(page.contains("16 dari 19 kolom"));

    let address = publish(&scene.admin, &scene.agreement, "profil-pns").await;
    assert!(
        scene
            .admin
            .page(&address)
            .await
            .contains("sedang disiapkan")
    );
    let mine = own(&address);
    assert_eq!(scene.pic.get(&mine).await.status(), 404, "not told yet");
    scene.app.work().await;
    assert!(
        scene
            .admin
            .page(&address)
            .await
            .contains("menunggu diunduh instansi")
    );

    let told = scene.app.recipients("deliveries.available");
    assert_eq!(told, [scene.account.email.as_str(), "pusdatin@lan.example"]);
    let list = scene.pic.page("/data-bkn").await;
    assert!(list.contains("1 data dari BKN belum diunduh"));
    assert!(list.contains("PYD-2026-0001"));
    let csv = fetched(&scene.pic, &format!("{mine}/berkas.csv")).await;
    let number = &scene.agreement.bkn_number;
    let behind = [
        "Badan Kepegawaian Negara",
        number,
        "PYD-2026-0001",
        "2026-11-20",
    ];
    let line = |n: usize| {
        let one = profile(n, HOME);
        let cells = [&one.id_pns, &one.nip, &one.name];
        let cells = cells.into_iter().map(String::as_str).chain(behind);
        cells.map(str::to_owned).collect::<Vec<_>>()
    };
    let found = rows(&csv);
    assert_eq!(found[0][..4], ["id_pns", "nip", "nama", "sumber_data"]);
    assert_eq!(found[1..], [line(1), line(2)]);

    let xlsx = fetched(&scene.pic, &format!("{mine}/berkas.xlsx")).await;
    assert_eq!(sheet(xlsx.clone(), "Data"), found);
    let said = sheet(xlsx, "Keterangan").concat().join("\n");
    for words in [
        number.as_str(),
        "Badan Kepegawaian Negara",
        &scene.account.name,
        "20 November 2026 pukul 09.00",
        "Pasal 9 ayat (10)",
    ] {
        assert!(said.contains(words), "{words}");
    }
}

#[actix_web::test]
async fn the_same_form_posted_twice_publishes_once() {
    let scene = Scene::begin().await;
    let form = format!("/perjanjian/{}/penyerahan/baru", scene.agreement.id);
    let page = scene.admin.page(&format!("{form}?data=profil-pns")).await;
    let key = hidden(&page, "kunci");
    let fields = [("kunci", key.as_str()), ("data", "profil-pns")];
    let first = scene.admin.post(&form, &fields).await;
    let second = scene.admin.post(&form, &fields).await;
    assert_eq!(location(&first), location(&second));
    scene.app.work().await;
    let deeds = scene.app.audited("delivery.");
    assert_eq!(deeds, ["delivery.published", "delivery.made"]);
}

#[actix_web::test]
async fn what_the_annex_does_not_grant_is_refused_with_its_reason() {
    let scene = Scene::begin().await;
    let form = format!("/perjanjian/{}/penyerahan/baru", scene.agreement.id);
    let key = uuid::Uuid::new_v4().to_string();
    let fields = [("kunci", key.as_str()), ("data", "pensiun")];
    let answer = scene.admin.post(&form, &fields).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Lampiran PKS ini tidak memberikan data tersebut."));
    assert!(scene.app.audited("delivery.").is_empty());
}

#[actix_web::test]
async fn only_who_records_annexes_is_sent_there_from_one_that_grants_nothing() {
    let scene = Scene::begin().await;
    let partner = scene.app.partner("Instansi Tanpa Lampiran");
    let agreement = scene.app.agreement("lan-2025", &partner, "2025-05-07").id;
    let form = format!("/perjanjian/{agreement}/penyerahan/baru");
    let annex = format!("/perjanjian/{agreement}/lampiran/baru");
    assert!(scene.admin.page(&form).await.contains(&annex));
    let verifier = scene.app.staff(Role::Verifier).await;
    let page = verifier.page(&form).await;
    assert!(page.contains("Administrator BKN mencatat data"), "{page}");
    assert!(!page.contains(&annex));
}

#[actix_web::test]
async fn an_annex_that_reaches_nobody_is_told_before_publishing() {
    let scene = Scene::begin().await;
    // The partner has no code, so that not even its own people are known.
    scene
        .app
        .give(&scene.agreement, "pensiun", &["nip"], Population::default());
    let form = format!("/perjanjian/{}/penyerahan/baru", scene.agreement.id);
    let page = scene.admin.page(&format!("{form}?data=pensiun")).await;
    assert!(page.contains("Tidak ada data dalam cakupan Lampiran"));
    assert!(!page.contains("Serahkan data</button>"));
    let key = uuid::Uuid::new_v4().to_string();
    let fields = [("kunci", key.as_str()), ("data", "pensiun")];
    assert_eq!(scene.admin.post(&form, &fields).await.status(), 422);
}

#[actix_web::test]
async fn what_is_withdrawn_cannot_be_fetched_and_what_is_received_not_withdrawn() {
    let scene = Scene::begin().await;
    let address = publish(&scene.admin, &scene.agreement, "profil-pns").await;
    scene.app.work().await;
    let withdraw = format!("{address}/tarik");
    assert_eq!(
        scene
            .admin
            .post(&withdraw, &[("alasan", "")])
            .await
            .status(),
        422
    );
    let reason = [("alasan", "Cakupan keliru.")];
    assert_eq!(scene.admin.post(&withdraw, &reason).await.status(), 303);
    let mine = own(&address);
    assert!(
        scene
            .pic
            .page(&mine)
            .await
            .contains("Alasan: Cakupan keliru.")
    );
    let refused = scene.pic.get(&format!("{mine}/berkas.csv")).await;
    assert_eq!(refused.status(), 409);
    assert!(!scene.app.recipients("deliveries.withdrawn").is_empty());
    let withdrawn = disclosures::table.filter(disclosures::withdrawn_at.is_not_null());
    let conn = &mut *scene.app.db.connection().unwrap();
    assert_eq!(withdrawn.count().get_result(conn), Ok(1_i64));

    let mine = scene.published().await;
    fetched(&scene.pic, &format!("{mine}/berkas.csv")).await;
    let id = mine.rsplit('/').next().unwrap();
    let withdraw = format!("/perjanjian/{}/penyerahan/{id}/tarik", scene.agreement.id);
    assert_eq!(scene.admin.post(&withdraw, &reason).await.status(), 409);
}

#[actix_web::test]
async fn another_institution_finds_nothing_and_an_observer_fetches_nothing() {
    let scene = Scene::begin().await;
    let mine = scene.published().await;
    let stranger = scene.app.pic(&scene.app.partner("Badan Tetangga")).await;
    let observer = scene.app.account(&scene.partner, Role::Observer);
    let observer = scene.app.sign_in(&observer).await;
    for part in ["", "/berkas.csv", "/berkas.xlsx"] {
        let address = format!("{mine}{part}");
        assert_eq!(stranger.get(&address).await.status(), 404, "{part}");
        let expected = if part.is_empty() { 200 } else { 403 };
        assert_eq!(observer.get(&address).await.status(), expected, "{part}");
    }
    assert!(!stranger.page("/data-bkn").await.contains("PYD-"));
    let verifier = scene.app.staff(Role::Verifier).await;
    let form = format!("/perjanjian/{}/penyerahan/baru", scene.agreement.id);
    assert_eq!(verifier.get(&form).await.status(), 200);
    let auditor = scene.app.staff(Role::Auditor).await;
    assert_eq!(auditor.get(&form).await.status(), 403);
}
