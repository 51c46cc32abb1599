use crate::support::accounts::{Nomination, nominate, nomination};
use crate::support::{TestApp, location};
use padan::accounts::Role;

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn a_nominated_person_gets_an_account_and_one_invitation() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    let admin = app.staff(Role::Admin).await;
    let form = nomination(&partner);
    let answer = nominate(&admin, "/akun/baru", &form).await;
    let account = app.ratna();
    assert_eq!(location(&answer), format!("/akun/{}", account.id));
    assert_eq!(
        (account.role, account.institution_id),
        (Role::Pic, partner.id)
    );
    assert!(account.password_hash.is_none());
    let mails = app.outbox();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].kind, "accounts.invitation");
    assert_eq!(mails[0].recipient, "ratna@contoh.example");
    assert!(
        mails[0].body.contains("23 November 2026 pukul 09.00"),
        "{}",
        mails[0].body
    );
    assert!(app.audited("accounts.nominated").len() == 1);
    let page = admin.page(&format!("/akun/{}", account.id)).await;
    assert!(page.contains("Akun Ratna Contoh menunggu kata sandi"));
}

#[actix_web::test]
async fn the_same_form_sent_twice_makes_one_account() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let form = nomination(&app.partner("Instansi Contoh"));
    let twice = futures_util::future::join(
        nominate(&admin, "/akun/baru", &form),
        nominate(&admin, "/akun/baru", &form),
    );
    let (one, two) = twice.await;
    assert_eq!((one.status().as_u16(), two.status().as_u16()), (303, 303));
    assert_eq!(location(&one), location(&two));
    assert_eq!(app.outbox().len(), 1);
}

#[actix_web::test]
async fn a_faulty_nomination_is_shown_again_with_what_was_typed() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    let admin = app.staff(Role::Admin).await;
    let taken = app.account(&partner, Role::Pic);
    let nip: &'static str = taken.nip.leak();
    let good = || nomination(&partner);
    for (form, sentence) in [
        (
            Nomination {
                institution: String::new(),
                ..good()
            },
            "Pilih instansi.",
        ),
        (
            Nomination {
                nip: "198713122010122903",
                ..good()
            },
            "NIP ini tidak mungkin",
        ),
        (Nomination { nip, ..good() }, "NIP ini sudah memiliki akun."),
        (
            Nomination {
                name: " ",
                ..good()
            },
            "Isi nama.",
        ),
        (
            Nomination {
                email: "ratna@contoh",
                ..good()
            },
            "Tulis alamat surel yang lengkap",
        ),
        (
            Nomination {
                role: "raja",
                ..good()
            },
            "Pilih peran.",
        ),
        (
            Nomination {
                role: "admin",
                ..good()
            },
            "Peran ini bukan untuk instansi yang dipilih.",
        ),
        (
            Nomination {
                key: "bukan".into(),
                ..good()
            },
            "Formulir ini sudah tidak berlaku.",
        ),
    ] {
        let answer = nominate(&admin, "/akun/baru", &form).await;
        assert_eq!(answer.status(), 422, "{sentence}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence), "{sentence}");
        assert!(
            page.contains(&format!("value=\"{}\"", form.email)),
            "{sentence}"
        );
    }
    assert!(app.outbox().is_empty());
    assert!(app.account_of("198704122010122903").is_none());
}

#[actix_web::test]
async fn staff_of_bkn_get_roles_of_bkn_only() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let home = app.home();
    let as_pic = nominate(&admin, "/akun/baru", &nomination(&home)).await;
    assert_eq!(as_pic.status(), 422);
    let verifier = Nomination {
        role: "verifier",
        ..nomination(&home)
    };
    assert_eq!(
        nominate(&admin, "/akun/baru", &verifier).await.status(),
        303
    );
    assert_eq!(app.ratna().role, Role::Verifier);
}

#[actix_web::test]
async fn closing_an_account_ends_its_sessions_at_once_and_keeps_the_reason() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let pic = app.sign_in(&account).await;
    let admin = app.staff(Role::Admin).await;
    let path = format!("/akun/{}/tutup", account.id);
    let without_reason = admin.post(&path, &[("alasan", " ")]).await;
    assert_eq!(without_reason.status(), 422);
    assert!(
        without_reason
            .text()
            .await
            .unwrap()
            .contains("Isi alasan penutupan.")
    );
    pic.page("/profil").await;
    assert_eq!(
        admin
            .post(&path, &[("alasan", "Pindah tugas.")])
            .await
            .status(),
        303
    );
    assert_eq!(pic.get("/profil").await.status(), 303);
    let page = admin.page(&format!("/akun/{}", account.id)).await;
    assert!(page.contains("Alasan penutupan: Pindah tugas."));
    assert_eq!(
        admin.post(&path, &[("alasan", "Lagi.")]).await.status(),
        409
    );
    assert_eq!(app.audited("accounts.closed").len(), 1);
}

#[actix_web::test]
async fn a_reopened_account_needs_a_new_password() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let admin = app.staff(Role::Admin).await;
    let open = format!("/akun/{}/buka", account.id);
    assert_eq!(admin.post(&open, &[]).await.status(), 409);
    let close = format!("/akun/{}/tutup", account.id);
    admin.post(&close, &[("alasan", "Cuti panjang.")]).await;
    assert_eq!(admin.post(&open, &[]).await.status(), 303);
    let status = app
        .try_sign_in(&app.visitor(), &account.nip, TestApp::PASSWORD)
        .await;
    assert_eq!(status, 422);
    assert_eq!(app.outbox().last().unwrap().kind, "accounts.invitation");
    app.visitor().page(&app.latest_link()).await;
}

#[actix_web::test]
async fn a_person_who_moves_keeps_the_account_and_leaves_the_old_institution() {
    let app = TestApp::start(NOW).await;
    let (old, new) = (app.partner("Instansi Lama"), app.partner("Instansi Baru"));
    let admin = app.staff(Role::Admin).await;
    nominate(&admin, "/akun/baru", &nomination(&old)).await;
    let before = app.ratna();
    let close = format!("/akun/{}/tutup", before.id);
    admin.post(&close, &[("alasan", "Mutasi.")]).await;
    let again = Nomination {
        role: "observer",
        ..nomination(&new)
    };
    assert_eq!(nominate(&admin, "/akun/baru", &again).await.status(), 303);
    let after = app.ratna();
    assert_eq!(
        (after.id, after.institution_id, after.role),
        (before.id, new.id, Role::Observer)
    );
    assert!(after.deactivated_at.is_none() && after.confidentiality_accepted_at.is_none());
}

#[actix_web::test]
async fn nobody_closes_the_own_account_so_that_an_administrator_remains() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.home(), Role::Admin);
    let admin = app.sign_in(&account).await;
    let path = format!("/akun/{}/tutup", account.id);
    let own = admin.post(&path, &[("alasan", "Coba.")]).await;
    assert_eq!(own.status(), 409);
    assert!(
        own.text()
            .await
            .unwrap()
            .contains("tidak dapat menutup akun sendiri")
    );
    admin.page("/profil").await;
}

#[actix_web::test]
async fn the_list_is_searched_filtered_and_paged() {
    let app = TestApp::start(NOW).await;
    let (one, two) = (app.partner("Instansi Satu"), app.partner("Instansi Dua"));
    for _ in 0..30 {
        app.account(&one, Role::Pic);
    }
    let observer = app.account(&two, Role::Observer);
    let auditor = app.staff(Role::Auditor).await;
    let all = auditor.page("/akun").await;
    assert!(all.contains("32 akun terdaftar"));
    assert!(all.contains("Menampilkan 1–25 dari 32 akun"));
    assert!(!all.contains("/akun/baru"), "an auditor changes nothing");
    assert!(
        auditor
            .page("/akun?hal=2")
            .await
            .contains("Menampilkan 26–32 dari 32 akun")
    );
    let by_role = auditor.page("/akun?peran=observer").await;
    assert!(by_role.contains("1 akun sesuai saringan") && by_role.contains(&observer.name));
    let by_institution = auditor
        .page(&format!("/akun?instansi={}&hal=2", one.id))
        .await;
    assert!(by_institution.contains("Menampilkan 26–30 dari 30 akun"));
    let spaced = format!("/akun?cari={}+{}", &observer.nip[..8], &observer.nip[8..]);
    assert!(
        auditor
            .page(&spaced)
            .await
            .contains("1 akun sesuai saringan")
    );
    assert!(
        auditor
            .page("/akun?cari=ORANG")
            .await
            .contains("32 akun sesuai saringan")
    );
    for wild in ["/akun?cari=%25", "/akun?cari=_", "/akun?cari=%5C"] {
        assert!(
            auditor
                .page(wild)
                .await
                .contains("Tidak ada akun yang sesuai."),
            "{wild}"
        );
    }
    assert!(
        auditor
            .page("/akun?keadaan=ditutup")
            .await
            .contains("Tidak ada akun yang sesuai.")
    );
    assert_eq!(
        auditor
            .get("/akun?hal=abc&instansi=x&peran=y")
            .await
            .status(),
        200
    );
}

#[actix_web::test]
async fn looks_at_people_s_data_are_recorded() {
    let app = TestApp::start(NOW).await;
    let account = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let verifier = app.staff(Role::Verifier).await;
    verifier.page("/akun").await;
    verifier.page(&format!("/akun/{}", account.id)).await;
    assert_eq!(app.audited("accounts.listed").len(), 1);
    assert_eq!(app.audited("accounts.viewed").len(), 1);
    assert!(!app.audit_text().contains(&account.nip));
}
