//! Reference lists: reading them, and bringing in a new version.

use crate::support::submissions::{SENDER, csv, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema::{reference_codes, reference_versions, submission_references};
use reqwest::multipart::{Form, Part};
use std::process::{Command, Output};

const NOW: &str = "2026-11-20T02:00:00Z";

async fn bring(admin: &Actor, name: &str, content: &str, key: &str) -> reqwest::Response {
    let file = Part::bytes(content.as_bytes().to_vec()).file_name(name.to_owned());
    let form = Form::new()
        .text("kunci", key.to_owned())
        .text("versi", "2026-11")
        .part("berkas", file);
    admin
        .request(reqwest::Method::POST, "/referensi/impor")
        .header("sec-fetch-site", "same-origin")
        .multipart(form)
        .send()
        .await
        .unwrap()
}

/// Brings a list in and takes it.
async fn take(admin: &Actor, name: &str, content: &str) {
    let preview = location(&bring(admin, name, content, &form_key()).await);
    let taken = admin.post(&preview, &[]).await;
    assert_eq!(taken.status(), 303);
}

const OLD: &str = r#"[{"id": "00000000000000000000000000000b01", "nama": "Instansi Contoh", "jenis": "P"},
    {"id": "00000000-0000-0000-0000-000000000b02", "nama": "Badan Lama"},
    {"id": "00000000000000000000000000000B03", "nama": "Lembaga Uji"}]"#;
const NEW: &str = r#"[{"id": "00000000000000000000000000000B01", "nama": "Instansi Contoh", "jenis": "P"},
    {"id": "00000000000000000000000000000B12", "nama": "BADAN LAMA"},
    {"id": "00000000000000000000000000000B03", "nama": "Lembaga Pengujian"},
    {"id": "00000000000000000000000000000B03", "nama": "Lembaga Kedua"}]"#;

#[actix_web::test]
async fn an_import_shows_what_is_new_changed_and_gone_before_it_is_taken() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    take(&admin, "instansi.json", OLD).await;
    let preview = location(&bring(&admin, "instansi.json", NEW, &form_key()).await);
    let page = admin.page(&preview).await;
    assert!(
        page.contains("1 kode baru, 1 berubah, 1 berakhir"),
        "{page}"
    );
    assert!(page.contains("1 entri mengulang kode di atasnya"));
    assert!(page.contains("Lebih dari seperlima daftar akan berakhir"));
    let changed = admin.page(&format!("{preview}?jenis=berubah")).await;
    assert!(changed.contains("Lembaga Pengujian") && changed.contains("sebelumnya Lembaga Uji"));
    let list = admin.page("/referensi/instansi").await;
    assert!(list.contains("Badan Lama") && !list.contains("BADAN LAMA"));
    assert!(admin.page("/referensi/impor").await.contains(&preview));
    assert_eq!(admin.post(&preview, &[]).await.status(), 303);
    let list = admin.page("/referensi/instansi").await;
    assert!(list.contains("BADAN LAMA") && !list.contains("Badan Lama"));
    assert!(list.contains("Instansi versi 2 berlaku mulai sekarang."));
    assert!(!admin.page("/referensi/impor").await.contains(&preview));
    assert_eq!(app.audited("references.taken").len(), 2);
}

#[actix_web::test]
async fn a_code_that_is_gone_ends_and_stays_on_record_with_its_successor() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    take(&admin, "instansi.json", OLD).await;
    take(&admin, "instansi.json", NEW).await;
    let ended = admin.page("/referensi/instansi?keadaan=berakhir").await;
    assert!(ended.contains("Badan Lama") && ended.contains("Diganti dengan"));
    assert!(ended.contains("00000000000000000000000000000B12"));
    let rows: i64 = reference_codes::table
        .count()
        .get_result(&mut *app.db.connection().unwrap())
        .unwrap();
    assert_eq!(rows, 5, "three codes, one of them renamed, one replaced");
}

#[actix_web::test]
async fn an_import_is_taken_once_and_only_while_the_list_is_as_it_was_compared() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    take(&admin, "instansi.json", OLD).await;
    let stale = location(&bring(&admin, "instansi.json", NEW, &form_key()).await);
    let fresh = location(&bring(&admin, "instansi.json", NEW, &form_key()).await);
    assert_eq!(admin.post(&fresh, &[]).await.status(), 303);
    assert_eq!(admin.post(&fresh, &[]).await.status(), 409);
    assert_eq!(admin.post(&stale, &[]).await.status(), 409);
    let versions: i64 = reference_versions::table
        .count()
        .get_result(&mut *app.db.connection().unwrap())
        .unwrap();
    assert_eq!(versions, 2);
}

#[actix_web::test]
async fn a_form_posted_twice_leads_to_the_same_import() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let key = form_key();
    let first = location(&bring(&admin, "instansi.json", OLD, &key).await);
    let second = location(&bring(&admin, "instansi.json", OLD, &key).await);
    assert_eq!(first, second);
}

#[actix_web::test]
async fn a_file_that_is_no_list_is_refused_beside_the_field() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    for content in ["", "bukan json", "[]", r#"[{"nama": "tanpa kode"}]"#] {
        let answer = bring(&admin, "instansi.json", content, &form_key()).await;
        assert_eq!(answer.status(), 422, "{content}");
        assert!(answer.text().await.unwrap().contains("berkas-salah"));
    }
    assert_eq!(admin.get("/referensi/instansi").await.status(), 404);
}

#[actix_web::test]
async fn everybody_reads_the_lists_and_only_the_administrator_imports() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    take(&admin, "instansi.json", OLD).await;
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    assert!(pic.page("/referensi").await.contains("Instansi"));
    for term in [
        "badan",
        "00000000000000000000000000000B02",
        "00000000-0000-0000-0000-000000000b02",
    ] {
        let found = pic.page(&format!("/referensi/instansi?cari={term}")).await;
        assert!(
            found.contains("Badan Lama") && !found.contains("Lembaga Uji"),
            "{term}"
        );
    }
    let none = pic.page("/referensi/instansi?cari=tidak-ada").await;
    assert!(none.contains("Tidak ada kode yang cocok"));
    let file = pic.page("/referensi/instansi/unduh?cari=badan").await;
    assert!(file.starts_with('\u{feff}'));
    assert_eq!(file.lines().count(), 2);
    let verifier = app.staff(Role::Verifier).await;
    for actor in [&pic, &verifier] {
        assert_eq!(actor.get("/referensi/impor").await.status(), 403);
        let refused = bring(actor, "instansi.json", NEW, &form_key()).await;
        assert_eq!(refused.status(), 403);
    }
    assert_eq!(pic.get("/referensi/tidak-ada").await.status(), 404);
}

#[actix_web::test]
async fn a_check_notes_the_version_it_used_and_names_the_successor_of_an_old_code() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    take(&admin, "instansi.json", OLD).await;
    app.at("2026-11-20T03:00:00Z");
    let admin = app.staff(Role::Admin).await;
    let gone = NEW.replace("0000B01\", \"nama\"", "0000B99\", \"nama\"");
    take(&admin, "instansi.json", &gone).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let place = app.checked(&pic, &agreement, csv([good_row(1)])).await;
    let page = pic.page(&place).await;
    assert!(page.contains("Kode referensi yang dipakai") && page.contains("versi 2 (2026-11)"));
    assert!(
        page.contains("diganti pada 20 November 2026 menjadi 00000000000000000000000000000B99"),
        "{page}"
    );
    let used: Vec<(String, i32)> = submission_references::table
        .select((submission_references::list, submission_references::number))
        .load(&mut *app.db.connection().unwrap())
        .unwrap();
    assert_eq!(used, [("instansi".to_owned(), 2)]);
    assert_eq!(SENDER, "00000000000000000000000000000B01");
}

fn import(folder: &std::path::Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_padan"))
        .args(["import", "references"])
        .args(arguments)
        .env_clear()
        .env("PADAN_DATA_DIR", folder.join("data"))
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn the_command_takes_a_folder_and_says_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let lists = folder.path().join("lists");
    std::fs::create_dir(&lists).unwrap();
    std::fs::write(
        lists.join("agama.json"),
        r#"[{"id": "1", "nama": "Islam"}]"#,
    )
    .unwrap();
    std::fs::write(lists.join("kawin.json"), "rusak").unwrap();
    let mixed = import(folder.path(), &["lists"]);
    let said = String::from_utf8(mixed.stdout).unwrap();
    assert_eq!(
        said,
        "agama: version 1, 1 codes: 1 new, 0 changed, 0 gone, 0 repeated\n"
    );
    assert!(!mixed.status.success());
    let again = import(folder.path(), &["--dry-run", "lists/agama.json"]);
    let said = String::from_utf8(again.stdout).unwrap();
    assert_eq!(
        said,
        "agama: not taken, 1 codes: 0 new, 0 changed, 0 gone, 0 repeated\n"
    );
    assert!(again.status.success());
}

#[actix_web::test]
async fn the_successor_of_a_code_that_ended_is_named_by_hand_with_a_reason() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    take(&admin, "instansi.json", OLD).await;
    take(&admin, "instansi.json", NEW).await;
    let (ended, by) = (
        "00000000000000000000000000000B02",
        "00000000000000000000000000000B03",
    );
    let list = admin.page("/referensi/instansi?keadaan=berakhir").await;
    assert!(list.contains("Ubah pengganti"));
    let place = "/referensi/instansi/pengganti";
    let form = admin.page(&format!("{place}?kode={ended}")).await;
    assert!(form.contains("Tetapkan pengganti Badan Lama"));
    let told = [
        ("kode", ended),
        ("pengganti", by),
        ("alasan", "Digabung menurut Perpres contoh."),
    ];
    assert_eq!(admin.post(place, &told).await.status(), 303);
    let list = admin.page("/referensi/instansi?keadaan=berakhir").await;
    assert!(list.contains(&format!("{ended} diganti dengan {by}.")));
    assert_eq!(app.recorded("references.successor_named").len(), 1);
}

#[actix_web::test]
async fn a_successor_has_to_be_in_force_and_what_it_replaces_must_not_be() {
    let app = TestApp::start(NOW).await;
    let (admin, auditor) = (app.staff(Role::Admin).await, app.staff(Role::Auditor).await);
    take(&admin, "instansi.json", OLD).await;
    take(&admin, "instansi.json", NEW).await;
    let (ended, alive) = (
        "00000000000000000000000000000B02",
        "00000000000000000000000000000B03",
    );
    let place = "/referensi/instansi/pengganti";
    let name = |code: &'static str, by: &'static str, why: &'static str| {
        [("kode", code), ("pengganti", by), ("alasan", why)]
    };
    for told in [
        name(ended, ended, "Alasan."),
        name(ended, "X", "Alasan."),
        name(ended, alive, " "),
        name(ended, "", "Alasan."),
    ] {
        assert_eq!(admin.post(place, &told).await.status(), 422, "{told:?}");
    }
    for told in [name(alive, alive, "Alasan."), name("X", alive, "Alasan.")] {
        assert_eq!(admin.post(place, &told).await.status(), 404, "{told:?}");
    }
    let told = name(ended, alive, "Alasan.");
    assert_eq!(auditor.post(place, &told).await.status(), 403);
    assert!(app.recorded("references.successor_named").is_empty());
}

#[actix_web::test]
async fn rules_are_given_what_a_list_says_of_its_codes() {
    let app = TestApp::start(NOW).await;
    let conn = &mut *app.db.connection().unwrap();
    padan::references::load_embedded(conn, app.clock.now()).unwrap();
    let dataset = padan::datasets::find("profil-pns").unwrap();
    let list = "jabatan-fungsional";
    let codes = padan::references::LoadedCodes::load(conn, &[list]).unwrap();
    let highest = "A5EB03E24054F6A0E040640A040252AD";
    assert_eq!(codes.name(list, highest), Some("Widyaiswara Ahli Utama"));
    assert_eq!(codes.attribute(list, highest, "usiaBup"), None);
    let codes = codes.with(conn, dataset.rule_attributes()).unwrap();
    assert_eq!(codes.attribute(list, highest, "usiaBup"), Some("65"));
}
