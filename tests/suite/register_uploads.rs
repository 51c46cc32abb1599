//! What becomes of an uploaded extract, and of the files that are left.

use crate::register::id;
use crate::register_pages::{HEAD, extract, people, person, send, stored_files};
use crate::support::duties::form_key;
use crate::support::{TestApp, location};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema::register_imports;

const NOW: &str = "2026-11-20T02:00:00Z";

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
