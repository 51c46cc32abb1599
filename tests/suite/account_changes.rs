//! What an administrator changes on the account of another.

use crate::support::accounts::{nominate, nomination};
use crate::support::{Actor, TestApp};
use padan::accounts::{Account, Role};
use reqwest::Response;

const NOW: &str = "2026-11-20T02:00:00Z";
const NEW_ADDRESS: &str = "baru@contoh.example";

/// Posts another role and address for an account as it was seen.
async fn change(by: &Actor, seen: &Account, role: &str, email: &str) -> Response {
    let fields = [
        ("peran", role),
        ("surel", email),
        ("peran_semula", seen.role.word()),
        ("surel_semula", &seen.email),
    ];
    by.post(&format!("/akun/{}/ubah", seen.id), &fields).await
}

#[actix_web::test]
async fn another_role_and_address_end_the_sessions_and_are_told_at_both_addresses() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let (pic, admin) = (app.sign_in(&account).await, app.staff(Role::Admin).await);
    let form = admin.page(&format!("/akun/{}/ubah", account.id)).await;
    assert!(form.contains(&account.email) && !form.contains("value=\"verifier\""));
    assert_eq!(
        change(&admin, &account, "observer", NEW_ADDRESS)
            .await
            .status(),
        303
    );
    let after = app.reload(account.id);
    assert_eq!((after.role, &*after.email), (Role::Observer, NEW_ADDRESS));
    assert_eq!(after.password_hash, account.password_hash);
    assert_eq!(
        pic.get("/profil").await.status(),
        303,
        "its session is over"
    );
    let told: Vec<_> = app.outbox();
    let to: Vec<&str> = told.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(to, [account.email.as_str(), NEW_ADDRESS]);
    for mail in &told {
        assert_eq!(mail.kind, "accounts.changed");
        assert!(mail.body.contains("Peran Saudara sekarang: Pengamat."));
        assert!(mail.body.contains("Alamat surel akun Saudara diganti."));
        assert!(
            !mail.body.contains(NEW_ADDRESS),
            "the old address learns no other"
        );
    }
    assert_eq!(app.audited("accounts.changed").len(), 1);
    assert!(!app.audit_text().contains("contoh.example"));
}

#[actix_web::test]
async fn who_has_no_password_yet_gets_a_new_invitation_and_the_old_one_is_dead() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    nominate(
        &admin,
        "/akun/baru",
        &nomination(&app.partner("Instansi Contoh")),
    )
    .await;
    let old = app.latest_link();
    app.at("2026-11-20T02:01:00Z");
    change(&admin, &app.ratna(), "pic", NEW_ADDRESS).await;
    assert_eq!(app.visitor().get(&old).await.status(), 404);
    let mails = app.outbox();
    let last = mails.last().unwrap();
    assert_eq!(
        (&*last.kind, &*last.recipient),
        ("accounts.invitation", NEW_ADDRESS)
    );
    app.visitor().page(&app.latest_link()).await;
}

#[actix_web::test]
async fn a_faulty_change_is_shown_again_with_what_was_typed() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let admin = app.staff(Role::Admin).await;
    for (role, email, sentence) in [
        ("admin", NEW_ADDRESS, "Peran ini bukan untuk instansi"),
        ("raja", NEW_ADDRESS, "Pilih peran."),
        ("pic", "baru@contoh", "Tulis alamat surel yang lengkap"),
        ("pic", "", "Tulis alamat surel yang lengkap"),
    ] {
        let answer = change(&admin, &account, role, email).await;
        assert_eq!(answer.status(), 422, "{sentence}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence), "{sentence}");
        assert!(page.contains(&format!("value=\"{email}\"")), "{sentence}");
    }
    assert_eq!(app.reload(account.id), account);
    assert!(app.outbox().is_empty());
}

#[actix_web::test]
async fn a_change_is_refused_where_the_state_does_not_allow_it() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let own = app.account(&app.home(), Role::Admin);
    let admin = app.sign_in(&own).await;
    let unchanged = change(&admin, &account, "pic", &account.email).await;
    assert_eq!(unchanged.status(), 303);
    assert!(
        app.outbox().is_empty(),
        "nothing was changed, nobody is told"
    );

    let stale = Account {
        email: "lebih-lama@contoh.example".to_owned(),
        ..account.clone()
    };
    let overtaken = change(&admin, &stale, "observer", NEW_ADDRESS).await;
    assert_eq!(overtaken.status(), 409);
    assert!(overtaken.text().await.unwrap().contains("baru saja diubah"));

    let demoted = change(&admin, &own, "auditor", &own.email).await;
    assert_eq!(demoted.status(), 409);
    assert!(demoted.text().await.unwrap().contains("peran sendiri"));

    let close = format!("/akun/{}/tutup", account.id);
    admin.post(&close, &[("alasan", "Mutasi.")]).await;
    let closed = change(&admin, &account, "observer", NEW_ADDRESS).await;
    assert_eq!(closed.status(), 409);
    let form = admin.get(&format!("/akun/{}/ubah", account.id)).await;
    assert_eq!(form.status(), 409);
    assert_eq!(app.reload(own.id).role, Role::Admin);
    assert_eq!(app.reload(account.id).role, Role::Pic);
}

#[actix_web::test]
async fn of_two_administrators_who_demote_each_other_at_once_one_remains() {
    let app = TestApp::start(NOW).await;
    for round in 0..5 {
        let (a, b) = (
            app.account(&app.home(), Role::Admin),
            app.account(&app.home(), Role::Admin),
        );
        let (one, two) = (app.sign_in(&a).await, app.sign_in(&b).await);
        futures_util::future::join(
            change(&one, &b, "auditor", &b.email),
            change(&two, &a, "auditor", &a.email),
        )
        .await;
        let roles = [app.reload(a.id).role, app.reload(b.id).role];
        let left = roles.iter().filter(|role| **role == Role::Admin).count();
        assert_eq!(left, 1, "round {round}: {roles:?}");
    }
}

#[actix_web::test]
async fn an_administrator_sees_and_ends_the_sessions_of_another() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let (here, there) = (app.sign_in(&account).await, app.sign_in(&account).await);
    let admin = app.staff(Role::Admin).await;
    let verifier = app.staff(Role::Verifier).await;
    let path = format!("/akun/{}", account.id);
    let page = admin.page(&path).await;
    assert!(page.contains("2 sesi aktif"));
    assert!(!verifier.page(&path).await.contains("sesi aktif"));
    let ending = format!("{path}/sesi");
    assert_eq!(verifier.post(&ending, &[]).await.status(), 403);

    let mark = page.split("name=\"sesi\" value=\"").nth(1).unwrap();
    let mark = mark.split('"').next().unwrap();
    assert_eq!(admin.post(&ending, &[("sesi", mark)]).await.status(), 303);
    assert!(admin.page(&path).await.contains("Satu sesi aktif"));
    assert_eq!(admin.post(&ending, &[]).await.status(), 303);
    assert!(admin.page(&path).await.contains("Tidak ada sesi aktif"));
    for actor in [here, there] {
        assert_eq!(actor.get("/profil").await.status(), 303);
    }
    assert_eq!(app.audited("accounts.sessions_ended").len(), 2);
}

#[actix_web::test]
async fn a_new_link_is_a_reset_for_who_has_a_password_and_none_for_a_closed_account() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let admin = app.staff(Role::Admin).await;
    let path = format!("/akun/{}/undangan", account.id);
    assert_eq!(admin.post(&path, &[]).await.status(), 303);
    let mails = app.outbox();
    assert_eq!(
        (mails.len(), &*mails[0].kind, &*mails[0].recipient),
        (1, "accounts.reset", account.email.as_str())
    );
    assert_eq!(app.audited("accounts.reset_sent").len(), 1);
    let close = format!("/akun/{}/tutup", account.id);
    admin.post(&close, &[("alasan", "Mutasi.")]).await;
    assert_eq!(app.outbox().last().unwrap().kind, "accounts.closed");
    assert_eq!(admin.post(&path, &[]).await.status(), 409);
    assert_eq!(app.outbox().len(), 2);
}
