use crate::support::{TestApp, location};
use padan::accounts::Role;

const NOW: &str = "2026-11-20T02:00:00Z";
const NEW_PASSWORD: &str = "tujuh gajah minum kopi pahit";

#[actix_web::test]
async fn the_profile_shows_the_own_data_and_sessions() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let pic = app.sign_in(&account).await;
    app.sign_in(&account).await;
    let page = pic.page("/profil").await;
    assert!(page.contains(&account.name) && page.contains(&account.email));
    assert!(page.contains("2 sesi aktif"));
    assert_eq!(page.matches("Sesi ini").count(), 1);
}

#[actix_web::test]
async fn one_other_session_or_all_others_can_be_ended() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let (here, there) = (app.sign_in(&account).await, app.sign_in(&account).await);
    let page = here.page("/profil").await;
    let mark = page.split("name=\"sesi\" value=\"").nth(1).unwrap();
    let mark = mark.split('"').next().unwrap();
    assert_eq!(
        here.post("/profil/sesi", &[("sesi", mark)]).await.status(),
        303
    );
    assert_eq!(there.get("/profil").await.status(), 303);
    app.sign_in(&account).await;
    app.sign_in(&account).await;
    here.post("/profil/sesi", &[]).await;
    assert!(here.page("/profil").await.contains("Satu sesi aktif"));
    assert_eq!(app.session_count(), 1);
}

#[actix_web::test]
async fn nobody_ends_the_session_of_another() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    let one = app.pic(&partner).await;
    let account = app.account(&partner, Role::Pic);
    let (other, _second) = (app.sign_in(&account).await, app.sign_in(&account).await);
    let page = other.page("/profil").await;
    let mark = page.split("name=\"sesi\" value=\"").nth(1).unwrap();
    one.post("/profil/sesi", &[("sesi", mark.split('"').next().unwrap())])
        .await;
    assert_eq!(app.session_count(), 3);
}

#[actix_web::test]
async fn a_changed_password_ends_the_other_sessions_and_is_mailed_to_the_owner() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let (here, there) = (app.sign_in(&account).await, app.sign_in(&account).await);
    let form = [
        ("sekarang", TestApp::PASSWORD),
        ("sandi", NEW_PASSWORD),
        ("ulangi", NEW_PASSWORD),
    ];
    assert_eq!(
        location(&here.post("/profil/kata-sandi", &form).await),
        "/profil"
    );
    let page = here.page("/profil").await;
    assert!(page.contains("Kata sandi diubah.") && page.contains("Satu sesi aktif"));
    assert_eq!(there.get("/profil").await.status(), 303);
    let mails = app.outbox();
    assert_eq!(
        (mails.len(), &*mails[0].kind),
        (1, "accounts.password_changed")
    );
    assert_eq!(mails[0].recipient, account.email);
    assert!(!mails[0].body.contains(NEW_PASSWORD));
    assert_eq!(
        app.try_sign_in(&app.visitor(), &account.nip, NEW_PASSWORD)
            .await,
        303
    );
}

#[actix_web::test]
async fn the_password_is_not_changed_without_the_present_one() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let pic = app.sign_in(&account).await;
    for (present, sentence) in [
        ("", "Isi kata sandi Anda sekarang."),
        ("bukan itu", "Kata sandi sekarang tidak cocok."),
        ("bukan itu juga", "Kata sandi sekarang tidak cocok."),
        (
            TestApp::PASSWORD,
            "Terlalu banyak percobaan. Tunggu 1 detik",
        ),
    ] {
        let form = [
            ("sekarang", present),
            ("sandi", NEW_PASSWORD),
            ("ulangi", NEW_PASSWORD),
        ];
        let answer = pic.post("/profil/kata-sandi", &form).await;
        assert_eq!(answer.status(), 422, "{sentence}");
        assert!(
            answer.text().await.unwrap().contains(sentence),
            "{sentence}"
        );
    }
    assert_eq!(app.reload(account.id).password_hash, account.password_hash);
    assert!(app.outbox().is_empty());
    assert_eq!(app.audited("accounts.password").len(), 2);
}
