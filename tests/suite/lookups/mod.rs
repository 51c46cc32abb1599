//! Looking one person up, through HTTP.

mod limits;
mod markers;
mod units;

use diesel::prelude::*;
use padan::accounts::{Account, Role};
use padan::agreements::Agreement;
use padan::institutions::Institution;
use padan::platform::db::schema;
use reqwest::Response;
use serde_json::json;

use crate::support::lookups::{ELSEWHERE, OFFICE, person_id, person_nip};
use crate::support::{Actor, TestApp, location};

const NOW: &str = "2026-11-20T02:00:00Z";

/// A partner whose Annex gives some fields of the people of one institution.
pub struct Scene {
    pub app: TestApp,
    pub partner: Institution,
    pub agreement: Agreement,
    pub account: Account,
    pub pic: Actor,
}

impl Scene {
    pub async fn begin() -> Self {
        Self::begin_with(TestApp::start(NOW).await).await
    }

    pub async fn begin_with(app: TestApp) -> Self {
        padan::references::load_embedded(&mut app.db.connection().unwrap(), app.clock.now())
            .unwrap();
        let partner = app.partner("Badan Sandang Contoh");
        let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
        let fields = ["nip", "nama", "tanggal_lahir", "golongan_terakhir_id"];
        let people = json!({ "institutions": [OFFICE] });
        app.gives(&agreement, "profil-pns", &fields, &people);
        app.on_record(1, OFFICE);
        app.on_record(2, ELSEWHERE);
        let account = app.account(&partner, Role::Pic);
        let pic = app.sign_in(&account).await;
        Self {
            app,
            partner,
            agreement,
            account,
            pic,
        }
    }

    fn path(&self) -> String {
        format!("/pencarian/{}/profil-pns", self.agreement.id)
    }

    pub async fn look(&self, key: &str) -> Response {
        look(&self.pic, &self.path(), key).await
    }
}

pub async fn look(who: &Actor, path: &str, key: &str) -> Response {
    let fields = [("pegawai", key), ("keperluan", "Surat tugas 7/ST/2026")];
    who.post(path, &fields).await
}

#[actix_web::test]
async fn a_pic_finds_a_person_by_nip_and_by_id_in_any_notation() {
    let scene = Scene::begin().await;
    let id = person_id(1).to_lowercase();
    let parts = [&id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]];
    let nip = person_nip(1);
    for key in [nip.clone(), format!("'{nip}"), id.clone(), parts.join("-")] {
        let answer = scene.look(&key).await;
        assert_eq!(answer.status(), 200, "{key}");
        let page = answer.text().await.unwrap();
        for shown in [
            "Pegawai Rekaan 1",
            "12 Maret 1985",
            "IV/b",
            scene.agreement.bkn_number.as_str(),
            "Register ASN, Badan Kepegawaian Negara",
            scene.account.name.as_str(),
            "20 November 2026 pukul 09.00",
            "Surat tugas 7/ST/2026",
        ] {
            assert!(page.contains(shown), "{shown}");
        }
        assert!(!page.contains("081200000001"), "the number is not granted");
        assert!(!page.contains(&person_id(1)), "nor is the ID");
    }
    assert_eq!(scene.app.looks_kept(), [4, 4, 4, 4]);
    assert_eq!(scene.app.recorded("lookup."), ["lookup.answered"; 4]);
}

#[actix_web::test]
async fn what_was_given_of_whom_is_kept_as_a_disclosure() {
    let scene = Scene::begin().await;
    scene.look(&person_nip(1)).await;
    let conn = &mut *scene.app.db.connection().unwrap();
    let kept: (String, String, String, i64) = schema::disclosures::table
        .select((
            schema::disclosures::dataset,
            schema::disclosures::fields,
            schema::disclosures::via,
            schema::disclosures::people,
        ))
        .first(conn)
        .unwrap();
    let fields = r#"["nip","nama","tanggal_lahir","golongan_terakhir_id"]"#;
    let expected = ("profil-pns".to_owned(), fields.to_owned());
    assert_eq!((kept.0, kept.1), expected);
    assert_eq!((kept.2.as_str(), kept.3), ("look_up", 1));
    let whom: (String, String) = schema::disclosed_people::table
        .select((
            schema::disclosed_people::id_pns,
            schema::disclosed_people::nip,
        ))
        .first(conn)
        .unwrap();
    assert_eq!(whom, (person_id(1), person_nip(1)));
}

#[actix_web::test]
async fn whoever_is_outside_the_annex_is_not_found_as_if_they_did_not_exist() {
    let scene = Scene::begin().await;
    let mut answers = Vec::new();
    for key in [person_nip(2), person_nip(77), person_id(2), person_id(77)] {
        let answer = scene.look(&key).await;
        assert_eq!(answer.status(), 404);
        answers.push(answer.text().await.unwrap().replace(&key, "KUNCI"));
    }
    assert!(answers[0].contains("Tidak ditemukan"));
    assert!(!answers[0].contains("Rekaan"));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(scene.app.looks_kept(), [4, 0, 0, 0]);
    assert_eq!(scene.app.recorded("lookup."), ["lookup.not_found"; 4]);
}

#[actix_web::test]
async fn an_annex_that_names_nobody_gives_the_own_staff_alone() {
    let scene = Scene::begin().await;
    let silent = scene.app.sender("Instansi Pendiam");
    let agreement = scene.app.sending_agreement(&silent);
    scene
        .app
        .gives(&agreement, "profil-pns", &["nama"], &json!({}));
    let pic = scene.app.pic(&silent).await;
    let path = format!("/pencarian/{}/profil-pns", agreement.id);
    assert_eq!(look(&pic, &path, &person_nip(1)).await.status(), 200);
    assert_eq!(look(&pic, &path, &person_nip(2)).await.status(), 404);
}

#[actix_web::test]
async fn what_no_annex_grants_is_not_there_and_nothing_is_recorded() {
    let scene = Scene::begin().await;
    let other = scene.app.partner("Badan Tetangga");
    let theirs = scene.app.sending_agreement(&other);
    scene
        .app
        .gives(&theirs, "profil-pns", &["nama"], &json!({}));
    let before = scene.app.looks_kept();
    for path in [
        format!("/pencarian/{}/profil-pns", theirs.id),
        format!("/pencarian/{}/pensiun", scene.agreement.id),
        format!("/pencarian/{}/riwayat-kursus", scene.agreement.id),
        format!("/pencarian/{}/unit-kerja", scene.agreement.id),
    ] {
        assert_eq!(scene.pic.get(&path).await.status(), 404, "{path}");
        let answer = look(&scene.pic, &path, &person_nip(1)).await;
        assert_eq!(answer.status(), 404, "{path}");
    }
    assert_eq!(scene.app.looks_kept(), before);
}

#[actix_web::test]
async fn after_the_end_of_the_agreement_nothing_is_given() {
    let scene = Scene::begin().await;
    scene.app.at("2028-05-08T02:00:00Z");
    let pic = scene.app.sign_in(&scene.account).await;
    let answer = look(&pic, &scene.path(), &person_nip(1)).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("berakhir pada 7 Mei 2028"));
    assert_eq!(scene.app.looks_kept(), [0; 4]);
}

#[actix_web::test]
async fn a_number_that_cannot_be_is_told_beside_its_field_and_does_not_count() {
    let scene = Scene::begin().await;
    for (key, told) in [
        ("", "Isi NIP atau ID PNS."),
        ("19850312", "Tulis NIP dengan 18 angka"),
        ("1,98503E+17", "hilang di Excel"),
        ("198513122008011901", "tidak mungkin ada"),
        ("Siti", "32 karakter heksadesimal"),
    ] {
        let answer = scene.look(key).await;
        assert_eq!(answer.status(), 422, "{key}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(told), "{key}");
        assert!(page.contains(&format!("value=\"{key}\"")), "{key}");
    }
    let nip = person_nip(1);
    let fields = [("pegawai", nip.as_str()), ("keperluan", " ")];
    let answer = scene.pic.post(&scene.path(), &fields).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("Isi keperluan."));
    assert_eq!(scene.app.looks_kept(), [0; 4]);
}

#[actix_web::test]
async fn a_nip_does_not_go_into_the_purpose() {
    let scene = Scene::begin().await;
    let purpose = format!("Mutasi {}", person_nip(1));
    let fields = [("pegawai", &*person_nip(1)), ("keperluan", &*purpose)];
    let answer = scene.pic.post(&scene.path(), &fields).await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Hapus NIP dari isian ini")
    );
    assert_eq!(scene.app.looks_kept(), [0, 0, 0, 0]);
}

#[actix_web::test]
async fn several_records_of_a_person_are_all_shown() {
    let scene = Scene::begin().await;
    let head = ["id_pns", "jabatan", "tmt_jabatan", "nomor_sk"];
    let row = |post: &str, since: &str| {
        vec![
            person_id(1),
            post.to_owned(),
            since.to_owned(),
            "9/SK".to_owned(),
        ]
    };
    let rows = [
        row("Analis Contoh", "2019-03-01"),
        row("Perencana Contoh", "2023-04-01"),
    ];
    scene.app.extract("riwayat-jabatan-pns", &head, &rows);
    let people = json!({ "institutions": [OFFICE] });
    let fields = ["jabatan", "tmt_jabatan"];
    scene
        .app
        .gives(&scene.agreement, "riwayat-jabatan-pns", &fields, &people);
    let path = format!("/pencarian/{}/riwayat-jabatan-pns", scene.agreement.id);
    let page = look(&scene.pic, &path, &person_nip(1)).await;
    let page = page.text().await.unwrap();
    assert!(page.contains("Pegawai ditemukan dengan 2 catatan"));
    let (first, second) = (page.find("Analis Contoh"), page.find("Perencana Contoh"));
    assert!(first.unwrap() < second.unwrap());
    assert!(page.contains("1 April 2023") && !page.contains("9/SK"));
}

#[actix_web::test]
async fn one_data_set_is_opened_at_once_and_of_several_one_is_chosen() {
    let scene = Scene::begin().await;
    let answer = scene.pic.get("/pencarian").await;
    assert_eq!(location(&answer), scene.path());
    let people = json!({ "institutions": [OFFICE] });
    scene
        .app
        .gives(&scene.agreement, "pensiun", &["tmt_pensiun"], &people);
    let units = json!({});
    let fields = ["unit_kerja_id", "unit_kerja"];
    scene
        .app
        .gives(&scene.agreement, "unit-kerja", &fields, &units);
    let page = scene.pic.page("/pencarian").await;
    for address in [
        scene.path(),
        format!("/pencarian/{}/pensiun", scene.agreement.id),
        format!("/unit-kerja/{}", scene.agreement.id),
    ] {
        assert!(page.contains(&format!("href=\"{address}\"")), "{address}");
    }
    let bare = scene.app.pic(&scene.app.partner("Instansi Lain")).await;
    let page = bare.page("/pencarian").await;
    assert!(page.contains("Belum ada data yang dapat dicari"));
}

#[actix_web::test]
async fn the_history_tells_who_looked_and_never_whom_for() {
    let scene = Scene::begin().await;
    assert!(
        scene
            .pic
            .page("/pencarian/riwayat")
            .await
            .contains("belum pernah mencari")
    );
    scene.look(&person_nip(1)).await;
    scene.look(&person_nip(2)).await;
    let observer = scene.app.account(&scene.partner, Role::Observer);
    let observer = scene.app.sign_in(&observer).await;
    let answer = observer.get("/pencarian").await;
    assert_eq!(location(&answer), "/pencarian/riwayat");
    for who in [&scene.pic, &observer] {
        let page = who.page("/pencarian/riwayat").await;
        assert!(page.contains("2 pencarian oleh instansi Anda"));
        assert!(page.contains(&scene.account.name));
        assert!(page.contains("Tidak ditemukan") && page.contains("Surat tugas 7/ST/2026"));
        assert!(!page.contains(&person_nip(1)) && !page.contains("Rekaan"));
    }
    let other = scene.app.pic(&scene.app.partner("Badan Tetangga")).await;
    let page = other.page("/pencarian/riwayat").await;
    assert!(page.contains("belum pernah mencari") && !page.contains(&scene.account.name));
}
