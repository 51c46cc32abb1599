//! Files and results set against the rules again: rehearsals and rechecks.

use super::*;
use padan::rehearsals;

#[actix_web::test]
async fn a_file_is_checked_again_under_the_rules_of_today_and_the_old_result_stays() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let first = app
        .checked(&pic, &agreement, csv([good_row(1), other_year(2)]))
        .await;
    let page = pic.page(&first).await;
    assert!(!page.contains("Aturan pemeriksaan sudah berubah"), "{page}");
    assert_eq!(decide(&admin, "warning", "2026-11-20").await.status(), 303);
    let page = pic.page(&first).await;
    assert!(page.contains("Aturan pemeriksaan sudah berubah"), "{page}");

    let key = form_key();
    let again = pic
        .post(&format!("{first}/periksa-kembali"), &[("kunci", &key)])
        .await;
    let second = location(&again);
    let repeated = pic
        .post(&format!("{first}/periksa-kembali"), &[("kunci", &key)])
        .await;
    assert_eq!(location(&repeated), second);
    app.check_uploads().await;
    let page = pic.page(&second).await;
    assert!(page.contains("aturan versi 2</a>"), "{page}");
    assert!(page.contains("Pemeriksaan kembali atas berkas versi 1"));
    assert!(page.contains("1 dari 1 baris kini benar"), "{page}");
    let old = pic.page(&first).await;
    assert!(old.contains("aturan versi 1</a>") && old.contains("Kesalahan</span> Tahun berbeda"));
    assert!(!old.contains("Periksa kembali dengan aturan"), "{old}");
    assert_eq!(app.audited("submissions.checked_again").len(), 1);
}

#[actix_web::test]
async fn what_was_sent_what_is_not_checked_and_what_was_overtaken_is_not_checked_again() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let again = |place: String| format!("{place}/periksa-kembali");
    let sent = again(app.sent(&pic, &agreement, 1).await);
    let answer = pic.post(&sent, &[("kunci", &form_key())]).await;
    assert_eq!(answer.status(), 409);
    let open = app.checked(&pic, &agreement, csv([good_row(7)])).await;
    let open = again(open);
    let second = location(&pic.post(&open, &[("kunci", &form_key())]).await);
    let waiting = pic.post(&again(second), &[("kunci", &form_key())]).await;
    assert_eq!(waiting.status(), 409);
    app.check_uploads().await;
    let overtaken = pic.post(&open, &[("kunci", &form_key())]).await;
    assert_eq!(overtaken.status(), 409);
    let other = app.partner("Badan Tetangga");
    let stranger = app.pic(&other).await;
    let foreign = stranger.post(&open, &[("kunci", &form_key())]).await;
    assert_eq!(foreign.status(), 404);
}

const TRY: &str = "/aturan/riwayat-kursus/ujicoba/year-of-date";

#[actix_web::test]
async fn a_rehearsal_tells_how_many_rows_of_which_institutions_a_rule_would_hit() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    assert_eq!(
        decide(&admin, "rehearsal", "2026-11-20").await.status(),
        303
    );
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let rows = [good_row(1), other_year(2), good_row(3), other_year(4)];
    let sent = app.checked(&pic, &agreement, csv(rows)).await;
    let answer = pic
        .post(&format!("{sent}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(answer.status(), 303);
    let unsent = [
        other_year(5),
        other_year(6).replace("Pelatihan Contoh 6", ""),
    ];
    app.checked(&pic, &agreement, csv(unsent)).await;

    let form = [("sejak", "2026-01-01"), ("kunci", &form_key())];
    let result = location(&admin.post(TRY, &form).await);
    let page = admin.page(&result).await;
    assert!(
        page.contains("Uji coba berjalan: 0 dari 2 berkas"),
        "{page}"
    );
    assert!(rehearsals::run_next(&app.db, &app.clock).await.unwrap());
    assert!(!rehearsals::run_next(&app.db, &app.clock).await.unwrap());
    let page = admin.page(&result).await;
    assert!(page.contains("4 dari 6 baris akan terkena"), "{page}");
    assert!(page.contains("2 dari 2 berkas terkena. 3 baris"), "{page}");
    assert!(page.contains("3, 5"), "{page}");
    assert!(page.contains("belum dikirim ke BKN"), "{page}");
    let file = admin.page(&format!("{result}/unduh")).await;
    assert!(file.contains(";4;2;2;3 5"), "{file}");
    assert!(file.contains(";2;2;1;\n"), "{file}");
    assert!(admin.page(TRY).await.contains(&result));
    assert_eq!(app.audited("rules.rehearsal").len(), 2);
}

#[actix_web::test]
async fn a_rehearsal_needs_files_and_an_administrator() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let none = admin
        .post(TRY, &[("sejak", "2026-01-01"), ("kunci", &form_key())])
        .await;
    assert_eq!(none.status(), 422);
    assert!(none.text().await.unwrap().contains("Belum ada berkas"));
    let typo = admin
        .post(TRY, &[("sejak", "kemarin"), ("kunci", &form_key())])
        .await;
    assert_eq!(typo.status(), 422);
    let verifier = app.staff(Role::Verifier).await;
    assert_eq!(verifier.get(TRY).await.status(), 200);
    let refused = verifier.post(TRY, &[("sejak", "2026-01-01")]).await;
    assert_eq!(refused.status(), 403);
    let nowhere = format!("/ujicoba/{}", uuid::Uuid::now_v7());
    assert_eq!(admin.get(&nowhere).await.status(), 404);
}

#[actix_web::test]
async fn bkn_checks_again_what_it_has_and_sees_what_differs() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let verifier = app.staff(Role::Verifier).await;
    assert_eq!(decide(&admin, "warning", "2026-11-20").await.status(), 303);
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let rows = [good_row(1), other_year(2), good_row(3)];
    let version = app.checked(&pic, &agreement, csv(rows)).await;
    let reasons = [
        ("pernyataan", "ya"),
        ("alasan.year-differs:tahun_kursus", "Sesuai sertifikat."),
    ];
    let answer = pic.post(&format!("{version}/kirim"), &reasons).await;
    let page = answer.status();
    assert_eq!(page, 303, "{}", answer.text().await.unwrap());
    let reviewed = version.replace("/pengiriman/", "/tinjauan/");
    let before = verifier.page(&reviewed).await;
    assert!(before.contains("Aturan versi 1</a>"), "{before}");

    let again = format!("{reviewed}/periksa-kembali");
    let same = location(&verifier.post(&again, &[("kunci", &form_key())]).await);
    let waits = verifier.page(&same).await;
    assert!(waits.contains("Pemeriksaan kembali berjalan"), "{waits}");
    assert!(rehearsals::run_next(&app.db, &app.clock).await.unwrap());
    let page = verifier.page(&same).await;
    assert!(page.contains("Hasilnya sama"), "{page}");

    assert_eq!(decide(&admin, "blocking", "2026-11-20").await.status(), 303);
    let other = location(&verifier.post(&again, &[("kunci", &form_key())]).await);
    assert!(rehearsals::run_next(&app.db, &app.clock).await.unwrap());
    let page = admin.page(&other).await;
    assert!(
        page.contains("1 dari 3 baris kini perlu diperbaiki, dahulu 0"),
        "{page}"
    );
    assert!(page.contains("Tahun berbeda dengan tanggal"), "{page}");
    let unchanged = verifier.page(&reviewed).await;
    assert!(unchanged.contains("Aturan versi 1</a>"), "{unchanged}");
    assert_eq!(pic.get(&other).await.status(), 403);
    let asked = admin.page(&again).await;
    for one in [&same, &other] {
        assert!(asked.contains(&format!("href=\"{one}\"")), "{asked}");
    }
    assert!(
        !asked.contains("<form class=\"aksi\""),
        "only who reviews asks"
    );
    assert_eq!(admin.post(&again, &[]).await.status(), 403);
    let open = app.checked(&pic, &agreement, csv([good_row(9)])).await;
    let open = open.replace("/pengiriman/", "/tinjauan/");
    let hidden = format!("{open}/periksa-kembali");
    assert_eq!(verifier.get(&hidden).await.status(), 404);
    assert_eq!(verifier.post(&hidden, &[]).await.status(), 404);
}
