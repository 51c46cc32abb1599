//! What BKN took over before is recognised in the next file.

use crate::support::submissions::{csv, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use padan::accounts::Role;
use padan::agreements::Agreement;

const NOW: &str = "2026-11-20T02:00:00Z";
const REPEATED: &str =
    "Data ini sudah diambil alih BKN pada 20 November 2026 (PD-2026-0001), dengan isi yang sama.";
const REASON: &str = "alasan.taken-over:";

struct Setting {
    app: TestApp,
    pic: Actor,
    verifier: Actor,
    agreement: Agreement,
}

async fn setting() -> Setting {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let verifier = app.staff(Role::Verifier).await;
    Setting {
        app,
        pic,
        verifier,
        agreement,
    }
}

impl Setting {
    async fn decide(&self, version: &str, deed: &str) {
        let review = version.replace("/pengiriman/", "/tinjauan/");
        let answer = self.verifier.post(&format!("{review}/{deed}"), &[]).await;
        assert_eq!(answer.status(), 303);
    }

    /// Marks the second row of three.
    async fn mark(&self, version: &str) {
        let review = version.replace("/pengiriman/", "/tinjauan/");
        let marks = [
            ("halaman", "2"),
            ("halaman", "3"),
            ("halaman", "4"),
            ("baris", "3"),
            ("alasan.3", "Nomor sertifikat tidak terdaftar."),
        ];
        let answer = self.verifier.post(&format!("{review}/tanda"), &marks).await;
        assert_eq!(answer.status(), 303);
    }

    async fn next(&self, rows: Vec<String>) -> String {
        self.app
            .checked(&self.pic, &self.agreement, csv(rows))
            .await
    }
}

fn changed(n: usize) -> String {
    good_row(n).replace(",40,", ",80,")
}

#[actix_web::test]
async fn a_row_that_was_taken_over_asks_for_a_reason_and_a_change_does_not() {
    let all = setting().await;
    let first = all.app.sent(&all.pic, &all.agreement, 3).await;
    let waiting = all.next(vec![good_row(1)]).await;
    let page = all.pic.page(&waiting).await;
    assert!(
        !page.contains("diambil alih BKN"),
        "nothing is taken over yet"
    );
    all.decide(&first, "ambil-alih").await;

    let second = all.next(vec![good_row(1), changed(2), good_row(4)]).await;
    let page = all.pic.page(&second).await;
    assert!(page.contains(REPEATED), "{page}");
    assert_eq!(page.matches(REPEATED).count(), 1);
    assert!(page.contains("1 baris mengubah data yang sudah diambil alih BKN: baris 3."));
    let send = format!("{second}/kirim");
    let bare = [("pernyataan", "ya")];
    assert_eq!(all.pic.post(&send, &bare).await.status(), 422);
    let reasoned = [("pernyataan", "ya"), (REASON, "Diminta dikirim ulang.")];
    assert_eq!(all.pic.post(&send, &reasoned).await.status(), 303);
    all.decide(&second, "ambil-alih").await;

    // What was taken over last is what counts.
    let third = all.next(vec![good_row(2)]).await;
    let page = all.pic.page(&third).await;
    assert!(page.contains("mengubah data yang sudah diambil alih BKN: baris 2"));
}

#[actix_web::test]
async fn what_was_taken_over_is_known_under_a_renewed_agreement() {
    let all = setting().await;
    let first = all.app.sent(&all.pic, &all.agreement, 2).await;
    all.decide(&first, "ambil-alih").await;
    let partner = all.agreement.institution_id;
    let partner = padan::institutions::find(&mut all.app.db.connection().unwrap(), partner);
    let renewed = all.app.sending_agreement(&partner.unwrap().unwrap());
    let version = all
        .app
        .checked(&all.pic, &renewed, csv([good_row(1), good_row(9)]))
        .await;
    let page = all.pic.page(&version).await;
    assert_eq!(page.matches(REPEATED).count(), 1, "{page}");
}

#[actix_web::test]
async fn another_institution_and_what_was_returned_do_not_count() {
    let all = setting().await;
    let first = all.app.sent(&all.pic, &all.agreement, 2).await;
    let review = first.replace("/pengiriman/", "/tinjauan/");
    let reason = [("alasan", "Berkas tertukar.")];
    let answer = all
        .verifier
        .post(&format!("{review}/kembalikan"), &reason)
        .await;
    assert_eq!(answer.status(), 303);
    let again = all.next(vec![good_row(2), good_row(1)]).await;
    assert!(!all.pic.page(&again).await.contains("sudah diambil alih"));
    let answer = all
        .pic
        .post(&format!("{again}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(answer.status(), 303);
    all.decide(&again, "ambil-alih").await;

    let neighbour = all.app.sender("Badan Tetangga");
    let theirs = all.app.sending_agreement(&neighbour);
    let stranger = all.app.pic(&neighbour).await;
    let version = all
        .app
        .checked(&stranger, &theirs, csv([good_row(1)]))
        .await;
    assert!(!stranger.page(&version).await.contains("sudah diambil alih"));
}

#[actix_web::test]
async fn corrected_rows_come_with_those_taken_over_before_without_being_asked_again() {
    let all = setting().await;
    let first = all.app.sent(&all.pic, &all.agreement, 3).await;
    all.mark(&first).await;
    all.decide(&first, "minta-perbaikan").await;
    let rows = [
        good_row(1),
        good_row(2).replace("SERT/2/", "SERT/22/"),
        good_row(3),
    ];
    let form = format!("{}/unggah", first.split("/versi/").next().unwrap());
    let key = form_key();
    let answer = all
        .pic
        .upload(&form, "lagi.csv", csv(rows), &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    all.app.check_uploads().await;
    let page = all.pic.page(&location(&answer)).await;
    assert!(page.contains("2 baris sama dengan yang sudah diambil alih BKN dari versi sebelumnya"));
    assert!(!page.contains("dengan isi yang sama."), "{page}");
}
