//! What Annexes grant, whose rows, and how addenda change it.

use padan::accounts::Role;
use padan::agreements::AgreementId;
use padan::references;

use crate::support::publications::{HOME, home_staff, profile, publish};
use crate::support::submissions::{SENDER, csv, good_row};
use crate::support::{Actor, TestApp};

const NOW: &str = "2026-11-20T02:00:00Z";
/// Two of the functional positions under LAN.
const MUDA: &str = "A5EB03E24056F6A0E040640A040252AD";

/// A portal with the reference lists that come with the program.
async fn with_lists() -> TestApp {
    let app = TestApp::start(NOW).await;
    references::load_embedded(&mut app.db.connection().unwrap(), app.clock.now()).unwrap();
    app
}

async fn granted(app: &TestApp, admin: &Actor) -> AgreementId {
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let fields = [
        ("data", "profil-pns"),
        ("kolom", "nip"),
        ("kolom", "nama"),
        (
            "jabatan",
            "Widyaiswara Ahli Pertama\r\na5eb03e2-4056-f6a0-e040-640a040252ad",
        ),
        ("golongan", "42"),
        ("pasal", "Lampiran API 1"),
        ("sejak", "2025-05-07"),
    ];
    let path = format!("/perjanjian/{id}/lampiran/baru");
    assert_eq!(admin.post(&path, &fields).await.status(), 303);
    id
}

#[actix_web::test]
async fn an_annex_names_whose_rows_may_pass() {
    let app = with_lists().await;
    let admin = app.staff(Role::Admin).await;
    let id = granted(&app, &admin).await;
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("Widyaiswara Ahli Pertama; Widyaiswara Ahli Muda"));
    assert!(page.contains("Golongan IV/b ke atas"));
    let form = admin
        .page(&format!("/perjanjian/{id}/lampiran/baru?data=profil-pns"))
        .await;
    assert!(form.contains("Widyaiswara Ahli Pertama\nWidyaiswara Ahli Muda</textarea>"));
    assert!(!form.contains(MUDA));
}

#[actix_web::test]
async fn of_what_leaves_bkn_no_column_is_chosen_before_the_admin_chooses() {
    let app = with_lists().await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let form_of = |data| format!("/perjanjian/{id}/lampiran/baru?data={data}");
    let chosen = r#"name="kolom" value="nip" checked"#;
    let leaving = admin.page(&form_of("profil-pns")).await;
    assert!(leaving.contains(r#"name="kolom" value="nip""#));
    assert!(!leaving.contains(chosen));
    assert!(
        admin
            .page(&form_of("riwayat-kursus"))
            .await
            .contains(chosen)
    );
}

#[actix_web::test]
async fn a_population_that_the_references_do_not_know_is_refused_beside_its_field() {
    let app = with_lists().await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = format!("/perjanjian/{id}/lampiran/baru");
    let fields = [
        ("data", "profil-pns"),
        ("kolom", "nip"),
        ("jabatan", "Widyaiswara"),
        ("golongan", "99"),
        ("instansi", "Kementerian Entah"),
        ("pasal", "Lampiran API 1"),
        ("sejak", "2025-05-07"),
    ];
    let answer = admin.post(&path, &fields).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("bukan nama lengkap"));
    assert!(page.contains("Pilih golongan dari daftar."));
    assert!(page.contains("tidak ada dalam referensi. Tulis nama lengkap"));
    assert!(page.contains("Kementerian Entah</textarea>"));
}

#[actix_web::test]
async fn an_addendum_changes_the_fields_from_its_day_on_and_the_history_stays() {
    let app = with_lists().await;
    let admin = app.staff(Role::Admin).await;
    let id = granted(&app, &admin).await;
    let path = format!("/perjanjian/{id}/lampiran/baru");
    let change = |addendum: &'static str, from: &'static str| {
        [
            ("data", "profil-pns"),
            ("adendum", addendum),
            ("kolom", "nip"),
            ("pasal", "Lampiran API 1"),
            ("sejak", from),
        ]
    };
    for (addendum, from, told) in [
        ("", "2026-12-01", "Isi nomor adendum"),
        ("1/ADD/2026", "2025-05-07", "Isi tanggal setelah 7 Mei 2025"),
    ] {
        let answer = admin.post(&path, &change(addendum, from)).await;
        assert_eq!(answer.status(), 422);
        assert!(answer.text().await.unwrap().contains(told));
    }
    for _ in 0..2 {
        let answer = admin.post(&path, &change("1/ADD/2026", "2026-12-01")).await;
        assert_eq!(answer.status(), 303);
    }
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("nip, nama") && page.contains("Belum berlaku"));
    assert!(page.contains("Adendum 1/ADD/2026"));
    app.at("2026-12-01T02:00:00Z");
    let admin = app.staff(Role::Admin).await;
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("nip, nama") && page.contains("Digantikan"));
}

#[actix_web::test]
async fn what_an_addendum_withdraws_is_not_sent_any_more() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("LAN");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let upload = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    assert_eq!(pic.get(&upload).await.status(), 200);
    let admin = app.staff(Role::Admin).await;
    let fields = [
        ("data", "riwayat-kursus"),
        ("adendum", "1/ADD/2026"),
        ("berhenti", "ya"),
        ("pasal", "Adendum Pasal 2"),
        ("sejak", "2026-11-20"),
    ];
    let path = format!("/perjanjian/{}/lampiran/baru", agreement.id);
    assert_eq!(admin.post(&path, &fields).await.status(), 303);
    assert_eq!(pic.get(&upload).await.status(), 404);
    let choices = pic.page("/pengiriman/baru").await;
    assert!(choices.contains("Belum ada data yang dapat dikirim"));
    let page = admin.page(&format!("/perjanjian/{}", agreement.id)).await;
    assert!(page.contains("Tidak diberikan lagi"));
}

#[actix_web::test]
async fn a_sender_for_all_holders_of_a_position_may_name_any_institution() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("LAN");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let elsewhere = || csv([good_row(1).replace(SENDER, "00000000000000000000000000000B02")]);
    let version = app.checked(&pic, &agreement, elsewhere()).await;
    assert!(pic.page(&version).await.contains("Bukan instansi Anda"));

    references::load_embedded(&mut app.db.connection().unwrap(), app.clock.now()).unwrap();
    let admin = app.staff(Role::Admin).await;
    let mut fields = vec![
        ("data", "riwayat-kursus"),
        ("adendum", "1/ADD/2026"),
        ("jabatan", "Widyaiswara Ahli Muda"),
        ("pasal", "Adendum Pasal 2"),
        ("sejak", "2026-11-20"),
    ];
    let columns = crate::support::submissions::HEAD.split(',');
    fields.extend(columns.map(|name| ("kolom", name)));
    let path = format!("/perjanjian/{}/lampiran/baru", agreement.id);
    assert_eq!(admin.post(&path, &fields).await.status(), 303);
    let known = "F1C70000000000000000000000000001";
    let file = csv([good_row(2).replace(SENDER, known)]);
    let version = app.checked(&pic, &agreement, file).await;
    assert!(!pic.page(&version).await.contains("Bukan instansi Anda"));
}

#[actix_web::test]
async fn a_grant_under_which_data_went_stays_on_record_and_a_mistake_does_not() {
    let app = with_lists().await;
    let admin = app.staff(Role::Admin).await;
    let agreement = app.agreement("lan-2025", &app.partner("LAN"), "2025-05-07");
    app.on_register([profile(1, HOME)]);
    app.give(&agreement, "profil-pns", &["nip"], home_staff());
    app.give(&agreement, "data-utama", &["nip"], home_staff());
    publish(&admin, &agreement, "profil-pns").await;
    let remove = |dataset: &str| {
        let id = app.grant_of(&agreement, dataset);
        format!("/perjanjian/{}/lampiran/{id}/hapus", agreement.id)
    };
    let refused = admin.post(&remove("profil-pns"), &[]).await;
    assert_eq!(refused.status(), 409);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Catat perubahannya dengan adendum."));
    assert_eq!(admin.post(&remove("data-utama"), &[]).await.status(), 303);

    let partner = app.sender("BPS");
    let sending = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    app.checked(&pic, &sending, csv([good_row(1)])).await;
    let id = app.grant_of(&sending, "riwayat-kursus");
    let path = format!("/perjanjian/{}/lampiran/{id}/hapus", sending.id);
    assert_eq!(admin.post(&path, &[]).await.status(), 409);
}

#[actix_web::test]
async fn everybody_is_said_by_a_choice_of_its_own_and_silence_means_the_own_staff() {
    let app = with_lists().await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = format!("/perjanjian/{id}/lampiran/baru");
    let form = admin.page(&format!("{path}?data=profil-pns")).await;
    assert!(form.contains("Bila semua kosong: pegawai instansi penerima sendiri."));
    let fields = |data: &'static str, semua: &'static str, golongan: &'static str| {
        [
            ("data", data),
            ("kolom", "nip"),
            ("semua", semua),
            ("golongan", golongan),
            ("pasal", "Lampiran API 1"),
            ("sejak", "2025-05-07"),
        ]
    };
    let both = admin.post(&path, &fields("profil-pns", "ya", "42")).await;
    assert_eq!(both.status(), 422);
    assert!(both.text().await.unwrap().contains("jangan keduanya"));
    let all = admin.post(&path, &fields("profil-pns", "ya", "")).await;
    assert_eq!(all.status(), 303);
    let silent = admin.post(&path, &fields("data-utama", "", "")).await;
    assert_eq!(silent.status(), 303);
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("Seluruh pegawai ASN"));
    assert!(page.contains("Pegawai instansi penerima sendiri"));
    assert!(!page.contains("Tidak dibatasi Lampiran"));
}

#[actix_web::test]
async fn the_own_staff_may_be_meant_besides_the_holders_of_positions() {
    let app = with_lists().await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = format!("/perjanjian/{id}/lampiran/baru");
    let fields = [
        ("data", "profil-pns"),
        ("kolom", "nip"),
        ("jabatan", MUDA),
        ("sendiri", "ya"),
        ("pasal", "Lampiran API 3"),
        ("sejak", "2025-05-07"),
    ];
    assert_eq!(admin.post(&path, &fields).await.status(), 303);
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("Beserta seluruh pegawai instansi mitra sendiri"));
    let with_everybody = [&fields[..], &[("semua", "ya")]].concat();
    assert_eq!(admin.post(&path, &with_everybody).await.status(), 422);
}

#[actix_web::test]
async fn a_population_longer_than_the_form_takes_is_refused_and_not_cut() {
    let app = with_lists().await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let lines = format!("{MUDA}\n").repeat(701);
    let fields = [
        ("data", "profil-pns"),
        ("kolom", "nip"),
        ("jabatan", lines.as_str()),
        ("pasal", "Lampiran API 1"),
        ("sejak", "2025-05-07"),
    ];
    let path = format!("/perjanjian/{id}/lampiran/baru");
    let answer = admin.post(&path, &fields).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("paling banyak 700 baris"));
}
