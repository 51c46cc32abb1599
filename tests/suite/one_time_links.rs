use crate::support::{TestApp, location};
use padan::accounts::{Account, Role};

const NOW: &str = "2026-11-20T02:00:00Z";
const NEW_PASSWORD: &str = "tujuh gajah minum kopi pahit";

/// A person nominated by an administrator, who has not set a password yet.
async fn invited(app: &TestApp) -> Account {
    let partner = app.partner("Instansi Contoh");
    let admin = app.staff(Role::Admin).await;
    let form = [
        ("instansi", partner.id.to_string()),
        ("nip", "19870412 201012 2 903".to_owned()),
        ("nama", "Ratna Contoh".to_owned()),
        ("surel", "ratna@contoh.example".to_owned()),
        ("peran", "pic".to_owned()),
        ("kunci", uuid::Uuid::new_v4().to_string()),
    ];
    let form: Vec<_> = form
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    assert_eq!(admin.post("/akun/baru", &form).await.status(), 303);
    app.account_of("198704122010122903").unwrap()
}

async fn set(app: &TestApp, link: &str, password: &str) -> reqwest::Response {
    let form = [("sandi", password), ("ulangi", password)];
    app.visitor().post(link, &form).await
}

#[actix_web::test]
async fn an_invited_person_sets_a_password_and_signs_in_with_it() {
    let app = TestApp::start(NOW).await;
    let account = invited(&app).await;
    let link = app.latest_link();
    let page = app.visitor().page(&link).await;
    assert!(page.contains("Ratna Contoh") && page.contains("PIC, Instansi Contoh"));
    let answer = set(&app, &link, NEW_PASSWORD).await;
    assert_eq!(location(&answer), "/masuk?kabar=sandi");
    assert!(
        answer.headers().get("set-cookie").is_none(),
        "a link alone opens nothing"
    );
    assert_eq!(
        app.try_sign_in(&app.visitor(), &account.nip, NEW_PASSWORD)
            .await,
        303
    );
    assert_eq!(app.audited("accounts.password"), ["accounts.password_set"]);
}

#[actix_web::test]
async fn looking_at_a_link_uses_nothing_up_and_using_it_does() {
    let app = TestApp::start(NOW).await;
    invited(&app).await;
    let link = app.latest_link();
    for _ in 0..3 {
        app.visitor().page(&link).await;
    }
    assert_eq!(set(&app, &link, NEW_PASSWORD).await.status(), 303);
    let again = set(&app, &link, "delapan gajah minum teh manis").await;
    assert_eq!(again.status(), 404);
    assert!(
        again
            .text()
            .await
            .unwrap()
            .contains("Tautan ini sudah tidak berlaku")
    );
    assert_eq!(app.visitor().get(&link).await.status(), 404);
}

#[actix_web::test]
async fn two_who_use_a_link_at_once_set_one_password() {
    let app = TestApp::start(NOW).await;
    invited(&app).await;
    let link = app.latest_link();
    let both = futures_util::future::join(
        set(&app, &link, NEW_PASSWORD),
        set(&app, &link, "delapan gajah minum teh manis"),
    );
    let (one, two) = both.await;
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404]);
    assert_eq!(app.audited("accounts.password_set").len(), 1);
}

#[actix_web::test]
async fn an_invitation_holds_for_72_hours_and_a_reset_for_30_minutes() {
    let app = TestApp::start(NOW).await;
    let account = invited(&app).await;
    let link = app.latest_link();
    app.at("2026-11-23T01:59:59Z");
    app.visitor().page(&link).await;
    app.at("2026-11-23T02:00:00Z");
    assert_eq!(app.visitor().get(&link).await.status(), 404);
    app.visitor()
        .post("/lupa-kata-sandi", &[("nip", &account.nip)])
        .await;
    let link = app.latest_link();
    app.at("2026-11-23T02:29:59Z");
    app.visitor().page(&link).await;
    app.at("2026-11-23T02:30:00Z");
    assert_eq!(set(&app, &link, NEW_PASSWORD).await.status(), 404);
}

#[actix_web::test]
async fn a_newer_link_withdraws_the_older_one() {
    let app = TestApp::start(NOW).await;
    let account = invited(&app).await;
    let old = app.latest_link();
    app.at("2026-11-20T02:01:00Z");
    let admin = app.staff(Role::Admin).await;
    let answer = admin
        .post(&format!("/akun/{}/undangan", account.id), &[])
        .await;
    assert_eq!(answer.status(), 303);
    assert_ne!(app.latest_link(), old);
    assert_eq!(app.visitor().get(&old).await.status(), 404);
    app.visitor().page(&app.latest_link()).await;
}

#[actix_web::test]
async fn an_unknown_or_malformed_link_is_answered_like_a_used_one() {
    let app = TestApp::start(NOW).await;
    for token in ["0".repeat(64), "bukan-tautan".into(), "%00".into()] {
        let answer = app.visitor().get(&format!("/tautan/{token}")).await;
        assert_eq!(answer.status(), 404);
        assert!(
            answer
                .text()
                .await
                .unwrap()
                .contains("Tautan ini sudah tidak berlaku")
        );
    }
}

#[actix_web::test]
async fn staff_of_bkn_need_fifteen_characters_and_the_page_says_so() {
    const FOURTEEN: &str = "gajah kopi 99x";
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.home(), Role::Auditor);
    let admin = app.staff(Role::Admin).await;
    admin
        .post(&format!("/akun/{}/undangan", account.id), &[])
        .await;
    let link = app.latest_link();
    let page = app.visitor().page(&link).await;
    assert!(page.contains("Paling sedikit 15 karakter."));
    let answer = set(&app, &link, FOURTEEN).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("paling sedikit 15 karakter. Anda menulis 14."));
    let fifteen = format!("{FOURTEEN}y");
    assert_eq!(set(&app, &link, &fifteen).await.status(), 303);
    invited(&app).await;
    let page = app.visitor().page(&app.latest_link()).await;
    assert!(page.contains("Paling sedikit 12 karakter."));
}

#[actix_web::test]
async fn a_weak_password_is_refused_with_the_reason_and_the_link_still_holds() {
    let app = TestApp::start(NOW).await;
    invited(&app).await;
    let link = app.latest_link();
    for (password, repeated, reason) in [
        ("", "", "Isi kata sandi baru."),
        (
            "pendek",
            "pendek",
            "paling sedikit 12 karakter. Anda menulis 6.",
        ),
        (
            "sandi 198704122010122903",
            "sandi 198704122010122903",
            "memuat NIP atau tanggal lahir",
        ),
        (
            "ratna suka mangga muda",
            "ratna suka mangga muda",
            "memuat nama Anda",
        ),
        (
            "siasn rahasia lima sembilan",
            "",
            "memuat kata yang mudah diduga",
        ),
        ("password1234", "password1234", "mudah ditebak"),
        (NEW_PASSWORD, "lain", "Kedua kata sandi berbeda."),
        (&*"a1 ".repeat(50), "", "paling banyak 128 karakter"),
    ] {
        let form = [("sandi", password), ("ulangi", repeated)];
        let answer = app.visitor().post(&link, &form).await;
        assert_eq!(answer.status(), 422, "{reason}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(reason), "{reason}");
        assert!(
            password.len() < 12 || !page.contains(password),
            "not shown again"
        );
    }
    assert_eq!(set(&app, &link, NEW_PASSWORD).await.status(), 303);
}

#[actix_web::test]
async fn a_forgotten_password_gets_one_answer_for_every_nip() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    for nip in [pic.nip.as_str(), "199001012015011999"] {
        let answer = app
            .visitor()
            .post("/lupa-kata-sandi", &[("nip", nip)])
            .await;
        assert_eq!(location(&answer), "/lupa-kata-sandi/terkirim");
    }
    let mails = app.outbox();
    assert_eq!(mails.len(), 1);
    assert_eq!(
        (&*mails[0].kind, &mails[0].recipient),
        ("accounts.reset", &pic.email)
    );
    assert!(mails[0].body.contains("[[base]]/tautan/[[secret]]"));
    assert_eq!(app.audited("accounts.reset").len(), 2);
    assert!(!app.audit_text().contains("199001012015011999"));
}

#[actix_web::test]
async fn who_asks_too_often_is_told_on_the_form_when_to_ask_again() {
    let app = TestApp::start(NOW).await;
    let ask = [("nip", "199001012015011999")];
    for _ in 0..5 {
        let answer = app.visitor().post("/lupa-kata-sandi", &ask).await;
        assert_eq!(answer.status(), 303);
    }
    let slowed = app.visitor().post("/lupa-kata-sandi", &ask).await;
    assert_eq!(slowed.status(), 429);
    assert_eq!(slowed.headers()["retry-after"], "60");
    let page = slowed.text().await.unwrap();
    assert!(page.contains("Terlalu banyak percobaan. Tunggu 60 detik"));
    assert!(
        page.contains("value=\"199001012015011999\""),
        "the NIP is kept"
    );
}

#[actix_web::test]
async fn at_most_three_reset_links_an_hour_are_mailed_to_an_account() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    for minute in 0..5 {
        app.at(&format!("2026-11-20T02:{:02}:00Z", minute * 2));
        let answer = app
            .visitor()
            .post("/lupa-kata-sandi", &[("nip", &pic.nip)])
            .await;
        assert_eq!(answer.status(), 303);
    }
    assert_eq!(app.outbox().len(), 3);
    app.at("2026-11-20T03:01:00Z");
    app.visitor()
        .post("/lupa-kata-sandi", &[("nip", &pic.nip)])
        .await;
    assert_eq!(app.outbox().len(), 4);
}

#[actix_web::test]
async fn a_reset_ends_every_session_and_tells_the_owner() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let pic = app.sign_in(&account).await;
    app.visitor()
        .post("/lupa-kata-sandi", &[("nip", &account.nip)])
        .await;
    assert_eq!(
        set(&app, &app.latest_link(), NEW_PASSWORD).await.status(),
        303
    );
    assert_eq!(pic.get("/profil").await.status(), 303);
    assert_eq!(app.session_count(), 0);
    assert_eq!(
        app.outbox().last().unwrap().kind,
        "accounts.password_changed"
    );
    app.at("2026-11-20T02:05:00Z");
    let old = TestApp::PASSWORD;
    assert_eq!(
        app.try_sign_in(&app.visitor(), &account.nip, old).await,
        422
    );
}

#[actix_web::test]
async fn the_secret_is_kept_by_its_hash_only() {
    use diesel::prelude::*;
    use padan::platform::db::schema::account_links;
    let app = TestApp::start(NOW).await;
    invited(&app).await;
    let link = app.latest_link();
    let token = link.rsplit('/').next().unwrap();
    assert_eq!(token.len(), 64, "256 bits");
    let conn = &mut *app.db.connection().unwrap();
    let stored: Vec<String> = account_links::table
        .select(account_links::token_hash)
        .load(conn)
        .unwrap();
    assert_eq!(
        stored,
        [padan::platform::secret::sha256_hex(token.as_bytes())]
    );
}

#[actix_web::test]
async fn a_link_in_a_mail_never_follows_the_host_header() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let request = app
        .visitor()
        .request(reqwest::Method::POST, "/lupa-kata-sandi");
    let form = [("nip", &pic.nip)];
    let answer = request
        .header("host", "jahat.example")
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 421);
    assert!(app.outbox().is_empty());
}
