//! To whom a person's data went, through HTTP.

use diesel::prelude::*;
use padan::accounts::Role;
use padan::disclosures::{
    self, Access, AccessForm, AccessId, DisclosedPerson, Disclosure, DisclosureId, FieldNames, Via,
};
use padan::platform::db::{DbConn, schema, transaction};
use reqwest::Response;

use crate::lookups::Scene;
use crate::support::lookups::{person_id, person_nip};
use crate::support::{Actor, moment};

async fn ask(who: &Actor, path: &str, key: &str, days: (&str, &str)) -> Response {
    let fields = [
        ("pegawai", key),
        ("dari", days.0),
        ("sampai", days.1),
        ("alasan", "Laporan insiden 3/2026"),
    ];
    who.post(path, &fields).await
}

async fn asked(who: &Actor, key: &str, days: (&str, &str)) -> String {
    let answer = ask(who, "/pengungkapan", key, days).await;
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

/// A delivery in which somebody was under another NIP, fetched or not.
fn delivered(scene: &Scene, n: usize, nip: &str, made: &str, fetched: Option<&str>) {
    let conn = &mut *scene.app.db.connection().unwrap();
    insert(conn, scene, (n, nip), (made, fetched));
}

fn insert(
    conn: &mut DbConn,
    scene: &Scene,
    (n, nip): (usize, &str),
    (made, fetched): (&str, Option<&str>),
) {
    let id = DisclosureId::generate();
    let disclosure = Disclosure {
        id,
        agreement_id: scene.agreement.id,
        dataset: "pensiun".to_owned(),
        fields: FieldNames(vec!["nip".to_owned(), "tmt_pensiun".to_owned()]),
        via: Via::Delivery,
        people: 1,
        made_at: moment(made),
        withdrawn_at: None,
    };
    disclosures::insert(conn, &disclosure).unwrap();
    let person = DisclosedPerson {
        disclosure_id: id,
        id_pns: person_id(n),
        nip: nip.to_owned(),
    };
    disclosures::add_people(conn, &[person]).unwrap();
    if let Some(at) = fetched {
        let access = Access {
            id: AccessId::generate(),
            disclosure_id: id,
            account_id: scene.account.id,
            form: AccessForm::Xlsx,
            at: moment(at),
        };
        disclosures::note_access(conn, &access).unwrap();
    }
}

const OLD_NIP: &str = "198503122008012888";

#[actix_web::test]
async fn everything_that_left_about_a_person_is_told_by_either_number() {
    let scene = Scene::begin().await;
    scene.look(&person_nip(1)).await;
    delivered(
        &scene,
        1,
        OLD_NIP,
        "2026-03-02T02:00:00Z",
        Some("2026-03-04T03:30:00Z"),
    );
    delivered(&scene, 1, OLD_NIP, "2026-02-02T02:00:00Z", None);
    delivered(&scene, 9, &person_nip(9), "2026-03-02T02:00:00Z", None);
    let admin = scene.app.staff(Role::Admin).await;
    for key in [
        person_nip(1),
        OLD_NIP.to_owned(),
        person_id(1).to_lowercase(),
    ] {
        let page = asked(&admin, &key, ("", "")).await;
        assert!(page.contains("2 kali diambil instansi mitra"), "{key}");
        assert!(page.contains("1 kali tersedia dan belum diambil"), "{key}");
        for told in [
            "Badan Sandang Contoh",
            scene.agreement.bkn_number.as_str(),
            "Pencarian",
            "Penyerahan data",
            "TMT pensiun",
            "4 Maret 2026 pukul 10.30",
            "belum diambil",
            scene.account.name.as_str(),
        ] {
            assert!(page.contains(told), "{key}: {told}");
        }
    }
}

#[actix_web::test]
async fn what_bkn_took_back_before_anybody_fetched_it_went_to_nobody() {
    let scene = Scene::begin().await;
    let nip = person_nip(1);
    delivered(&scene, 1, &nip, "2026-03-02T02:00:00Z", None);
    let conn = &mut *scene.app.db.connection().unwrap();
    let id: DisclosureId = schema::disclosures::table
        .select(schema::disclosures::id)
        .first(conn)
        .unwrap();
    disclosures::withdraw(conn, id, moment("2026-03-03T02:00:00Z")).unwrap();
    let admin = scene.app.staff(Role::Admin).await;
    let page = asked(&admin, &nip, ("", "")).await;
    assert!(page.contains("belum pernah diambil instansi mitra"));
    assert!(page.contains("1 kali ditarik BKN sebelum diambil"));
    assert!(!page.contains("tersedia dan belum diambil"));
    let file = ask(&admin, "/pengungkapan/unduh", &nip, ("", "")).await;
    let file = file.text().await.unwrap();
    assert!(file.trim_end().ends_with(";Ditarik BKN sebelum diambil"));
}

#[actix_web::test]
async fn an_auditor_traces_too_and_that_is_recorded() {
    let scene = Scene::begin().await;
    scene.look(&person_nip(1)).await;
    let auditor = scene.app.staff(Role::Auditor).await;
    let page = asked(&auditor, &person_nip(1), ("", "")).await;
    assert!(page.contains("1 kali diambil instansi mitra"));
    assert_eq!(scene.app.recorded("disclosure."), ["disclosure.traced"]);
    assert!(auditor.page("/register").await.contains("/pengungkapan"));
}

#[actix_web::test]
async fn a_nip_does_not_go_into_the_reason() {
    let scene = Scene::begin().await;
    let admin = scene.app.staff(Role::Admin).await;
    let (nip, reason) = (person_nip(1), format!("Laporan tentang {}", person_nip(1)));
    let fields = [("pegawai", &*nip), ("alasan", &*reason)];
    let answer = admin.post("/pengungkapan", &fields).await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Hapus NIP dari isian ini")
    );
    assert!(scene.app.recorded("disclosure.").is_empty());
}

#[actix_web::test]
async fn a_period_keeps_what_was_given_or_fetched_in_it() {
    let scene = Scene::begin().await;
    let nip = person_nip(1);
    delivered(
        &scene,
        1,
        &nip,
        "2026-03-02T02:00:00Z",
        Some("2026-06-04T03:30:00Z"),
    );
    delivered(&scene, 1, &nip, "2026-02-02T02:00:00Z", None);
    let admin = scene.app.staff(Role::Admin).await;
    for (days, told) in [
        (("2026-02-02", "2026-02-02"), "belum pernah diambil"),
        (("2026-02-02", "2026-03-02"), "1 kali diambil"),
        (("2026-06-01", ""), "1 kali diambil"),
        (("2026-06-05", ""), "Tidak ada data pegawai ini"),
        (("", "2026-02-01"), "Tidak ada data pegawai ini"),
    ] {
        assert!(asked(&admin, &nip, days).await.contains(told), "{days:?}");
    }
}

#[actix_web::test]
async fn the_file_has_a_row_for_each_fetch() {
    let scene = Scene::begin().await;
    scene.look(&person_nip(1)).await;
    delivered(&scene, 1, OLD_NIP, "2026-03-02T02:00:00Z", None);
    let admin = scene.app.staff(Role::Admin).await;
    let answer = ask(&admin, "/pengungkapan/unduh", &person_id(1), ("", "")).await;
    assert_eq!(answer.status(), 200);
    let file = answer.text().await.unwrap();
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("\u{feff}tersedia_sejak_wib;instansi;"));
    assert!(lines[1].contains(";Pencarian;") && lines[1].ends_with(";Halaman;Diambil"));
    assert_eq!(
        lines[2],
        format!(
            "2026-03-02 09:00:00;Badan Sandang Contoh;{};pensiun;\
             nip tmt_pensiun;Penyerahan data;{OLD_NIP};;;;Belum diambil",
            scene.agreement.bkn_number
        )
    );
}

#[actix_web::test]
async fn looking_is_recorded_without_the_number_and_needs_a_reason() {
    let scene = Scene::begin().await;
    let admin = scene.app.staff(Role::Admin).await;
    let nip = person_nip(1);
    let without = [
        ("pegawai", nip.as_str()),
        ("dari", "2026-02-30"),
        ("alasan", ""),
    ];
    let answer = admin.post("/pengungkapan", &without).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Isi alasan penelusuran.") && page.contains("tidak ada dalam kalender"));
    assert!(page.contains(&format!("value=\"{nip}\"")));
    assert!(scene.app.recorded("disclosure.").is_empty());
    asked(&admin, &nip, ("", "")).await;
    ask(&admin, "/pengungkapan/unduh", "F489", ("", "")).await;
    ask(&admin, "/pengungkapan/unduh", &nip, ("", "")).await;
    let recorded = scene.app.recorded("disclosure.");
    assert_eq!(
        recorded,
        ["disclosure.traced", "disclosure.trace_downloaded"]
    );
    let page = admin.page("/pengungkapan").await;
    assert!(page.contains("Laporan insiden 3/2026") && page.contains("0 pengungkapan"));
    assert!(!page.contains(&nip));
    let details: Vec<String> = schema::audit_events::table
        .select(schema::audit_events::detail)
        .load(&mut *scene.app.db.connection().unwrap())
        .unwrap();
    assert!(details.iter().all(|detail| !detail.contains(&nip)));
}

#[actix_web::test]
async fn a_person_with_a_thousand_disclosures_costs_as_many_statements_as_one_with_few() {
    let scene = Scene::begin().await;
    let admin = scene.app.staff(Role::Admin).await;
    let nip = person_nip(1);
    let fetched = Some("2026-03-04T03:30:00Z");
    delivered(&scene, 1, &nip, "2026-03-02T02:00:00Z", fetched);
    let statements = scene.app.statements();
    let before = statements.so_far();
    asked(&admin, &nip, ("", "")).await;
    let few = statements.so_far() - before;
    let mut conn = scene.app.db.connection().unwrap();
    transaction(&mut conn, |conn| {
        for _ in 0..999 {
            insert(conn, &scene, (1, &nip), ("2026-03-02T02:00:00Z", fetched));
        }
        diesel::QueryResult::Ok(())
    })
    .unwrap();
    let before = statements.so_far();
    let page = asked(&admin, &nip, ("", "")).await;
    assert_eq!(statements.so_far() - before, few);
    assert!(page.contains("1.000 kali diambil"));
}
