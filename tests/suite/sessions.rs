use crate::support::{TestApp, location};
use padan::accounts::Role;

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn signing_in_gives_a_new_session_and_kills_the_old_one() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let answer = |cookie: String| {
        let form = [
            ("nip", pic.nip.clone()),
            ("sandi", TestApp::PASSWORD.to_owned()),
        ];
        let request = app
            .visitor()
            .request(reqwest::Method::POST, "/masuk")
            .form(&form);
        request.header("cookie", cookie).send()
    };
    let first = answer(String::new()).await.unwrap();
    let first = first
        .headers()
        .get("set-cookie")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        first.starts_with("sesi=") && first.contains("HttpOnly"),
        "{first}"
    );
    assert!(
        first.contains("SameSite=Lax") && first.contains("Path=/"),
        "{first}"
    );
    assert!(
        !first.contains("Secure") && !first.contains("Max-Age"),
        "{first}"
    );
    let old = first.split(';').next().unwrap().to_owned();
    let second = answer(old.clone()).await.unwrap();
    let second = second
        .headers()
        .get("set-cookie")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    assert_ne!(second.split(';').next().unwrap(), old);
    let request = app.visitor().request(reqwest::Method::GET, "/profil");
    let with_old = request.header("cookie", old).send().await.unwrap();
    assert_eq!(location(&with_old), "/masuk?tujuan=%2Fprofil");
    assert_eq!(app.session_count(), 1);
}

#[actix_web::test]
async fn a_session_ends_after_half_an_hour_without_a_request() {
    let app = TestApp::start(NOW).await;
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    app.at("2026-11-20T02:29:59Z");
    pic.page("/profil").await;
    app.at("2026-11-20T02:59:58Z");
    pic.page("/profil").await;
    app.at("2026-11-20T03:29:58Z");
    let answer = pic.get("/profil").await;
    assert_eq!(location(&answer), "/masuk?tujuan=%2Fprofil");
    let page = pic.page("/masuk?tujuan=%2Fprofil").await;
    assert!(page.contains("Sesi Anda berakhir setelah 30 menit tanpa kegiatan."));
    assert_eq!(
        pic.get("/profil").await.status(),
        303,
        "looking revives nothing"
    );
}

#[actix_web::test]
async fn a_session_ends_after_twelve_hours_whatever_happens() {
    let app = TestApp::start(NOW).await;
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    for minutes in (20..720).step_by(20) {
        app.at(&format!(
            "2026-11-20T{:02}:{:02}:00Z",
            2 + minutes / 60,
            minutes % 60
        ));
        pic.page("/profil").await;
    }
    app.at("2026-11-20T14:00:00Z");
    assert_eq!(pic.get("/profil").await.status(), 303);
}

#[actix_web::test]
async fn signing_out_ends_the_session_on_the_server_too() {
    let app = TestApp::start(NOW).await;
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    let answer = pic.post("/keluar", &[]).await;
    assert_eq!(location(&answer), "/masuk?kabar=keluar");
    let cleared = answer.headers().get("clear-site-data").unwrap();
    assert_eq!(cleared, "\"cache\", \"storage\"");
    assert_eq!(app.session_count(), 0);
    assert_eq!(pic.get("/profil").await.status(), 303);
    assert_eq!(
        app.audited("accounts.signed"),
        ["accounts.signed_in", "accounts.signed_out"]
    );
    assert!(
        pic.page("/masuk?kabar=keluar")
            .await
            .contains("Anda sudah keluar.")
    );
}

#[actix_web::test]
async fn a_sixth_session_ends_the_one_used_longest_ago_and_says_so() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let mut actors = Vec::new();
    for minute in 0..5 {
        app.at(&format!("2026-11-20T02:0{minute}:00Z"));
        actors.push(app.sign_in(&account).await);
    }
    let quiet = !actors[4]
        .page("/profil")
        .await
        .contains("paling banyak 5 sesi");
    assert!(quiet, "five are allowed");
    app.at("2026-11-20T02:06:00Z");
    actors[0].page("/profil").await;
    let sixth = app.sign_in(&account).await;
    assert_eq!(actors[1].get("/profil").await.status(), 303);
    actors[0].page("/profil").await;
    let page = sixth.page("/profil").await;
    assert!(page.contains("paling banyak 5 sesi") && page.contains("5 sesi aktif"));
}

#[actix_web::test]
async fn what_is_over_is_forgotten_by_the_schedule() {
    let app = TestApp::start(NOW).await;
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    let tidy = |now: &str| {
        let conn = &mut *app.db.connection().unwrap();
        padan::accounts::jobs::forget_what_is_over(conn, crate::support::moment(now)).unwrap();
    };
    tidy("2026-11-20T13:59:59Z");
    assert_eq!(app.session_count(), 1);
    pic.page("/profil").await;
    tidy("2026-11-20T14:00:01Z");
    assert_eq!(app.session_count(), 0);
}
