//! What a partner and a verifier take away, and the lists they filter.

use crate::support::TestApp;
use crate::support::submissions::{csv, doubtful_row, faulty_row, form_key, good_row};
use padan::accounts::Role;

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn a_marked_file_can_be_uploaded_again_as_it_is() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let file = csv([good_row(1), faulty_row(2)]);
    let version = app.checked(&pic, &agreement, file).await;

    let xlsx = pic.get(&format!("{version}/bertanda.xlsx")).await;
    assert_eq!(xlsx.status(), 200);
    let xlsx = xlsx.bytes().await.unwrap();
    assert!(xlsx.starts_with(b"PK"));
    let marked = pic.page(&format!("{version}/bertanda.csv")).await;
    assert!(marked.contains("Cara memperbaiki"));
    let findings = pic.page(&format!("{version}/temuan.csv")).await;
    assert!(
        findings.contains("D3"),
        "the cell as a spreadsheet names it"
    );

    let submission = version.split("/versi/").next().unwrap();
    let key = form_key();
    let upload = format!("{submission}/unggah");
    let answer = pic
        .upload(&upload, "bertanda.xlsx", xlsx.to_vec(), &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    let page = pic.page(&format!("{submission}/versi/2")).await;
    assert!(page.contains("<h1>1 baris perlu diperbaiki sebelum data diterima</h1>"));
    assert!(page.contains("Percobaan ke-2: 0 dari 1 baris kini benar, 1 tersisa, 0 baru."));
    let downloads = app.trail("submissions.downloaded");
    assert_eq!(downloads.len(), 3, "each download is recorded");
}

#[actix_web::test]
async fn findings_are_filtered_and_paged_by_the_address() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let rows = (1..=60).map(|n| {
        if n % 2 == 0 {
            faulty_row(n)
        } else {
            doubtful_row(n)
        }
    });
    let version = app.checked(&pic, &agreement, csv(rows)).await;

    let all = pic.page(&version).await;
    assert!(all.contains("Menampilkan 1–25 dari 60 temuan"));
    let faults = pic
        .page(&format!("{version}?aturan=required:nama_kursus&hal=2"))
        .await;
    assert!(faults.contains("Menampilkan 26–30 dari 30 temuan"));
    let column = pic.page(&format!("{version}?kolom=jumlah_jam")).await;
    assert!(column.contains("dari 30 temuan"));
    let row = pic.page(&format!("{version}?baris=2")).await;
    assert!(row.contains("Menampilkan 1–1 dari 1 temuan"));
    let none = pic
        .page(&format!("{version}?baris=99999&aturan=%27&kolom=%25"))
        .await;
    assert!(none.contains("Tidak ada temuan dengan saringan ini."));
}

#[actix_web::test]
async fn a_template_is_a_workbook_and_its_download_is_recorded() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let template = format!("/pengiriman/templat/{}/riwayat-kursus", agreement.id);
    let answer = pic.get(&template).await;
    assert_eq!(answer.status(), 200);
    let name = answer.headers()["content-disposition"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(name.contains("templat-riwayat-kursus.xlsx"));
    assert!(answer.bytes().await.unwrap().starts_with(b"PK"));
    assert_eq!(app.trail("submissions.template_downloaded").len(), 1);
}

#[actix_web::test]
async fn lists_are_filtered_by_number_state_data_set_and_institution() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    app.sent(&pic, &agreement, 1).await;
    app.checked(&pic, &agreement, csv([faulty_row(9)])).await;

    let both = pic.page("/pengiriman").await;
    assert!(both.contains("PD-2026-0001") && both.contains("PD-2026-0002"));
    for (query, shown, hidden) in [
        ("cari=0002", "PD-2026-0002", "PD-2026-0001"),
        ("keadaan=terkirim", "PD-2026-0001", "PD-2026-0002"),
        ("keadaan=perbaikan", "PD-2026-0002", "PD-2026-0001"),
    ] {
        let page = pic.page(&format!("/pengiriman?{query}")).await;
        assert!(page.contains(shown) && !page.contains(hidden), "{query}");
    }
    let wild = pic.page("/pengiriman?cari=%25").await;
    assert!(wild.contains("Tidak ada pengiriman yang cocok"));

    let verifier = app.staff(Role::Verifier).await;
    let waiting = verifier.page("/tinjauan").await;
    assert!(waiting.contains("<h1>1 pengiriman menunggu tinjauan</h1>"));
    let other = app.partner("Instansi Lain");
    for query in [
        format!("instansi={}", other.id),
        "jenis=riwayat-jabatan".to_owned(),
        "keadaan=diterima".to_owned(),
        "cari=0009".to_owned(),
    ] {
        let page = verifier.page(&format!("/tinjauan?{query}")).await;
        assert!(!page.contains("PD-2026-0001"), "{query}");
    }
}

#[actix_web::test]
async fn an_exported_cell_never_runs_as_a_formula() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let verifier = app.staff(Role::Verifier).await;
    let row = good_row(1).replace("SERT/1/2026", "-1/SERT/2026");
    let version = app.checked(&pic, &agreement, csv([row])).await;
    pic.post(&format!("{version}/kirim"), &[("pernyataan", "ya")])
        .await;
    let review = version.replace("/pengiriman/", "/tinjauan/");
    verifier.post(&format!("{review}/ambil-alih"), &[]).await;
    let export = verifier.page(&format!("{review}/ekspor")).await;
    assert!(export.contains(",'-1/SERT/2026"), "{export}");
}
