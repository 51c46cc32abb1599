//! A warning is confirmed with a reason once: for the same record, rule and
//! value it is not asked again.

use crate::support::submissions::{csv, doubtful_row, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use padan::accounts::Role;
use padan::agreements::Agreement;

const NOW: &str = "2026-11-20T02:00:00Z";
const KIND: &str = "alasan.number-unusual:jumlah_jam";

async fn setting() -> (TestApp, Actor, Agreement) {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    (app, pic, agreement)
}

async fn next(app: &TestApp, pic: &Actor, version: &str, rows: Vec<String>) -> String {
    let submission = version.split("/versi/").next().unwrap();
    let form = format!("{submission}/unggah");
    let answer = pic
        .upload(&form, "lagi.csv", csv(rows), &[("kunci", &form_key())])
        .await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    location(&answer)
}

#[actix_web::test]
async fn a_reason_is_given_row_by_row_and_holds_in_the_next_version() {
    let (app, pic, agreement) = setting().await;
    let rows = [doubtful_row(1), doubtful_row(2), good_row(3)];
    let one = app.checked(&pic, &agreement, csv(rows)).await;
    let list = pic.page(&format!("{one}/peringatan")).await;
    assert!(list.contains("<h1>2 peringatan belum beralasan</h1>"));
    let answer = pic
        .post(
            &format!("{one}/peringatan"),
            &[("alasan.0", "Pelatihan satu tahun."), ("alasan.1", " ")],
        )
        .await;
    assert_eq!(location(&answer), format!("{one}/peringatan"));
    let list = pic.page(&format!("{one}/peringatan?tampil=semua")).await;
    assert!(list.contains("<h1>1 peringatan belum beralasan</h1>"));
    assert!(list.contains("Alasan: Pelatihan satu tahun. (diberikan pada PD-2026-0001 versi 1)"));

    // The same record comes again in another row; a third is new.
    let rows = vec![good_row(3), doubtful_row(1), doubtful_row(4)];
    let two = next(&app, &pic, &one, rows).await;
    let send = pic.page(&format!("{two}/kirim")).await;
    assert!(send.contains("1 peringatan memakai alasan yang sudah pernah diberikan"));
    assert!(
        send.contains("(1 baris)"),
        "one is left to be asked: {send}"
    );
    let answer = pic
        .post(&format!("{two}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(answer.status(), 422);
    let answer = pic
        .post(
            &format!("{two}/kirim"),
            &[(KIND, "Program dua semester."), ("pernyataan", "ya")],
        )
        .await;
    assert_eq!(answer.status(), 303);

    let verifier = app.staff(Role::Verifier).await;
    let review = verifier
        .page(&two.replace("/pengiriman/", "/tinjauan/"))
        .await;
    assert!(review.contains("Pelatihan satu tahun. (diberikan pada PD-2026-0001 versi 1)"));
    assert!(review.contains("Program dua semester. (diberikan pada PD-2026-0001 versi 2)"));
}

#[actix_web::test]
async fn a_reason_holds_in_the_next_submission_until_the_value_changes() {
    let (app, pic, agreement) = setting().await;
    let one = app.checked(&pic, &agreement, csv([doubtful_row(1)])).await;
    let order = [(KIND, "Program dua semester."), ("pernyataan", "ya")];
    let answer = pic.post(&format!("{one}/kirim"), &order).await;
    assert_eq!(answer.status(), 303);

    let rows = csv([doubtful_row(1), good_row(2)]);
    let again = app.checked(&pic, &agreement, rows).await;
    let answer = pic
        .post(&format!("{again}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(answer.status(), 303, "nothing is asked");

    let other = doubtful_row(1).replace(",1200,", ",1300,");
    let changed = app.checked(&pic, &agreement, csv([other])).await;
    let answer = pic
        .post(&format!("{changed}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(answer.status(), 422, "another value is asked again");
}

#[actix_web::test]
async fn a_reason_holds_under_a_renewed_agreement() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let (pic, old) = (app.pic(&partner).await, app.sending_agreement(&partner));
    let one = app.checked(&pic, &old, csv([doubtful_row(1)])).await;
    let list = format!("{one}/peringatan");
    pic.post(&list, &[("alasan.0", "Sesuai sertifikat.")]).await;
    let renewed = app.sending_agreement(&partner);
    let file = csv([doubtful_row(1), doubtful_row(2)]);
    let version = app.checked(&pic, &renewed, file).await;
    let page = pic.page(&format!("{version}/peringatan")).await;
    assert!(page.contains("<h1>1 peringatan belum beralasan</h1>"));
}

#[actix_web::test]
async fn a_reason_of_another_institution_does_not_count() {
    let (app, pic, agreement) = setting().await;
    let one = app.checked(&pic, &agreement, csv([doubtful_row(1)])).await;
    let list = format!("{one}/peringatan");
    pic.post(&list, &[("alasan.0", "Sesuai sertifikat.")]).await;
    let neighbour = app.sender("Badan Tetangga");
    let theirs = app.sending_agreement(&neighbour);
    let stranger = app.pic(&neighbour).await;
    let version = app
        .checked(&stranger, &theirs, csv([doubtful_row(1)]))
        .await;
    let page = stranger.page(&format!("{version}/peringatan")).await;
    assert!(page.contains("<h1>1 peringatan belum beralasan</h1>"));
    assert_eq!(stranger.get(&list).await.status(), 404);
    let forged = stranger.post(&list, &[("alasan.0", "x")]).await;
    assert_eq!(forged.status(), 404);
}

#[actix_web::test]
async fn a_sent_version_takes_no_more_reasons_and_a_long_one_is_refused() {
    let (app, pic, agreement) = setting().await;
    let one = app.checked(&pic, &agreement, csv([doubtful_row(1)])).await;
    let list = format!("{one}/peringatan");
    let long = "x".repeat(1_001);
    let answer = pic.post(&list, &[("alasan.0", long.as_str())]).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains(&long), "what was typed is kept");
    let order = [(KIND, "Program dua semester."), ("pernyataan", "ya")];
    pic.post(&format!("{one}/kirim"), &order).await;
    let late = pic.post(&list, &[("alasan.0", "Terlambat.")]).await;
    assert_eq!(late.status(), 409);
}
