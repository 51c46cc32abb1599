//! What a state does not allow, and who may not at all.

use crate::support::submissions::{csv, faulty_row, form_key, good_row};
use crate::support::{TestApp, location};
use padan::accounts::Role;

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn what_is_not_checked_cannot_be_sent() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let key = form_key();
    let file = csv([good_row(1)]);
    let answer = pic
        .upload(&form, "kursus.csv", file, &[("kunci", &key)])
        .await;
    let send = format!("{}/kirim", location(&answer));
    assert_eq!(pic.get(&send).await.status(), 409);
    assert_eq!(pic.post(&send, &[("pernyataan", "ya")]).await.status(), 409);
    assert_eq!(
        pic.get(&format!("{}/tanda-terima", location(&answer)))
            .await
            .status(),
        404
    );
}

#[actix_web::test]
async fn a_file_without_a_single_sound_row_cannot_be_sent() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let version = app.checked(&pic, &agreement, csv([faulty_row(1)])).await;
    let answer = pic
        .post(
            &format!("{version}/kirim"),
            &[("pernyataan", "ya"), ("hanya_siap", "ya")],
        )
        .await;
    assert_eq!(answer.status(), 409);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Belum ada baris yang siap dikirim.")
    );
}

#[actix_web::test]
async fn sending_twice_leads_to_the_first_receipt() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let version = app.checked(&pic, &agreement, csv([good_row(1)])).await;
    let send = format!("{version}/kirim");
    let fields = [("pernyataan", "ya")];
    let answers = futures_util::future::join_all((0..4).map(|_| pic.post(&send, &fields))).await;
    for answer in answers {
        assert_eq!(answer.status(), 303);
        assert_eq!(location(&answer), format!("{version}/tanda-terima"));
    }
    assert_eq!(app.trail("submissions.sent").len(), 1);
}

#[actix_web::test]
async fn a_second_version_waits_until_the_first_is_decided() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let version = app.sent(&pic, &agreement, 1).await;
    let submission = version.split("/versi/").next().unwrap();
    let key = form_key();
    let upload = format!("{submission}/unggah");
    let file = csv([good_row(1), good_row(2)]);
    pic.upload(&upload, "dua.csv", file, &[("kunci", &key)])
        .await;
    app.check_uploads().await;
    let answer = pic
        .post(
            &format!("{submission}/versi/2/kirim"),
            &[("pernyataan", "ya")],
        )
        .await;
    assert_eq!(answer.status(), 409);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Versi 1 masih ditinjau BKN.")
    );
}

#[actix_web::test]
async fn of_two_verifiers_at_once_one_decides() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let one = app.staff(Role::Verifier).await;
    let other = app.staff(Role::Verifier).await;
    let version = app.sent(&pic, &agreement, 2).await;
    let review = version.replace("/pengiriman/", "/tinjauan/");
    let (take, give) = (
        format!("{review}/ambil-alih"),
        format!("{review}/kembalikan"),
    );
    let (first, second) = futures_util::future::join(
        one.post(&take, &[]),
        other.post(&give, &[("alasan", "Keliru.")]),
    )
    .await;
    let mut statuses = [first.status().as_u16(), second.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let mails = app.posted();
    let decided = mails
        .iter()
        .filter(|(kind, _)| kind == "submissions.decided");
    assert_eq!(decided.count(), 1);
}

#[actix_web::test]
async fn only_a_verifier_decides_and_an_auditor_only_reads() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let version = app.sent(&pic, &agreement, 1).await;
    let review = version.replace("/pengiriman/", "/tinjauan/");
    for role in [Role::Auditor, Role::Admin] {
        let staff = app.staff(role).await;
        let page = staff.page(&review).await;
        assert!(!page.contains("Ambil alih seluruhnya</button>"), "{role}");
        for deed in ["ambil-alih", "minta-perbaikan", "kembalikan", "tanda"] {
            let answer = staff.post(&format!("{review}/{deed}"), &[]).await;
            assert_eq!(answer.status(), 403, "{role} {deed}");
        }
    }
    assert_eq!(pic.get(&review).await.status(), 403);
    let observer = app.account(&partner, Role::Observer);
    let observer = app.sign_in(&observer).await;
    assert!(
        observer
            .page(&version)
            .await
            .contains("1 baris terkirim ke BKN")
    );
    assert_eq!(observer.get("/pengiriman/baru").await.status(), 403);
}

#[actix_web::test]
async fn another_institution_finds_nothing() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let version = app.sent(&pic, &agreement, 1).await;
    let submission = version.split("/versi/").next().unwrap();
    let stranger = app.pic(&app.partner("Instansi Lain")).await;
    for part in [
        "",
        "/kemajuan",
        "/berkas",
        "/bertanda.xlsx",
        "/bertanda.csv",
        "/temuan.csv",
        "/kirim",
        "/tanda-terima",
        "/perbaikan",
    ] {
        let answer = stranger.get(&format!("{version}{part}")).await;
        assert_eq!(answer.status(), 404, "GET {part}");
    }
    for part in ["/batal", "/periksa-ulang", "/kirim"] {
        let answer = stranger
            .post(&format!("{version}{part}"), &[("pernyataan", "ya")])
            .await;
        assert_eq!(answer.status(), 404, "POST {part}");
    }
    for path in [submission.to_owned(), format!("{submission}/unggah")] {
        assert_eq!(stranger.get(&path).await.status(), 404, "{path}");
    }
    let key = form_key();
    let file = csv([good_row(7)]);
    let answer = stranger
        .upload(
            &format!("{submission}/unggah"),
            "a.csv",
            file,
            &[("kunci", &key)],
        )
        .await;
    assert_eq!(answer.status(), 404);
    let template = format!("/pengiriman/templat/{}/riwayat-kursus", agreement.id);
    assert_eq!(stranger.get(&template).await.status(), 404);
    assert!(!stranger.page("/pengiriman").await.contains("PD-2026-0001"));
}

#[actix_web::test]
async fn what_was_never_sent_is_not_shown_to_bkn() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let verifier = app.staff(Role::Verifier).await;
    let version = app.checked(&pic, &agreement, csv([good_row(1)])).await;
    let review = version.replace("/pengiriman/", "/tinjauan/");
    for part in ["", "/berkas", "/ekspor"] {
        assert_eq!(verifier.get(&format!("{review}{part}")).await.status(), 404);
    }
    let page = verifier.page("/tinjauan?keadaan=semua").await;
    assert!(!page.contains("PD-2026-0001"));
}

#[actix_web::test]
async fn the_way_from_a_delivery_leads_to_a_form_that_has_it_chosen() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let other = app.sending_agreement(&partner);
    let delivery = app.delivery(&agreement, "2026-06-04");
    let pic = app.pic(&partner).await;

    let choices = pic
        .page(&format!("/pengiriman/baru?penyerahan={}", delivery.id))
        .await;
    assert!(choices.contains("Data dan referensi balikan atas Profil PNS, diterima 4 Juni 2026."));
    assert!(!choices.contains(&other.id.to_string()));
    let form = format!(
        "/pengiriman/baru/{}/riwayat-kursus?penyerahan={}",
        agreement.id, delivery.id
    );
    assert!(choices.contains(&format!("href=\"{form}\"")));
    let chosen = format!("value=\"{}\" checked", delivery.id);
    assert!(pic.page(&form).await.contains(&chosen));
}

#[actix_web::test]
async fn a_delivery_to_somebody_else_is_not_answered_from_the_address() {
    let app = TestApp::start(NOW).await;
    let other = app.sending_agreement(&app.sender("Instansi Lain"));
    let foreign = app.delivery(&other, "2026-06-04");
    let partner = app.partner("Instansi Contoh");
    app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    for wanted in [foreign.id.to_string(), "apa saja".to_owned()] {
        let choices = pic
            .page(&format!("/pengiriman/baru?penyerahan={wanted}"))
            .await;
        assert!(choices.contains("Riwayat kursus"));
        assert!(!choices.contains("penyerahan="));
    }
}

#[actix_web::test]
async fn codes_are_the_reference_half_of_a_feedback() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    app.grant_to_send(&agreement, "kode-referensi-jf-binaan");
    app.delivery(&agreement, "2026-06-04");
    let pic = app.pic(&partner).await;
    let place = format!("/pengiriman/baru/{}/kode-referensi-jf-binaan", agreement.id);
    let page = pic.page(&place).await;
    assert!(page.contains("Referensi balikan atas Profil PNS"), "{page}");
}
