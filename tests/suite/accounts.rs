use crate::support::{TestApp, location};
use padan::accounts::Role;

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn a_person_signs_in_with_a_nip_written_with_spaces() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let (birth, rest) = pic.nip.split_at(8);
    let spaced = format!(" {birth} {rest} ");
    let visitor = app.visitor();
    assert_eq!(
        app.try_sign_in(&visitor, &spaced, TestApp::PASSWORD).await,
        303
    );
    assert_eq!(location(&visitor.get("/").await), "/beranda");
    assert_eq!(app.audited("accounts."), ["accounts.signed_in"]);
}

/// The password's hash as it was made when less work was asked for.
fn weaker_hash() -> String {
    use argon2::password_hash::PasswordHasher;
    let params = argon2::Params::new(8 * 1024, 1, 1, None).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let hash = argon2.hash_password(TestApp::PASSWORD.as_bytes());
    hash.unwrap().to_string()
}

#[actix_web::test]
async fn signing_in_raises_an_old_hash_to_what_is_asked_for_today() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let weaker = weaker_hash();
    app.set_hash(pic.id, &weaker);
    let wrong = app.try_sign_in(&app.visitor(), &pic.nip, "bukan itu").await;
    assert_eq!(wrong, 422);
    assert_eq!(app.reload(pic.id).password_hash, Some(weaker));
    app.sign_in(&pic).await;
    let raised = app.reload(pic.id);
    let hash = raised.password_hash.unwrap();
    assert!(hash.contains("m=19456,t=2,p=1"), "{hash}");
    assert_eq!(raised.password_set_at, pic.password_set_at);
    app.sign_in(&pic).await;
    assert_eq!(
        app.reload(pic.id).password_hash.unwrap(),
        hash,
        "once is enough"
    );
}

#[actix_web::test]
async fn each_role_has_its_own_first_page() {
    let app = TestApp::start(NOW).await;
    for (role, page) in [
        (Role::Admin, "/ikhtisar"),
        (Role::Auditor, "/ikhtisar"),
        (Role::Verifier, "/tinjauan"),
    ] {
        assert_eq!(location(&app.staff(role).await.get("/").await), page);
    }
}

#[actix_web::test]
async fn faults_in_the_form_are_named_beside_the_field_and_count_for_nothing() {
    let app = TestApp::start(NOW).await;
    for (nip, password, sentence) in [
        ("", "x", "Isi NIP."),
        (
            "1990010120150119",
            "x",
            "NIP harus 18 angka. Anda menulis 16 angka.",
        ),
        ("19900101201501190O", "x", "NIP hanya berisi angka."),
        ("199001012015011901", "", "Isi kata sandi."),
        (
            "199001012015011901",
            &*"a".repeat(129),
            "Kata sandi paling banyak 128 karakter.",
        ),
    ] {
        let answer = app
            .visitor()
            .post("/masuk", &[("nip", nip), ("sandi", password)])
            .await;
        assert_eq!(answer.status(), 422, "{sentence}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence), "{sentence}");
        assert!(page.contains("<title>Kesalahan: "), "{sentence}");
    }
    assert!(app.audited("accounts.").is_empty());
}

#[actix_web::test]
async fn unknown_nip_wrong_password_and_closed_account_get_one_answer() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    let open = app.account(&partner, Role::Pic);
    let closed = app.account(&partner, Role::Pic);
    let admin = app.staff(Role::Admin).await;
    admin
        .post(
            &format!("/akun/{}/tutup", closed.id),
            &[("alasan", "Pensiun.")],
        )
        .await;
    let mut pages = Vec::new();
    for (nip, password) in [
        (open.nip.as_str(), "bukan itu"),
        ("199001012015011999", "bukan itu"),
        (closed.nip.as_str(), TestApp::PASSWORD),
    ] {
        let answer = app
            .visitor()
            .post("/masuk", &[("nip", nip), ("sandi", password)])
            .await;
        assert_eq!(answer.status(), 422);
        assert!(answer.headers().get("set-cookie").is_none());
        pages.push(answer.text().await.unwrap().replace(nip, "NIP"));
    }
    assert!(pages[0].contains("NIP atau kata sandi tidak cocok. Periksa keduanya."));
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
}

#[actix_web::test]
async fn failures_are_recorded_without_the_nip_or_the_password() {
    let app = TestApp::start(NOW).await;
    let visitor = app.visitor();
    app.try_sign_in(&visitor, "199001012015011999", "sandi rahasia")
        .await;
    assert_eq!(app.audited("accounts."), ["accounts.sign_in_failed"]);
    let trail = app.audit_text();
    assert!(!trail.contains("199001012015011999") && !trail.contains("rahasia"));
}

#[actix_web::test]
async fn failures_in_a_row_make_the_next_try_wait_known_nip_or_not() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    for nip in [pic.nip.as_str(), "199001012015011999"] {
        app.at(NOW);
        let visitor = app.visitor();
        assert_eq!(app.try_sign_in(&visitor, nip, "bukan itu").await, 422);
        assert_eq!(app.try_sign_in(&visitor, nip, "bukan itu").await, 422);
        let slowed = visitor
            .post("/masuk", &[("nip", nip), ("sandi", TestApp::PASSWORD)])
            .await;
        assert_eq!(slowed.status(), 429);
        assert_eq!(slowed.headers().get("retry-after").unwrap(), "1");
        let page = slowed.text().await.unwrap();
        assert!(page.contains("Terlalu banyak percobaan. Tunggu 1 detik, lalu coba lagi."));
        assert!(page.contains(nip), "what was typed is kept");
    }
    app.at("2026-11-20T02:00:01Z");
    let visitor = app.visitor();
    assert_eq!(
        app.try_sign_in(&visitor, &pic.nip, TestApp::PASSWORD).await,
        303
    );
    assert_eq!(
        app.try_sign_in(&app.visitor(), &pic.nip, "bukan itu").await,
        422
    );
    assert_eq!(
        app.try_sign_in(&app.visitor(), &pic.nip, "bukan itu").await,
        422
    );
}

#[actix_web::test]
async fn many_tries_at_once_count_before_any_is_answered() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let tries =
        (0..12).map(|_| async { app.try_sign_in(&app.visitor(), &pic.nip, "bukan itu").await });
    let answers = futures_util::future::join_all(tries).await;
    let checked = answers.iter().filter(|status| **status == 422).count();
    let slowed = answers.iter().filter(|status| **status == 429).count();
    assert_eq!((checked, slowed), (2, 10), "{answers:?}");
}

#[actix_web::test]
async fn twenty_failures_a_minute_stop_an_address_for_a_while() {
    let app = TestApp::start(NOW).await;
    for n in 0..20 {
        let nip = format!("1990010120150119{n:02}");
        assert_eq!(
            app.try_sign_in(&app.visitor(), &nip, "bukan itu").await,
            422
        );
    }
    let nip = "199001012015011999";
    assert_eq!(app.try_sign_in(&app.visitor(), nip, "bukan itu").await, 429);
    app.at("2026-11-20T02:01:00Z");
    assert_eq!(app.try_sign_in(&app.visitor(), nip, "bukan itu").await, 422);
}

#[actix_web::test]
async fn failures_locked_into_the_future_by_a_wrong_clock_hold_nobody_up() {
    let app = TestApp::start("2026-11-21T02:00:00Z").await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    for _ in 0..3 {
        app.try_sign_in(&app.visitor(), &pic.nip, "bukan itu").await;
    }
    app.at(NOW);
    let status = app
        .try_sign_in(&app.visitor(), &pic.nip, TestApp::PASSWORD)
        .await;
    assert_eq!(status, 303);
}

#[actix_web::test]
async fn addresses_behind_the_trusted_proxy_are_told_apart() {
    let proxy = "127.0.0.1".parse().unwrap();
    let app = TestApp::start_with(NOW, |config| config.web.trusted_proxy = Some(proxy)).await;
    let status = async |n: usize, forwarded: &str| {
        let nip = format!("1990010120150119{n:02}");
        let form = [("nip", nip.as_str()), ("sandi", "bukan itu")];
        let request = app
            .visitor()
            .request(reqwest::Method::POST, "/masuk")
            .form(&form);
        let answer = request
            .header("x-forwarded-for", forwarded)
            .send()
            .await
            .unwrap();
        answer.status().as_u16()
    };
    for n in 0..20 {
        let forged = format!("203.0.113.{n}, 198.51.100.7");
        assert_eq!(status(n, &forged).await, 422);
    }
    assert_eq!(status(21, "203.0.113.99, 198.51.100.7").await, 429);
    assert_eq!(status(22, "198.51.100.8").await, 422);
}

#[actix_web::test]
async fn the_page_asked_for_comes_after_signing_in() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let visitor = app.visitor();
    let first = location(&visitor.get("/profil?dari=surel").await);
    assert_eq!(first, "/masuk?tujuan=%2Fprofil%3Fdari%3Dsurel");
    let page = visitor.page(&first).await;
    assert!(page.contains("name=\"tujuan\" value=\"/profil?dari=surel\""));
    let form = [
        ("nip", pic.nip.as_str()),
        ("sandi", TestApp::PASSWORD),
        ("tujuan", "/profil?dari=surel"),
    ];
    assert_eq!(
        location(&visitor.post("/masuk", &form).await),
        "/profil?dari=surel"
    );
    assert_eq!(location(&visitor.get("/masuk").await), "/");
}

#[actix_web::test]
async fn signing_in_never_leads_to_another_site() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    for elsewhere in [
        "https://jahat.example/",
        "//jahat.example",
        "/\\jahat.example",
        "/\t/jahat.example",
        "javascript:alert(1)",
    ] {
        let form = [
            ("nip", pic.nip.as_str()),
            ("sandi", TestApp::PASSWORD),
            ("tujuan", elsewhere),
        ];
        let answer = app.visitor().post("/masuk", &form).await;
        assert_eq!(location(&answer), "/", "{elsewhere:?}");
    }
}

#[actix_web::test]
async fn the_statement_is_accepted_once_before_anything_else() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::LeadPic);
    app.forget_statement(account.id);
    let pic = app.sign_in(&account).await;
    let first = location(&pic.get("/pic?a=1").await);
    assert_eq!(first, "/pernyataan-kerahasiaan?tujuan=%2Fpic%3Fa%3D1");
    assert_eq!(
        location(&pic.post("/pic/baru", &[]).await),
        "/pernyataan-kerahasiaan"
    );
    assert!(
        pic.page(&first)
            .await
            .contains("Satu pernyataan sebelum Anda mulai")
    );
    let unticked = pic.post("/pernyataan-kerahasiaan", &[]).await;
    assert_eq!(unticked.status(), 422);
    let form = [("setuju", "ya"), ("tujuan", "/pic?a=1")];
    assert_eq!(
        location(&pic.post("/pernyataan-kerahasiaan", &form).await),
        "/pic?a=1"
    );
    app.at("2026-11-20T02:10:00Z");
    pic.post("/pernyataan-kerahasiaan", &form).await;
    let accepted = app.reload(account.id).confidentiality_accepted_at;
    assert_eq!(
        accepted,
        Some(crate::support::moment(NOW)),
        "the first time counts"
    );
    assert_eq!(
        app.audited("accounts.conf"),
        ["accounts.confidentiality_accepted"]
    );
    pic.page("/pic").await;
}
