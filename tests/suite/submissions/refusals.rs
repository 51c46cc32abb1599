//! Bad input gets a clear answer and loses nothing.

use crate::support::submissions::{HEAD, csv, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use padan::agreements::Agreement;
use reqwest::Response;
use std::io::Write;

const NOW: &str = "2026-11-20T02:00:00Z";

async fn setting() -> (TestApp, Actor, Agreement) {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    (app, pic, agreement)
}

async fn upload(pic: &Actor, agreement: &Agreement, name: &str, file: Vec<u8>) -> Response {
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    pic.upload(&form, name, file, &[("kunci", &form_key())])
        .await
}

/// What the page of a checked file says that could not be used.
async fn refusal(name: &str, file: Vec<u8>) -> String {
    let (app, pic, agreement) = setting().await;
    let answer = upload(&pic, &agreement, name, file).await;
    assert_eq!(answer.status(), 303, "{name}");
    app.check_uploads().await;
    let page = pic.page(&location(&answer)).await;
    assert!(
        page.contains("<h1>Berkas belum dapat diperiksa</h1>"),
        "{name}"
    );
    let send = pic.get(&format!("{}/kirim", location(&answer))).await;
    assert_eq!(send.status(), 409, "{name}");
    page
}

fn zip(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[actix_web::test]
async fn a_file_of_another_type_is_refused_beside_the_field_and_nothing_is_stored() {
    let (app, pic, agreement) = setting().await;
    for (name, sentence) in [
        (
            "laporan.pdf",
            "Berkas harus CSV atau XLSX. Berkas yang dipilih: laporan.pdf.",
        ),
        ("kursus.xls", "Berkas .xls belum dapat dibaca."),
        ("kursus.csv.exe", "Berkas harus CSV atau XLSX."),
    ] {
        let answer = upload(&pic, &agreement, name, csv([good_row(1)])).await;
        assert_eq!(answer.status(), 422, "{name}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("id=\"berkas-salah\""), "{name}");
        assert!(page.contains(sentence), "{name}");
    }
    assert_eq!((app.versions_stored(), app.files_on_disk()), (0, 0));
}

#[actix_web::test]
async fn a_form_without_a_file_says_which_to_choose() {
    let (app, pic, agreement) = setting().await;
    let answer = upload(&pic, &agreement, "", Vec::new()).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Pilih berkas CSV atau XLSX."));
    assert!(page.contains("<title>Kesalahan: "));
    let answer = upload(&pic, &agreement, "kursus.csv", Vec::new()).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("kosong"));
    assert_eq!((app.versions_stored(), app.files_on_disk()), (0, 0));
}

#[actix_web::test]
async fn a_file_beyond_the_limit_is_cut_off_with_our_sentence() {
    let (app, pic, agreement) = setting().await;
    let answer = upload(&pic, &agreement, "kursus.csv", vec![b'a'; 251_000_000]).await;
    assert_eq!(answer.status(), 413);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Berkas lebih besar dari 250 MB.")
    );
    assert_eq!((app.versions_stored(), app.files_on_disk()), (0, 0));
}

#[actix_web::test]
async fn a_header_without_rows_is_explained() {
    refusal("kursus.csv", format!("{HEAD}\n").into_bytes()).await;
}

#[actix_web::test]
async fn a_broken_zip_a_renamed_xls_and_an_encrypted_workbook_are_explained() {
    let whole = zip(&[("[Content_Types].xml", vec![b'x'; 5_000])]);
    refusal("kursus.xlsx", whole[..whole.len() / 2].to_vec()).await;
    // The container of workbooks before 2007, and of encrypted ones after.
    let mut old = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    old.resize(4_096, 0);
    refusal("kursus.xlsx", old).await;
    refusal("kursus.xlsx", b"%PDF-1.7\n%%EOF".to_vec()).await;
}

#[actix_web::test]
async fn a_zip_bomb_ends_its_own_check_and_nothing_else() {
    let bomb = zip(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("xl/worksheets/sheet1.xml", vec![b' '; 300_000_000]),
    ]);
    assert!(bomb.len() < 1_000_000);
    refusal("kursus.xlsx", bomb).await;
}

#[actix_web::test]
async fn ten_million_blank_rows_are_no_rows() {
    let mut file = format!("{HEAD}\n").into_bytes();
    file.extend(vec![b'\n'; 10_000_000]);
    refusal("kursus.csv", file).await;
}

#[actix_web::test]
async fn nul_bytes_are_found_in_their_cell_and_kept_from_the_database() {
    let (app, pic, agreement) = setting().await;
    let file = csv([good_row(1), good_row(2).replace("Pelatihan", "Pela\0tihan")]);
    let version = app.checked(&pic, &agreement, file).await;
    let page = pic.page(&version).await;
    assert!(!page.contains("Berkas sedang diperiksa"));
    assert!(!page.contains('\0'));
}

#[actix_web::test]
async fn a_path_in_the_file_name_is_only_a_name() {
    let (app, pic, agreement) = setting().await;
    let name = "../../etc/kursus.csv";
    let answer = upload(&pic, &agreement, name, csv([good_row(1)])).await;
    app.check_uploads().await;
    let page = pic.page(&location(&answer)).await;
    assert!(page.contains("<b>kursus.csv</b>"));
    let original = pic.get(&format!("{}/berkas", location(&answer))).await;
    let disposition = original.headers()["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\"kursus.csv\""));
    assert_eq!(original.bytes().await.unwrap(), csv([good_row(1)]));
}

#[actix_web::test]
async fn a_double_click_makes_one_submission() {
    let (app, pic, agreement) = setting().await;
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let key = form_key();
    let fields = [("kunci", key.as_str())];
    let post = || pic.upload(&form, "kursus.csv", csv([good_row(1)]), &fields);
    let answers = futures_util::future::join_all((0..5).map(|_| post())).await;
    let mut places: Vec<String> = answers.iter().map(location).collect();
    places.dedup();
    assert_eq!(places.len(), 1);
    assert_eq!((app.versions_stored(), app.files_on_disk()), (1, 1));
}

#[actix_web::test]
async fn the_same_content_again_points_to_the_first() {
    let (app, pic, agreement) = setting().await;
    let first = app.checked(&pic, &agreement, csv([good_row(1)])).await;
    let again = upload(&pic, &agreement, "lain.csv", csv([good_row(1)])).await;
    assert_eq!(again.status(), 422);
    let page = again.text().await.unwrap();
    assert!(page.contains("sama dengan PD-2026-0001 versi 1"));
    assert!(page.contains(&format!("href=\"{first}\"")));
    assert_eq!((app.versions_stored(), app.files_on_disk()), (1, 1));
}

#[actix_web::test]
async fn an_upload_survives_a_session_that_went_idle_meanwhile() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let account = app.account(&partner, padan::accounts::Role::Pic);
    let pic = app.sign_in(&account).await;
    app.at("2026-11-20T02:45:00Z");
    let answer = upload(&pic, &agreement, "kursus.csv", csv([good_row(1)])).await;
    assert_eq!(answer.status(), 303);
    let place = location(&answer);
    let version = place.strip_prefix("/masuk?tujuan=").unwrap();
    assert_eq!(pic.get(version).await.status(), 303, "nothing is shown");
    app.check_uploads().await;
    let pic = app.sign_in(&account).await;
    assert!(pic.page(version).await.contains("1 baris siap dikirim"));
}

#[actix_web::test]
async fn an_agreement_that_is_over_lets_nothing_new_be_sent() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    app.at("2028-05-08T02:00:00Z");
    let pic = app.pic(&partner).await;
    assert!(
        !pic.page("/pengiriman/baru")
            .await
            .contains("Riwayat kursus")
    );
    let answer = upload(&pic, &agreement, "kursus.csv", csv([good_row(1)])).await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("PKS ini sudah berakhir.")
    );
    assert_eq!((app.versions_stored(), app.files_on_disk()), (0, 0));
}
