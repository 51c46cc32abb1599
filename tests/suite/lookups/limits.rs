//! How often one may look, and who may not while access is stopped.

use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::config::{LookupConfig, Quota};
use padan::platform::db::schema;
use padan::routes::table;
use serde_json::json;

use super::{NOW, Scene, look};
use crate::support::TestApp;
use crate::support::duties::form_key;
use crate::support::lookups::{OFFICE, person_nip};

async fn limited(account: (u32, u32), institution: (u32, u32)) -> Scene {
    let quota = |(per_hour, per_day)| Quota { per_hour, per_day };
    let set = LookupConfig {
        account: quota(account),
        institution: quota(institution),
    };
    let app = TestApp::start_with(NOW, |config| config.lookups = set).await;
    Scene::begin_with(app).await
}

#[actix_web::test]
async fn an_account_waits_when_its_hour_is_used_up_whether_it_found_anybody_or_not() {
    let scene = limited((3, 9), (90, 90)).await;
    for n in [1, 2, 77] {
        scene.look(&person_nip(n)).await;
        let minute = n % 50;
        scene.app.at(&format!("2026-11-20T02:{minute:02}:00Z"));
    }
    scene.app.at("2026-11-20T02:30:00Z");
    let answer = scene.look(&person_nip(1)).await;
    assert_eq!(answer.status(), 429);
    // The first was at nine o'clock in Jakarta; it is half past now.
    assert_eq!(answer.headers()["retry-after"], "1801");
    let page = answer.text().await.unwrap();
    assert!(page.contains("3 kali per jam"));
    assert!(page.contains("hari ini pukul 10.00"));
    assert!(!page.contains("Rekaan"));
    for kept in [&person_nip(1), "Surat tugas 7/ST/2026"] {
        assert!(page.contains(&format!("value=\"{kept}\"")), "{kept}");
    }
    assert_eq!(scene.app.looks_kept(), [4, 1, 1, 1]);
    assert_eq!(scene.app.recorded("lookup.refused").len(), 1);
    let history = scene.pic.page("/pencarian/riwayat").await;
    assert!(history.contains("Ditolak, batas tercapai"));
    let staff = scene.app.staff(Role::Verifier).await;
    let usage = staff.page("/pencarian-mitra").await;
    assert!(usage.contains("Melewati batas"), "{usage}");
    // The form and the rest of the portal stay open.
    scene.pic.page(&scene.path()).await;
    scene.app.at("2026-11-20T02:59:30Z");
    scene.pic.page("/beranda").await;
    scene.app.at("2026-11-20T03:00:01Z");
    assert_eq!(scene.look(&person_nip(1)).await.status(), 200);
}

#[actix_web::test]
async fn the_accounts_of_an_institution_share_its_limit_and_others_do_not() {
    let scene = limited((9, 9), (9, 2)).await;
    let colleague = scene.app.account(&scene.partner, Role::LeadPic);
    let colleague = scene.app.sign_in(&colleague).await;
    assert_eq!(scene.look(&person_nip(1)).await.status(), 200);
    let second = look(&colleague, &scene.path(), &person_nip(2)).await;
    assert_eq!(second.status(), 404);
    let third = look(&colleague, &scene.path(), &person_nip(1)).await;
    assert_eq!(third.status(), 429);
    assert!(
        third
            .text()
            .await
            .unwrap()
            .contains("seluruh akun satu instansi")
    );
    let other = scene.app.partner("Badan Tetangga");
    let agreement = scene.app.sending_agreement(&other);
    let people = json!({ "institutions": [OFFICE] });
    scene
        .app
        .gives(&agreement, "profil-pns", &["nama"], &people);
    let pic = scene.app.pic(&other).await;
    let path = format!("/pencarian/{}/profil-pns", agreement.id);
    assert_eq!(look(&pic, &path, &person_nip(1)).await.status(), 200);
}

#[actix_web::test]
async fn nobody_passes_a_limit_by_asking_many_times_at_once() {
    let scene = limited((90, 90), (3, 90)).await;
    let nips: Vec<String> = (1..=8).map(|n| person_nip(n + 60)).collect();
    let all = nips.iter().map(|nip| scene.look(nip));
    let answers = futures_util::future::join_all(all).await;
    let of = |status: u16| answers.iter().filter(|it| it.status() == status).count();
    assert_eq!((of(404), of(429)), (3, 5));
}

#[actix_web::test]
async fn searches_for_units_are_limited_too_and_counted_apart() {
    let scene = limited((1, 1), (9, 9)).await;
    let fields = ["unit_kerja_id", "unit_kerja"];
    let people = json!({ "institutions": [OFFICE] });
    scene
        .app
        .gives(&scene.agreement, "unit-kerja", &fields, &people);
    let path = format!("/unit-kerja/{}", scene.agreement.id);
    assert_eq!(scene.look(&person_nip(1)).await.status(), 200);
    for _ in 0..10 {
        scene.pic.page(&path).await;
    }
    let answer = scene.pic.get(&path).await;
    assert_eq!(answer.status(), 429);
    assert!(answer.text().await.unwrap().contains("10 kali per jam"));
    assert_eq!(scene.look(&person_nip(1)).await.status(), 429);
}

#[actix_web::test]
async fn bkn_sees_who_looks_much_and_finds_little() {
    let scene = Scene::begin().await;
    let admin = scene.app.staff(Role::Admin).await;
    let empty = admin.page("/pencarian-mitra").await;
    assert!(empty.contains("Belum ada pencarian dalam tujuh hari"));
    for n in 0..10 {
        let key = if n < 6 { 1 } else { 70 + n };
        scene.look(&person_nip(key)).await;
    }
    let page = admin.page("/pencarian-mitra").await;
    assert!(page.contains("Badan Sandang Contoh"));
    assert!(page.contains("4 (40%)") && page.contains("Banyak tidak ditemukan"));
    scene.app.at("2026-11-22T02:00:00Z");
    let verifier = scene.app.staff(Role::Verifier).await;
    let page = verifier.page("/pencarian-mitra").await;
    assert!(page.contains("Wajar") && !page.contains("Banyak tidak ditemukan"));
}

async fn stop(scene: &Scene) {
    scene.app.delivery(&scene.agreement, "2026-04-28");
    let admin = scene.app.staff(Role::Admin).await;
    let key = form_key();
    let fields = [
        ("nota", "12/ND/2026"),
        ("alasan", ""),
        ("catatan", ""),
        ("setuju", "ya"),
        ("kunci", key.as_str()),
    ];
    let path = format!("/perjanjian/{}/penghentian", scene.agreement.id);
    assert_eq!(admin.post(&path, &fields).await.status(), 303);
}

/// Every way by which BKN's data leave, and nothing else, is shut; the answer
/// says why, by which article, and what gives access back.
#[actix_web::test]
async fn while_access_is_stopped_no_way_out_is_open() {
    let scene = Scene::begin().await;
    let people = json!({ "institutions": [OFFICE] });
    scene
        .app
        .gives(&scene.agreement, "unit-kerja", &["unit_kerja"], &people);
    let id = scene.agreement.id.to_string();
    let ways: Vec<_> = table().into_iter().filter(|way| way.gives_data).collect();
    assert!(ways.len() >= 4);
    stop(&scene).await;
    let before = scene.app.looks_kept();
    for way in ways {
        assert!(way.path.contains("{agreement}"), "{}", way.path);
        let path = way.path.replace("{agreement}", &id);
        let path = path.replace("{dataset}", "profil-pns");
        let answer = match way.method.as_str() {
            "GET" => scene.pic.get(&path).await,
            _ => look(&scene.pic, &path, &person_nip(1)).await,
        };
        assert_eq!(answer.status(), 403, "{path}");
        let page = answer.text().await.unwrap();
        for told in [
            "Akses data dihentikan sementara sejak 20 November 2026",
            "Pasal 4 ayat (1) huruf b",
            "Syarat pemulihan",
            "href=\"/pengiriman/baru\"",
        ] {
            assert!(page.contains(told), "{path}: {told}");
        }
        assert!(!page.contains("Rekaan"), "{path}");
    }
    assert_eq!(scene.app.looks_kept(), before);
    scene.pic.page("/pencarian/riwayat").await;
    scene.pic.page("/pengiriman/baru").await;
    diesel::update(schema::suspensions::table)
        .set(schema::suspensions::ended_at.eq(scene.app.clock.now()))
        .execute(&mut *scene.app.db.connection().unwrap())
        .unwrap();
    assert_eq!(scene.look(&person_nip(1)).await.status(), 200);
}

/// Else a new page with looks in its address could forget the gate.
#[test]
fn every_page_that_lets_data_of_the_register_out_is_behind_the_gate() {
    let one = "/data-bkn/{agreement}/{publication}";
    let letting = [
        "/pencarian/{agreement}",
        "/unit-kerja/",
        &format!("{one}/berkas"),
        &format!("{one}/terima"),
    ];
    for entry in table() {
        let lets = letting.iter().any(|path| entry.path.starts_with(path));
        assert_eq!(entry.gives_data, lets, "{}", entry.path);
    }
}

#[actix_web::test]
async fn another_institutions_stopped_access_tells_nobody_anything() {
    let scene = Scene::begin().await;
    stop(&scene).await;
    let other = scene.app.pic(&scene.app.partner("Badan Tetangga")).await;
    assert_eq!(other.get(&scene.path()).await.status(), 404);
}
