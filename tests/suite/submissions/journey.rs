use crate::support::submissions::{csv, doubtful_row, faulty_row, form_key, good_row};
use crate::support::{TestApp, location};
use padan::accounts::Role;

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn a_file_goes_from_upload_to_take_over() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let verifier = app.staff(Role::Verifier).await;

    let choices = pic.page("/pengiriman/baru").await;
    assert!(choices.contains("Riwayat kursus"));
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    assert!(pic.page(&form).await.contains("Unggah dan periksa"));

    let key = form_key();
    let file = csv([good_row(1), good_row(2), good_row(3)]);
    let answer = pic
        .upload(&form, "kursus.csv", file, &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    let version = location(&answer);
    assert!(pic.page(&version).await.contains("Berkas sedang diperiksa"));

    app.check_uploads().await;
    let result = pic.page(&version).await;
    assert!(result.contains("<h1>3 baris siap dikirim</h1>"));

    let confirm = pic.page(&format!("{version}/kirim")).await;
    assert!(confirm.contains(&agreement.bkn_number));
    let answer = pic
        .post(&format!("{version}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(location(&answer), format!("{version}/tanda-terima"));
    let receipt = pic.page(&location(&answer)).await;
    assert!(receipt.contains("PD-2026-0001"));
    assert!(receipt.contains("20 November 2026 pukul 09.00"));

    assert!(verifier.page("/tinjauan").await.contains("PD-2026-0001"));
    let review = version.replace("/pengiriman/", "/tinjauan/");
    assert!(verifier.page(&review).await.contains("Pelatihan Contoh 2"));
    let answer = verifier.post(&format!("{review}/ambil-alih"), &[]).await;
    assert_eq!(answer.status(), 303);
    assert!(
        pic.page(&version)
            .await
            .contains("<h1>3 baris diterima BKN</h1>")
    );
    let export = verifier.page(&format!("{review}/ekspor")).await;
    assert_eq!(export.lines().count(), 4);
    assert!(export.starts_with("\u{feff}pnsOrangId,"));

    assert_eq!(
        app.trail("submissions."),
        [
            "submissions.uploaded",
            "submissions.checked",
            "submissions.sent",
            "submissions.rows_viewed",
            "submissions.taken_over",
            "submissions.exported",
        ]
    );
    let kinds: Vec<String> = app.posted().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(
        kinds,
        [
            "submissions.checked",
            "submissions.receipt",
            "submissions.arrived",
            "submissions.decided",
        ]
    );
}

#[actix_web::test]
async fn good_rows_are_taken_over_and_marked_ones_come_back_as_a_new_version() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let verifier = app.staff(Role::Verifier).await;
    let version = app.sent(&pic, &agreement, 3).await;
    let review = version.replace("/pengiriman/", "/tinjauan/");

    let marks = [
        ("halaman", "2"),
        ("halaman", "3"),
        ("halaman", "4"),
        ("baris", "3"),
        ("alasan.3", "Nomor sertifikat tidak terdaftar."),
    ];
    let answer = verifier.post(&format!("{review}/tanda"), &marks).await;
    assert_eq!(answer.status(), 303);
    let unseen = pic.get(&format!("{version}/perbaikan")).await;
    assert_eq!(
        unseen.status(),
        404,
        "a note is not told before the decision"
    );
    let whole = verifier.post(&format!("{review}/ambil-alih"), &[]).await;
    assert_eq!(
        whole.status(),
        409,
        "the whole is not taken over with marks"
    );
    let answer = verifier
        .post(&format!("{review}/minta-perbaikan"), &[])
        .await;
    assert_eq!(answer.status(), 303);

    let result = pic.page(&version).await;
    assert!(result.contains("<h1>BKN meminta perbaikan 1 baris</h1>"));
    let corrections = pic.page(&format!("{version}/perbaikan")).await;
    assert!(corrections.contains("Nomor sertifikat tidak terdaftar."));
    assert!(corrections.contains("Pelatihan Contoh 2"));
    let export = verifier.page(&format!("{review}/ekspor")).await;
    assert!(!export.contains("Pelatihan Contoh 2"));
    assert_eq!(export.lines().count(), 3);

    let submission = version.split("/versi/").next().unwrap();
    let mended = csv([good_row(2).replace("SERT/2/", "SERT/22/")]);
    let key = form_key();
    let answer = pic
        .upload(
            &format!("{submission}/unggah"),
            "lagi.csv",
            mended,
            &[("kunci", &key)],
        )
        .await;
    assert_eq!(location(&answer), format!("{submission}/versi/2"));
    app.check_uploads().await;
    let answer = pic
        .post(
            &format!("{submission}/versi/2/kirim"),
            &[("pernyataan", "ya")],
        )
        .await;
    assert_eq!(answer.status(), 303);
    let thread = pic.page(submission).await;
    for event in [
        "Versi 1 diunggah",
        "meminta perbaikan",
        "Versi 2 dikirim ke BKN: 1 baris",
    ] {
        assert!(thread.contains(event), "{event}");
    }
}

#[actix_web::test]
async fn a_version_is_returned_with_a_reason() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let verifier = app.staff(Role::Verifier).await;
    let version = app.sent(&pic, &agreement, 2).await;
    let review = version.replace("/pengiriman/", "/tinjauan/");

    let without = verifier
        .post(&format!("{review}/kembalikan"), &[("alasan", " ")])
        .await;
    assert_eq!(without.status(), 422);
    assert!(
        without
            .text()
            .await
            .unwrap()
            .contains("Isi alasan pengembalian.")
    );
    let answer = verifier
        .post(
            &format!("{review}/kembalikan"),
            &[("alasan", "Berkas salah instansi.")],
        )
        .await;
    assert_eq!(answer.status(), 303);
    let result = pic.page(&version).await;
    assert!(result.contains("Alasan BKN: Berkas salah instansi."));
    let export = verifier.get(&format!("{review}/ekspor")).await;
    assert_eq!(export.status(), 409);
}

#[actix_web::test]
async fn only_rows_that_are_ready_are_sent_when_that_is_said() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let file = csv([good_row(1), faulty_row(2), doubtful_row(3)]);
    let version = app.checked(&pic, &agreement, file).await;

    let result = pic.page(&version).await;
    assert!(result.contains("<h1>1 baris perlu diperbaiki sebelum data diterima</h1>"));
    assert!(result.contains("Kirim 2 baris"));
    let send = format!("{version}/kirim");
    let bare = pic.post(&send, &[]).await;
    assert_eq!(bare.status(), 422);
    let bare = bare.text().await.unwrap();
    assert!(bare.contains("Isi alasan peringatan ini."));
    assert!(bare.contains("Centang pernyataan sebelum mengirim data."));
    assert!(bare.contains("Nyatakan bahwa hanya baris yang siap"));

    let answer = pic
        .post(
            &send,
            &[
                ("alasan.number-unusual:jumlah_jam", "Pelatihan 12 bulan."),
                ("hanya_siap", "ya"),
                ("pernyataan", "ya"),
            ],
        )
        .await;
    assert_eq!(answer.status(), 303);
    let receipt = pic.page(&location(&answer)).await;
    assert!(receipt.contains("Data terkirim: 2 baris"));
    let verifier = app.staff(Role::Verifier).await;
    let review = verifier
        .page(&version.replace("/pengiriman/", "/tinjauan/"))
        .await;
    assert!(review.contains("Pelatihan 12 bulan."));
    assert!(
        !review.contains(&format!("{:032X}", 2)),
        "a row left out is not shown"
    );
}
