use crate::support::{TestApp, location};
use padan::accounts::Role;
use padan::agreements::{Anchor, ClauseKind, Side, Unit};

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn an_admin_records_an_institution() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let fields = [
        ("nama", " Badan Contoh Nasional "),
        ("singkatan", "BCN"),
        ("kode", "a5eb03e2418ff6a0e040640a040252ad"),
    ];
    let answer = admin.post("/instansi/baru", &fields).await;
    assert_eq!(answer.status(), 303);
    let page = admin.page(&location(&answer)).await;
    assert!(page.contains("<h1>Badan Contoh Nasional</h1>"));
    assert!(page.contains("A5EB03E2418FF6A0E040640A040252AD"));
    assert!(page.contains("Belum ada PKS"));
    assert_eq!(app.deeds(), ["institution.recorded"]);
}

#[actix_web::test]
async fn the_same_institution_posted_twice_is_recorded_once() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let fields = [("nama", "Badan Contoh"), ("singkatan", "BC")];
    let first = admin.post("/instansi/baru", &fields).await;
    let second = admin.post("/instansi/baru", &fields).await;
    assert_eq!(location(&first), location(&second));
    assert_eq!(app.deeds(), ["institution.recorded"]);
    let other = [("nama", "Badan Contoh"), ("singkatan", "Lain")];
    let taken = admin.post("/instansi/baru", &other).await;
    assert_eq!(taken.status(), 422);
    let page = taken.text().await.unwrap();
    assert!(page.contains("Instansi bernama ini sudah tercatat."));
    assert!(page.contains("value=\"Lain\""));
}

#[actix_web::test]
async fn a_faulty_institution_is_told_field_by_field_and_keeps_what_was_typed() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let long = "x".repeat(201);
    let fields = [("nama", long.as_str()), ("singkatan", ""), ("kode", "1234")];
    let answer = admin.post("/instansi/baru", &fields).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<title>Kesalahan: "));
    assert!(page.contains("Tulis nama instansi paling banyak 200 karakter."));
    assert!(page.contains("Isi nama singkat."));
    assert!(page.contains("Kode referensi 4 karakter; seharusnya 32."));
    assert!(page.contains(&long));
    let nul = [("nama", "Badan\0Contoh"), ("singkatan", "BC")];
    assert_eq!(admin.post("/instansi/baru", &nul).await.status(), 422);
    assert!(app.deeds().is_empty());
}

#[actix_web::test]
async fn a_change_of_an_institution_is_kept_with_what_was_before() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Badan Lama");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/instansi/{}/ubah", partner.id);
    let fields = [("nama", "Badan Baru"), ("singkatan", "Badan Lama")];
    assert_eq!(admin.post(&path, &fields).await.status(), 303);
    assert_eq!(admin.post(&path, &fields).await.status(), 303);
    assert_eq!(app.deeds(), ["institution.amended"]);
    let expected = serde_json::json!({ "name": { "before": "Badan Lama", "after": "Badan Baru" } });
    assert_eq!(app.detail("institution.amended"), expected);
    let list = admin.page("/instansi?cari=BADAN+baru").await;
    assert!(list.contains("Badan Baru"));
}

#[actix_web::test]
async fn the_list_is_searched_filtered_ordered_and_paged() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    for number in 1..=26 {
        app.partner(&format!("Instansi {number:02}"));
    }
    let soon = app.partner("Zona Berakhir");
    let agreement = app.signed_agreement(&soon, "2023-12-04");
    let (month, end) = ((1, Unit::Months), (Side::Before, Anchor::AgreementEnd));
    app.clause(agreement, ClauseKind::EndNotice, month, end);
    app.signed_agreement(&app.partner("Sudah Berakhir"), "2020-01-01");
    let first = admin.page("/instansi").await;
    assert!(first.contains("28 instansi tercatat"));
    assert!(first.contains("Menampilkan 1–25 dari 28"));
    assert!(!first.contains("Zona Berakhir"));
    assert!(
        admin
            .page("/instansi?hal=2")
            .await
            .contains("Zona Berakhir")
    );
    let window = admin.page("/instansi?pks=pemberitahuan").await;
    assert!(window.contains("Zona Berakhir") && !window.contains("Sudah Berakhir"));
    let ended = admin.page("/instansi?akses=berakhir").await;
    assert!(ended.contains("Sudah Berakhir") && !ended.contains("Zona Berakhir"));
    let ordered = admin.page("/instansi?urut=berakhir").await;
    let place = |name: &str| ordered.find(name).unwrap();
    assert!(place("Zona Berakhir") < place("Instansi 01"));
    let none = admin.page("/instansi?cari=tidak-ada%25").await;
    assert!(none.contains("Tidak ada instansi yang cocok"));
}

#[actix_web::test]
async fn every_tab_of_an_institution_opens_also_when_empty() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    let auditor = app.staff(Role::Auditor).await;
    for tab in [
        "kewajiban",
        "pengiriman",
        "surat",
        "pks",
        "pic",
        "linimasa",
        "lain",
    ] {
        let page = auditor
            .page(&format!("/instansi/{}?tab={tab}", partner.id))
            .await;
        assert!(page.contains("Belum ada"), "{tab}");
        assert!(!page.contains("Catat PKS"), "{tab}");
    }
    app.signed_agreement(&partner, "2025-05-07");
    app.account(&partner, Role::LeadPic);
    let timeline = auditor
        .page(&format!("/instansi/{}?tab=linimasa", partner.id))
        .await;
    assert!(timeline.contains("Mencatat PKS"));
    let people = auditor
        .page(&format!("/instansi/{}?tab=pic", partner.id))
        .await;
    assert!(people.contains("PIC utama"));
}

#[actix_web::test]
async fn only_an_admin_records_institutions_and_partners_see_none_of_it() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    let pic = app.pic(&partner).await;
    let verifier = app.staff(Role::Verifier).await;
    let fields = [("nama", "Badan Contoh"), ("singkatan", "BC")];
    for actor in [&pic, &verifier] {
        assert_eq!(actor.post("/instansi/baru", &fields).await.status(), 403);
    }
    assert_eq!(pic.get("/instansi").await.status(), 403);
    let own = format!("/instansi/{}", partner.id);
    assert_eq!(pic.get(&own).await.status(), 403);
    assert_eq!(verifier.get(&own).await.status(), 200);
    let home = format!("/instansi/{}", app.home().id);
    assert_eq!(verifier.get(&home).await.status(), 404);
    assert_eq!(verifier.get("/instansi/bukan-nomor").await.status(), 404);
}

#[actix_web::test]
async fn what_an_institution_sent_leads_to_its_review() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let version = app.sent(&pic, &agreement, 2).await;
    let auditor = app.staff(Role::Auditor).await;
    let page = auditor
        .page(&format!("/instansi/{}?tab=pengiriman", partner.id))
        .await;
    let review = version.replace("/pengiriman/", "/tinjauan/");
    assert!(page.contains(&format!("<a href=\"{review}\">PD-2026-0001")));
    assert_eq!(auditor.get(&review).await.status(), 200);
}
