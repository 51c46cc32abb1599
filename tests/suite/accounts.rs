use crate::support::TestApp;
use padan::accounts::Role;

#[actix_web::test]
async fn a_person_signs_in_with_a_nip_written_with_spaces() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let partner = app.partner("Instansi Contoh");
    let pic = app.account(&partner, Role::Pic);
    let visitor = app.visitor();
    let spaced = format!(
        "{} {} {} {}",
        &pic.nip[..8],
        &pic.nip[8..14],
        &pic.nip[14..15],
        &pic.nip[15..]
    );
    let answer = visitor
        .post("/masuk", &[("nip", &spaced), ("sandi", TestApp::PASSWORD)])
        .await;
    assert_eq!(answer.status(), 303);
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_nip_get_the_same_answer() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let partner = app.partner("Instansi Contoh");
    let pic = app.account(&partner, Role::Pic);
    let wrong = app
        .visitor()
        .post("/masuk", &[("nip", &pic.nip), ("sandi", "bukan itu")])
        .await;
    let unknown = app
        .visitor()
        .post(
            "/masuk",
            &[("nip", "199001012015011999"), ("sandi", "bukan itu")],
        )
        .await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(unknown.status(), 422);
    let wrong = wrong.text().await.unwrap().replace(&pic.nip, "NIP");
    let unknown = unknown
        .text()
        .await
        .unwrap()
        .replace("199001012015011999", "NIP");
    assert_eq!(wrong, unknown);
}
