//! Bringing extracts into the register by BKN's pages.

use crate::register::{id, nip};
use crate::support::duties::form_key;
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema::{files, jobs, register_imports, register_people};
use reqwest::Response;

const NOW: &str = "2026-11-20T02:00:00Z";
pub const HEAD: &str = "id_pns,nip,nama,instansi_induk_id";

pub fn person(n: usize) -> String {
    format!("{},{},Pegawai Contoh {n},{}", id(n), nip(n), id(501))
}

pub fn extract(rows: impl IntoIterator<Item = String>) -> String {
    let rows: Vec<String> = rows.into_iter().collect();
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

pub async fn send(admin: &Actor, dataset: &str, content: &str) -> Response {
    send_as(admin, dataset, content, &form_key()).await
}

pub async fn send_as(admin: &Actor, dataset: &str, content: &str, key: &str) -> Response {
    let fields = [("kunci", key), ("jenis", dataset), ("per", "2026-11-01")];
    let content = content.as_bytes().to_vec();
    admin
        .upload("/register/muat", "profil.csv", content, &fields)
        .await
}

pub fn people(app: &TestApp) -> i64 {
    let conn = &mut *app.db.connection().unwrap();
    register_people::table.count().get_result(conn).unwrap()
}

pub fn stored_files(app: &TestApp) -> usize {
    let folder = app.parts.config.storage.data_dir.join("files");
    std::fs::read_dir(folder).unwrap().count()
}

#[actix_web::test]
async fn an_uploaded_extract_is_imported_and_reported_and_its_file_removed() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    assert!(
        admin
            .page("/register")
            .await
            .contains("Register ASN masih kosong")
    );
    let mut rows: Vec<String> = (1..=4).map(person).collect();
    rows.push(person(5).replace(&nip(5), "1.96907E+17"));
    let sent = send(&admin, "profil-pns", &extract(rows)).await;
    assert_eq!(sent.status(), 303);
    let place = location(&sent);
    let page = admin.page(&place).await;
    assert!(page.contains("Data sedang dimuat ke register") && page.contains("Menunggu giliran"));
    app.work().await;
    let page = admin.page(&place).await;
    assert!(
        page.contains("5 baris dibaca, 4 memperbarui register"),
        "{page}"
    );
    assert!(page.contains("NIP tidak sah"), "{page}");
    assert!(page.contains("1 November 2026"), "{page}");
    let list = admin.page("/register").await;
    assert!(
        list.contains("Register memuat 4 ASN") && list.contains("profil.csv"),
        "{list}"
    );
    assert_eq!((people(&app), stored_files(&app)), (4, 0));
    let kept: i64 = files::table
        .count()
        .get_result(&mut *app.db.connection().unwrap())
        .unwrap();
    assert_eq!(kept, 0);
}

#[actix_web::test]
async fn the_rejected_rows_are_downloaded_by_an_admin_and_that_is_recorded() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let bad = person(2).replace(&nip(2), "12345");
    let place = location(&send(&admin, "profil-pns", &extract([person(1), bad])).await);
    app.work().await;
    let download = format!("{place}/tidak-dimuat");
    let told = admin.page(&download).await;
    assert!(told.ends_with("3;nip;NIP tidak sah;12345\n"), "{told}");
    assert_eq!(app.audited("register.rejects_downloaded").len(), 1);
    let auditor = app.staff(Role::Auditor).await;
    assert!(!auditor.page(&place).await.contains("tidak-dimuat"));
    assert_eq!(auditor.get(&download).await.status(), 403);
    assert_eq!(app.audited("register.rejects_downloaded").len(), 1);
}

#[actix_web::test]
async fn only_an_admin_of_bkn_brings_extracts_in() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let place = location(&send(&admin, "profil-pns", &extract([person(1)])).await);
    let pic = app.pic(&app.partner("Lembaga Contoh")).await;
    for path in [
        "/register",
        "/register/muat",
        &place,
        &format!("{place}/kemajuan"),
    ] {
        assert_eq!(pic.get(path).await.status(), 403, "{path}");
    }
    for actor in [&pic, &app.staff(Role::Verifier).await] {
        let sent = send(actor, "profil-pns", &extract([person(2)])).await;
        assert_eq!(sent.status(), 403);
        let cancelled = actor.post(&format!("{place}/batal"), &[]).await;
        assert_eq!(cancelled.status(), 403);
    }
    app.work().await;
    assert_eq!((people(&app), stored_files(&app)), (1, 0));
}

#[actix_web::test]
async fn a_file_that_cannot_be_imported_is_refused_at_once_with_what_is_wrong() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let units = format!(
        "instansi_kerja_id,instansi,unit_kerja_id,unit_kerja,unor_induk\n{},,{},Biro Contoh,\n",
        id(501),
        id(1)
    );
    let cases = [
        (
            "profil-pns",
            "id_pns,nama\nA,B\n",
            "kolom wajib: nip, instansi_induk_id",
        ),
        ("profil-pns", &units, "cocok dengan"),
        ("profil-pns", "PK\u{3}\u{4}lembar", "lembar kerja Excel"),
        ("profil-pns", "i\0d\0_\0p\0n\0s\0", "bukan teks UTF-8"),
        ("profil-pns", "", "Pilih berkas CSV"),
        ("tidak-ada", "id_pns\nA\n", "Pilih set data"),
    ];
    for (dataset, content, said) in cases {
        let answer = send(&admin, dataset, content).await;
        assert_eq!(answer.status(), 422, "{said}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(stored_files(&app), 0);
    let conn = &mut *app.db.connection().unwrap();
    assert_eq!(register_imports::table.count().get_result(conn), Ok(0_i64));
}

#[actix_web::test]
async fn a_form_sent_twice_makes_one_import_and_the_same_file_is_named() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let (first, key) = (extract([person(1)]), form_key());
    let place = location(&send_as(&admin, "profil-pns", &first, &key).await);
    let again = send_as(&admin, "profil-pns", &first, &key).await;
    assert_eq!(location(&again), place);
    let open = send(&admin, "profil-pns", &first).await;
    assert_eq!(location(&open), place);
    assert!(
        admin
            .page(&place)
            .await
            .contains("Berkas yang sama sedang dimuat")
    );
    app.work().await;
    let same = send(&admin, "profil-pns", &first).await;
    assert_eq!(same.status(), 422);
    assert!(
        same.text()
            .await
            .unwrap()
            .contains("sama dengan profil.csv, yang terakhir dimuat")
    );
    location(&send(&admin, "profil-pns", &extract([person(2)])).await);
    app.work().await;
    let back = location(&send(&admin, "profil-pns", &first).await);
    assert!(
        admin
            .page(&back)
            .await
            .contains("register akan kembali ke isinya")
    );
    app.work().await;
    assert_eq!((people(&app), stored_files(&app)), (2, 0));
}

#[actix_web::test]
async fn an_import_that_is_cancelled_ends_and_its_file_goes() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let place = location(&send(&admin, "profil-pns", &extract([person(1)])).await);
    assert_eq!(
        admin.post(&format!("{place}/batal"), &[]).await.status(),
        303
    );
    app.work().await;
    let page = admin.page(&place).await;
    assert!(page.contains("Dibatalkan setelah 0 baris"), "{page}");
    assert_eq!((people(&app), stored_files(&app)), (0, 0));
    let late = admin.post(&format!("{place}/batal"), &[]).await;
    assert_eq!(late.status(), 409);
    assert_eq!(app.audited("register.import_cancelled").len(), 1);
    let ended = admin.page("/register?keadaan=berhenti").await;
    assert!(ended.contains(&place) && ended.contains("Dibatalkan"));
    assert!(
        !admin
            .page("/register?keadaan=selesai")
            .await
            .contains(&place)
    );
}

#[actix_web::test]
async fn an_import_that_broke_off_is_taken_up_again() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let place = location(&send(&admin, "profil-pns", &extract((1..=3).map(person))).await);
    assert_eq!(
        admin
            .post(&format!("{place}/lanjutkan"), &[])
            .await
            .status(),
        409
    );
    let broken = padan::platform::config::StorageConfig {
        program: "/bin/false".into(),
        ..app.parts.config.storage.clone()
    };
    for minute in 0..3 {
        app.at(&format!("2026-11-20T02:{:02}:00Z", minute + 1));
        let done = padan::register::jobs::import_next(&app.db, &app.clock, &broken).await;
        assert!(done.unwrap());
    }
    let page = admin.page(&place).await;
    assert!(page.contains("Terputus setelah 0 baris"), "{page}");
    assert_eq!(app.audited("register.import_failed").len(), 1);
    assert_eq!(
        admin
            .post(&format!("{place}/lanjutkan"), &[])
            .await
            .status(),
        303
    );
    app.work().await;
    assert!(admin.page(&place).await.contains("Semua baris dimuat"));
    assert_eq!((people(&app), stored_files(&app)), (3, 0));
    let conn = &mut *app.db.connection().unwrap();
    let open = jobs::table
        .filter(jobs::finished_at.is_null())
        .filter(jobs::failed_at.is_null());
    assert_eq!(open.count().get_result(conn), Ok(0_i64));
}

#[actix_web::test]
async fn what_is_not_there_is_not_found() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let nowhere = "/register/muat/00000000-0000-7000-8000-000000000000";
    for path in ["", "/kemajuan", "/tidak-dimuat"] {
        assert_eq!(admin.get(&format!("{nowhere}{path}")).await.status(), 404);
    }
    for path in ["/batal", "/lanjutkan"] {
        assert_eq!(
            admin.post(&format!("{nowhere}{path}"), &[]).await.status(),
            404
        );
    }
}
