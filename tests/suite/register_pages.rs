//! Bringing extracts into the register by BKN's pages.

use crate::register::{id, nip};
use crate::support::duties::form_key;
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema::{files, jobs, register_imports, register_people};
use reqwest::Response;

const NOW: &str = "2026-11-20T02:00:00Z";
const HEAD: &str = "id_pns,nip,nama,instansi_induk_id";

fn person(n: usize) -> String {
    format!("{},{},Pegawai Contoh {n},{}", id(n), nip(n), id(501))
}

fn extract(rows: impl IntoIterator<Item = String>) -> String {
    let rows: Vec<String> = rows.into_iter().collect();
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

async fn send(admin: &Actor, dataset: &str, content: &str) -> Response {
    send_as(admin, dataset, content, &form_key()).await
}

async fn send_as(admin: &Actor, dataset: &str, content: &str, key: &str) -> Response {
    let fields = [("kunci", key), ("jenis", dataset), ("per", "2026-11-01")];
    let content = content.as_bytes().to_vec();
    admin
        .upload("/register/muat", "profil.csv", content, &fields)
        .await
}

fn people(app: &TestApp) -> i64 {
    let conn = &mut *app.db.connection().unwrap();
    register_people::table.count().get_result(conn).unwrap()
}

fn stored_files(app: &TestApp) -> usize {
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
        ("tidak-ada", "id_pns\nA\n", "Pilih jenis data"),
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

#[actix_web::test]
async fn a_file_that_has_them_all_takes_the_others_out_and_says_so() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    send(&admin, "profil-pns", &extract((1..=3).map(person))).await;
    app.work().await;
    let key = form_key();
    let fields = [
        ("kunci", &*key),
        ("jenis", "profil-pns"),
        ("per", "2026-11-01"),
        ("seluruh", "ya"),
    ];
    let bad = person(2).replace(&id(2), "F489");
    let content = extract([person(1), bad]).into_bytes();
    let damaged = admin.upload("/register/muat", "a.csv", content, &fields);
    let place = location(&damaged.await);
    app.work().await;
    let page = admin.page(&place).await;
    assert!(page.contains("Tidak ada data yang dihapus"), "{page}");
    assert_eq!(people(&app), 3);
    let key = form_key();
    let fields = [("kunci", &*key), fields[1], fields[2], fields[3]];
    let content = extract([person(1)]).into_bytes();
    let whole = admin.upload("/register/muat", "b.csv", content, &fields);
    let place = location(&whole.await);
    app.work().await;
    let page = admin.page(&place).await;
    assert!(page.contains("<dt>Dihapus</dt><dd>2</dd>"), "{page}");
    assert!(page.contains("memuat seluruh data"), "{page}");
    assert_eq!(people(&app), 1);
}

#[actix_web::test]
async fn a_file_is_wanted_again_after_another_wrote_into_the_register() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let first = extract([person(1)]);
    location(&send(&admin, "profil-pns", &first).await);
    app.work().await;
    app.at("2026-11-20T02:10:00Z");
    let wrong = extract([person(1).replace("Contoh", "Keliru"), person(2)]);
    let place = location(&send(&admin, "profil-pns", &wrong).await);
    // Nothing stands still while another waits.
    let open = send(&admin, "profil-pns", &first).await;
    assert_eq!(open.status(), 303);
    let open = location(&open);
    admin.post(&format!("{open}/batal"), &[]).await;
    app.work().await;
    // As it stands when somebody ends it before its last row.
    let conn = &mut *app.db.connection().unwrap();
    let id = place.rsplit('/').next().unwrap();
    let id = padan::register::RegisterImportId::try_from(id.to_owned()).unwrap();
    diesel::update(register_imports::table.find(id))
        .set((
            register_imports::finished_at.eq(None::<padan::platform::clock::Moment>),
            register_imports::failure.eq("cancelled"),
        ))
        .execute(conn)
        .unwrap();
    assert_eq!(send(&admin, "profil-pns", &first).await.status(), 303);
}

#[actix_web::test]
async fn an_extract_of_an_earlier_day_is_taken_only_on_purpose() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    location(&send(&admin, "profil-pns", &extract([person(1)])).await);
    app.work().await;
    let key = form_key();
    let fields = [
        ("kunci", &*key),
        ("jenis", "profil-pns"),
        ("per", "2026-06-01"),
    ];
    let older = || extract([person(2)]).into_bytes();
    let sent = admin.upload("/register/muat", "juni.csv", older(), &fields);
    let sent = sent.await;
    assert_eq!(sent.status(), 422);
    let page = sent.text().await.unwrap();
    assert!(page.contains("1 November 2026") && page.contains("name=\"lama\""));
    assert_eq!(stored_files(&app), 0);
    let key = form_key();
    let fields = [("kunci", &*key), fields[1], fields[2], ("lama", "ya")];
    let sent = admin.upload("/register/muat", "juni.csv", older(), &fields);
    assert_eq!(sent.await.status(), 303);
}

#[actix_web::test]
async fn a_quote_that_is_not_closed_is_the_files_fault() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let long = "x".repeat(2 * 1024 * 1024);
    let cases = [
        (format!("\"id_pns,nip,nama\n{long}"), "tanda kutip"),
        (format!("{HEAD}\n{},\"{long}", id(1)), "tanda kutip"),
        (format!("{HEAD}\n\n"), "hanya memuat judul kolom"),
    ];
    for (content, said) in cases {
        let answer = send(&admin, "profil-pns", &content).await;
        assert_eq!(answer.status(), 422, "{said}");
        assert!(answer.text().await.unwrap().contains(said), "{said}");
    }
    let late = format!("{}{},\"{long}", extract([person(1)]), id(2));
    let place = location(&send(&admin, "profil-pns", &late).await);
    app.work().await;
    let page = admin.page(&place).await;
    assert!(page.contains("Berkas tidak terbaca"), "{page}");
    assert!(page.contains("tanda kutip"), "{page}");
    assert_eq!((people(&app), stored_files(&app)), (0, 0));
}

#[actix_web::test]
async fn a_nul_in_a_cell_is_a_fault_of_its_row() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let bad = person(2).replace("Contoh", "Con\0toh");
    let file = extract([person(1), bad, person(3)]);
    let place = location(&send(&admin, "profil-pns", &file).await);
    app.work().await;
    let page = admin.page(&place).await;
    assert!(page.contains("3 baris dibaca, 2 memperbarui"), "{page}");
    let told = admin.page(&format!("{place}/tidak-dimuat")).await;
    assert!(told.contains("3;nama;Isian memuat karakter kosong (NUL);Pegawai Contoh 2"));
}

/// Makes a file look as if it lay there since days ago.
fn age(path: &std::path::Path, days: u64) {
    let then = std::time::SystemTime::now() - std::time::Duration::from_secs(days * 24 * 3_600);
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(then).unwrap();
}

#[actix_web::test]
async fn content_that_no_row_knows_goes_after_a_day_and_nothing_else() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    location(&send(&admin, "profil-pns", &extract([person(1)])).await);
    let folder = app.parts.config.storage.data_dir.join("files");
    let waiting = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    age(&waiting.path(), 3);
    let unknown = |n: u8| folder.join(format!("00000000-0000-7000-8000-{n:012}"));
    for n in [1, 2] {
        std::fs::write(unknown(n), "sisa").unwrap();
    }
    let part = folder.join("sisa.part");
    std::fs::write(&part, "sisa").unwrap();
    age(&unknown(1), 2);
    age(&part, 2);
    let conn = &mut *app.db.connection().unwrap();
    padan::platform::files::clear_unknown(conn, &app.parts.files).unwrap();
    assert!(waiting.path().exists(), "its row is there");
    assert!(!unknown(1).exists() && !part.exists());
    assert!(unknown(2).exists(), "it may be on its way");
    for n in 0..101 {
        std::fs::write(unknown(n), "lain").unwrap();
        age(&unknown(n), 2);
    }
    let other = padan::platform::files::clear_unknown(conn, &app.parts.files);
    assert!(other.is_err() && unknown(100).exists(), "another database");
}

#[actix_web::test]
async fn the_file_of_an_import_that_broke_off_is_kept_for_a_week() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let place = location(&send(&admin, "profil-pns", &extract([person(1)])).await);
    let broken = padan::platform::config::StorageConfig {
        program: "/bin/false".into(),
        ..app.parts.config.storage.clone()
    };
    for minute in 0..3 {
        app.at(&format!("2026-11-20T02:{:02}:00Z", minute + 1));
        let done = padan::register::jobs::import_next(&app.db, &app.clock, &broken).await;
        assert!(done.unwrap());
    }
    app.at("2026-11-26T02:00:00Z");
    app.work().await;
    assert_eq!(stored_files(&app), 1);
    app.at("2026-11-28T02:00:00Z");
    app.work().await;
    assert_eq!((people(&app), stored_files(&app)), (0, 0));
    let admin = app.staff(Role::Admin).await;
    assert!(
        admin
            .page(&place)
            .await
            .contains("Dibatalkan setelah 0 baris")
    );
}
