use crate::support::{TestApp, location};
use padan::accounts::Role;
use padan::agreements::{AgreementId, Anchor, ClauseKind, PartySide, Side, Unit};

const NOW: &str = "2026-11-20T02:00:00Z";

const LAN: [(&str, &str); 6] = [
    ("nomor_instansi", "4/S.1/HKM.03.2"),
    ("nomor_bkn", "23/HM.04.01/2025"),
    ("judul", "Pertukaran dan Pemanfaatan Data"),
    ("ditandatangani", "2025-05-07"),
    ("bulan", "36"),
    ("naskah", "lengkap"),
];

fn with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = LAN
        .iter()
        .filter(|(name, _)| changes.iter().all(|(other, _)| other != name));
    kept.chain(changes).copied().collect()
}

fn id_of(path: &str) -> AgreementId {
    let id = path.rsplit('/').next().unwrap().to_owned();
    AgreementId::try_from(id).unwrap()
}

#[actix_web::test]
async fn an_admin_records_an_agreement_and_sees_its_last_day() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("LAN");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/instansi/{}/perjanjian/baru", partner.id);
    let answer = admin.post(&path, &LAN).await;
    assert_eq!(answer.status(), 303);
    let page = admin.page(&location(&answer)).await;
    assert!(page.contains("PKS berlaku sampai 7 Mei 2028"));
    assert!(page.contains("3 tahun sejak ditandatangani"));
    assert!(page.contains("Belum ada klausul yang dicatat."));
    assert_eq!(app.deeds(), ["agreement.recorded"]);
    let again = admin.post(&path, &LAN).await;
    assert_eq!(location(&again), location(&answer));
    assert_eq!(app.deeds(), ["agreement.recorded"]);
}

#[actix_web::test]
async fn impossible_terms_are_told_beside_their_fields() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("LAN");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/instansi/{}/perjanjian/baru", partner.id);
    let cases = [
        (
            ("ditandatangani", "31-02-2025"),
            "31-02-2025 tidak ada dalam kalender.",
        ),
        (("ditandatangani", ""), "Isi tanggal penandatanganan."),
        (("bulan", "0"), "Tulis bilangan bulat 1 sampai 600."),
        (
            ("bulan", "99999999999"),
            "Tulis bilangan bulat 1 sampai 600.",
        ),
        (("bulan", ""), "Isi jangka waktu dalam bulan."),
        (
            ("berakhir", "2025-05-06"),
            "Hari terakhir tidak boleh sebelum PKS ditandatangani.",
        ),
        (("judul", " "), "Isi judul PKS."),
        (("menggantikan", "x"), "Pilih salah satu PKS instansi ini."),
    ];
    for (change, sentence) in cases {
        let answer = admin.post(&path, &with(&[change])).await;
        assert_eq!(answer.status(), 422, "{change:?}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence), "{change:?}");
        assert!(page.contains("23/HM.04.01/2025"), "{change:?}");
    }
    assert!(app.deeds().is_empty());
}

#[actix_web::test]
async fn a_number_of_bkn_names_one_agreement() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let (lan, bps) = (app.partner("LAN"), app.partner("BPS"));
    let path = |id| format!("/instansi/{id}/perjanjian/baru");
    assert_eq!(admin.post(&path(lan.id), &LAN).await.status(), 303);
    let taken = admin.post(&path(bps.id), &LAN).await;
    assert_eq!(taken.status(), 422);
    assert!(
        taken
            .text()
            .await
            .unwrap()
            .contains("Nomor BKN ini sudah dipakai PKS lain.")
    );
    let nobody = padan::institutions::InstitutionId::generate();
    assert_eq!(admin.post(&path(nobody), &LAN).await.status(), 404);
    assert_eq!(admin.post(&path(app.home().id), &LAN).await.status(), 404);
}

#[actix_web::test]
async fn an_agreement_follows_an_earlier_one_of_the_same_partner() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let (lan, bps) = (app.partner("LAN"), app.partner("BPS"));
    let before = app.signed_agreement(&lan, "2019-10-22").to_string();
    let foreign = app.signed_agreement(&bps, "2023-12-04").to_string();
    let path = format!("/instansi/{}/perjanjian/baru", lan.id);
    let fields = |id: &str| {
        let mut fields: Vec<(String, String)> = LAN
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        fields.push(("menggantikan".to_owned(), id.to_owned()));
        fields
    };
    let post = |id: &str| {
        admin
            .request(reqwest::Method::POST, &path)
            .form(&fields(id))
            .send()
    };
    assert_eq!(post(&foreign).await.unwrap().status(), 422);
    let answer = post(&before).await.unwrap();
    assert_eq!(answer.status(), 303);
    let old = admin.page(&format!("/perjanjian/{before}")).await;
    assert!(old.contains("PKS ini sudah berakhir"));
    assert!(old.contains("Penggantinya"));
    assert!(old.contains("23/HM.04.01/2025"));
}

#[actix_web::test]
async fn a_mended_record_keeps_before_and_after() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("LAN");
    let admin = app.staff(Role::Admin).await;
    let new = format!("/instansi/{}/perjanjian/baru", partner.id);
    let id = id_of(&location(&admin.post(&new, &LAN).await));
    let path = format!("/perjanjian/{id}/ubah");
    let changed = with(&[("bulan", "24"), ("naskah", "tidak")]);
    assert_eq!(admin.post(&path, &changed).await.status(), 303);
    let expected = serde_json::json!({
        "term_months": { "before": 36, "after": 24 },
        "text_complete": { "before": true, "after": false },
    });
    assert_eq!(app.detail("agreement.amended"), expected);
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("7 Mei 2027"));
    assert!(page.contains("Naskah tidak lengkap"));
}

#[actix_web::test]
async fn the_list_tells_the_notice_window_from_what_holds_and_what_is_over() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let (bps, lan) = (app.partner("BPS"), app.partner("LAN"));
    let inside = app.signed_agreement(&bps, "2023-12-04");
    let holds = app.signed_agreement(&lan, "2025-05-07");
    app.signed_agreement(&lan, "2019-10-22");
    let end = (Side::Before, Anchor::AgreementEnd);
    for id in [inside, holds] {
        app.clause(id, ClauseKind::EndNotice, (1, Unit::Months), end);
    }
    let all = admin.page("/perjanjian").await;
    assert!(all.contains("2 dari 3 PKS berlaku"));
    assert!(all.contains("1 PKS sudah masuk masa pemberitahuan"));
    assert!(all.find("2023-12-04/BPS").unwrap() < all.find("2025-05-07/LAN").unwrap());
    assert!(all.find("2025-05-07/LAN").unwrap() < all.find("2019-10-22/LAN").unwrap());
    let window = admin.page("/perjanjian?keadaan=pemberitahuan").await;
    assert!(window.contains("2023-12-04/BPS") && !window.contains("2025-05-07/LAN"));
    assert!(window.contains("4 November 2026"));
    let ended = admin.page("/perjanjian?keadaan=berakhir&cari=lan").await;
    assert!(ended.contains("2019-10-22/LAN") && !ended.contains("2025-05-07/LAN"));
}

#[actix_web::test]
async fn a_data_set_is_granted_field_by_field_and_taken_back() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = format!("/perjanjian/{id}/lampiran/baru");
    assert!(admin.page(&path).await.contains("Riwayat kursus"));
    let fields = [
        ("data", "riwayat-kursus"),
        ("kolom", "nip"),
        ("kolom", "nama_kursus"),
        ("kolom", "bukan_kolom"),
        ("pasal", "Pasal 3 ayat (2) huruf a"),
        ("halaman", "3"),
        ("sejak", "2025-05-07"),
    ];
    for _ in 0..2 {
        assert_eq!(admin.post(&path, &fields).await.status(), 303);
    }
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("nip, nama_kursus"));
    let mut wider = fields.to_vec();
    wider.push(("kolom", "jumlah_jam"));
    let refused = admin.post(&path, &wider).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("Isi nomor adendum"));
    let remove = format!("/perjanjian/{id}/lampiran/");
    let grant = page.split_once(&remove).unwrap().1;
    let grant = grant
        .lines()
        .find_map(|line| line.split_once("/hapus"))
        .unwrap()
        .0;
    let grant = grant.rsplit('/').next().unwrap();
    for _ in 0..2 {
        let answer = admin.post(&format!("{remove}{grant}/hapus"), &[]).await;
        assert_eq!(answer.status(), 303);
    }
    let deeds = app.deeds();
    let expected = [
        "agreement.recorded",
        "agreement.dataset_granted",
        "agreement.grant_removed",
    ];
    assert_eq!(deeds, expected);
}

#[actix_web::test]
async fn a_grant_needs_a_column_an_article_and_a_day_within_the_agreement() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = format!("/perjanjian/{id}/lampiran/baru");
    let fields = [("data", "riwayat-kursus"), ("sejak", "2025-05-06")];
    let answer = admin.post(&path, &fields).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Pilih paling sedikit satu kolom."));
    assert!(page.contains("Isi pasal atau bagian Lampiran."));
    assert!(page.contains("Tanggal mulai berlaku tidak boleh sebelum PKS ditandatangani."));
    let unknown = [("data", "bukan-data")];
    assert_eq!(location(&admin.post(&path, &unknown).await), path);
}

#[actix_web::test]
async fn a_correspondent_is_named_once_and_ended() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = format!("/perjanjian/{id}/narahubung/baru");
    let fields = |email: &'static str| {
        [
            ("pihak", "partner"),
            ("jabatan", "Pusat Data dan Informasi"),
            ("surel", email),
            ("pasal", "Pasal 8 huruf a"),
            ("sejak", "2025-05-07"),
        ]
    };
    assert_eq!(admin.post(&path, &fields("pusdatin")).await.status(), 422);
    for _ in 0..2 {
        let answer = admin.post(&path, &fields("pusdatin@lan.example")).await;
        assert_eq!(answer.status(), 303);
    }
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    let (_, rest) = page.split_once("/narahubung/").unwrap();
    let one = rest
        .split_once("/narahubung/")
        .unwrap()
        .1
        .split_once("/akhiri")
        .unwrap()
        .0;
    let end = format!("/perjanjian/{id}/narahubung/{one}/akhiri");
    assert_eq!(
        admin.post(&end, &[("sampai", "2025-05-06")]).await.status(),
        409
    );
    assert_eq!(admin.post(&end, &[("sampai", "nanti")]).await.status(), 409);
    assert_eq!(
        admin.post(&end, &[("sampai", "2026-11-19")]).await.status(),
        303
    );
    let expected = serde_json::json!({ "valid_until": { "before": null, "after": "2026-11-19" } });
    assert_eq!(app.detail("agreement.correspondent_ended"), expected);
    assert!(
        admin
            .page(&format!("/perjanjian/{id}"))
            .await
            .contains("tidak berlaku")
    );
}

#[actix_web::test]
async fn a_pic_sees_the_own_agreement_and_what_it_is_silent_about() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("BPS");
    let pic = app.pic(&partner).await;
    assert!(
        pic.page("/pks")
            .await
            .contains("Belum ada PKS tercatat untuk instansi Anda")
    );
    app.signed_agreement(&partner, "2019-10-22");
    let id = app.signed_agreement(&partner, "2023-12-04");
    let end = (Side::Before, Anchor::AgreementEnd);
    app.clause(id, ClauseKind::EndNotice, (1, Unit::Months), end);
    app.correspondent(id, PartySide::Bkn, "data@bkn.example", "2023-12-04");
    app.correspondent(id, PartySide::Partner, "nanti@bps.example", "2027-01-01");
    let answer = pic.get("/pks").await;
    assert_eq!(location(&answer), format!("/pks/{id}"));
    let page = pic.page(&format!("/pks/{id}")).await;
    assert!(page.contains("Dalam masa pemberitahuan"));
    assert!(page.contains("Rabu, 4 November 2026"));
    assert!(page.contains("Pasal 6 ayat (2), halaman 6"));
    assert!(page.contains("Data dan referensi balikan: tidak diatur"));
    assert!(page.contains("data@bkn.example") && !page.contains("nanti@bps.example"));
    assert!(page.contains("Orang Contoh"));
}

#[actix_web::test]
async fn another_institutions_agreement_is_not_found() {
    let app = TestApp::start(NOW).await;
    let (own, other) = (
        app.partner("Instansi Sendiri"),
        app.partner("Instansi Lain"),
    );
    let foreign = app.signed_agreement(&other, "2025-05-07");
    let pic = app.pic(&own).await;
    assert_eq!(pic.get(&format!("/pks/{foreign}")).await.status(), 404);
    assert_eq!(
        pic.get(&format!("/perjanjian/{foreign}")).await.status(),
        403
    );
    let verifier = app.staff(Role::Verifier).await;
    let path = format!("/perjanjian/{foreign}");
    assert!(!verifier.page(&path).await.contains("Ubah data PKS"));
    assert_eq!(
        verifier.post(&format!("{path}/ubah"), &LAN).await.status(),
        403
    );
}
