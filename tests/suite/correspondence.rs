use crate::support::{TestApp, invitation, location};
use padan::accounts::Role;
use padan::correspondence::{self, Mail};

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn without_a_mail_server_mail_is_kept_as_files_that_only_the_portal_reads() {
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::start(NOW).await;
    app.post(&invitation(1));
    assert_eq!(app.work().await, 1);
    assert_eq!(app.work().await, 0);
    let folder = app.parts.config.storage.data_dir.join("mail");
    let files: Vec<_> = folder.read_dir().unwrap().map(Result::unwrap).collect();
    assert_eq!(files.len(), 1);
    assert!(files[0].path().extension().is_some_and(|it| it == "eml"));
    assert_eq!(
        files[0].metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    assert!(text.contains("Auto-Submitted: auto-generated"));
    assert!(text.contains("Date: Fri, 20 Nov 2026 02:00:00 +0000"));
    assert!(text.contains("/atur/rahasia-1"));
}

#[actix_web::test]
async fn a_mail_is_sent_only_if_the_deed_that_causes_it_is_done() {
    let app = TestApp::start(NOW).await;
    let now = app.clock.now();
    let undone: Result<(), diesel::result::Error> = app
        .db
        .write(move |conn| {
            correspondence::post(conn, &invitation(1), now)?;
            Err(diesel::result::Error::RollbackTransaction)
        })
        .await
        .unwrap();
    assert!(undone.is_err());
    assert_eq!(app.work().await, 0);
    assert!(app.mails().is_empty());
}

#[actix_web::test]
async fn staff_sees_where_each_mail_stands_and_narrows_the_list() {
    let app = TestApp::start(NOW).await;
    let staff = app.staff(Role::Verifier).await;
    assert!(
        staff
            .page("/surel")
            .await
            .contains("<h1>Belum ada surel</h1>")
    );
    app.post(&invitation(1));
    app.work().await;
    app.post(&invitation(2));
    let all = staff.page("/surel").await;
    assert!(all.contains("<h1>1 surel menunggu dikirim</h1>"), "{all}");
    assert!(all.contains("Undangan nomor 1") && all.contains("Undangan nomor 2"));
    let waiting = staff.page("/surel?keadaan=antre").await;
    assert!(!waiting.contains("Undangan nomor 1") && waiting.contains("Undangan nomor 2"));
    let found = staff.page("/surel?cari=RATNA1%40contoh").await;
    assert!(found.contains("Undangan nomor 1") && !found.contains("Undangan nomor 2"));
    let none = staff.page("/surel?cari=100%25&jenis=&hal=abc").await;
    assert!(none.contains("Tidak ada surel yang cocok"));
}

#[actix_web::test]
async fn a_long_list_is_shown_in_pages() {
    let app = TestApp::start(NOW).await;
    let staff = app.staff(Role::Auditor).await;
    for number in 0..30 {
        app.post(&invitation(number));
    }
    let first = staff.page("/surel?keadaan=antre").await;
    assert!(first.contains("Menampilkan 1–25 dari 30 surel"));
    assert!(first.contains("/surel?keadaan=antre&#38;hal=2"));
    let second = staff.page("/surel?keadaan=antre&hal=2").await;
    assert!(second.contains("Menampilkan 26–30 dari 30 surel"));
}

#[actix_web::test]
async fn a_pic_sees_no_mail_and_nobody_unknown_sees_any() {
    let app = TestApp::start(NOW).await;
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    let id = app.post(&invitation(1));
    assert_eq!(pic.get("/surel").await.status(), 403);
    assert_eq!(pic.get(&format!("/surel/{id}")).await.status(), 403);
    assert_eq!(app.visitor().get("/surel").await.status(), 303);
    let staff = app.staff(Role::Auditor).await;
    let unknown = "/surel/019a0000-0000-7000-8000-000000000000";
    assert_eq!(staff.get(unknown).await.status(), 404);
    assert_eq!(staff.get("/surel/bukan-nomor").await.status(), 404);
}

#[actix_web::test]
async fn without_a_mail_server_the_admin_alone_reads_one_time_links_in_the_portal() {
    let app = TestApp::start(NOW).await;
    let id = app.post(&invitation(1));
    app.work().await;
    let path = format!("/surel/{id}");
    let link = format!("<a href=\"{}/atur/rahasia-1\">", app.address);
    let page = app.staff(Role::Admin).await.page(&path).await;
    assert!(page.contains(&link), "{page}");
    for role in [Role::Verifier, Role::Auditor] {
        let page = app.staff(role).await.page(&path).await;
        assert!(
            !page.contains("rahasia-1") && page.contains("•••"),
            "{role}"
        );
    }
    assert_eq!(
        app.recorded("mail."),
        ["mail.read", "mail.read", "mail.read"]
    );
}

#[actix_web::test]
async fn with_a_mail_server_nobody_reads_one_time_links_in_the_portal() {
    let app = TestApp::start_with_smtp(NOW, 9).await;
    let id = app.post(&invitation(1));
    let page = app
        .staff(Role::Admin)
        .await
        .page(&format!("/surel/{id}"))
        .await;
    assert!(!page.contains("rahasia-1") && page.contains("•••"));
}

#[actix_web::test]
async fn the_admin_sends_a_mail_again_and_others_may_not() {
    let app = TestApp::start(NOW).await;
    let id = app.post_notice(1);
    app.work().await;
    let path = format!("/surel/{id}/kirim-ulang");
    let auditor = app.staff(Role::Auditor).await;
    assert_eq!(auditor.post(&path, &[]).await.status(), 403);
    assert_eq!(app.work().await, 0);
    let admin = app.staff(Role::Admin).await;
    let answer = admin.post(&path, &[]).await;
    assert_eq!(
        (answer.status().as_u16(), location(&answer)),
        (303, format!("/surel/{id}"))
    );
    // A second click changes nothing.
    assert_eq!(admin.post(&path, &[]).await.status(), 303);
    assert_eq!(app.work().await, 1);
    let page = admin.page(&format!("/surel/{id}")).await;
    assert!(page.contains("Surel dimasukkan lagi ke dalam antrean."));
    assert_eq!(page.matches("</time>Terkirim").count(), 2);
    assert_eq!(app.recorded("mail."), ["mail.resent", "mail.read"]);
}

#[actix_web::test]
async fn what_was_typed_cannot_add_a_header() {
    let app = TestApp::start(NOW).await;
    let mail = Mail {
        recipient_name: "Ratna\r\nBcc: lain@contoh.example".to_owned(),
        subject: "Surat\r\nBcc: lain@contoh.example\r\n\r\nIsi lain".to_owned(),
        ..invitation(1)
    };
    app.post(&mail);
    app.work().await;
    let folder = app.parts.config.storage.data_dir.join("mail");
    let file = folder.read_dir().unwrap().next().unwrap().unwrap();
    let text = std::fs::read_to_string(file.path()).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    assert!(head.contains("Subject: Surat Bcc: lain@contoh.example Isi lain"));
}

#[actix_web::test]
async fn an_address_that_no_server_can_deliver_to_is_given_up_at_once() {
    let app = TestApp::start(NOW).await;
    let addresses = [
        "bukan alamat",
        "a@b.example\r\nBcc: c@d.example",
        "a@[127.0.0.1]",
        "a@contoh",
        "á@contoh.example",
        "",
    ];
    for address in addresses {
        let recipient = address.to_owned();
        let id = app.post(&Mail {
            recipient,
            ..invitation(1)
        });
        app.work().await;
        let (attempts, is_sent, is_failed, _) = app.mail_state(id);
        assert_eq!(
            (attempts, is_sent, is_failed),
            (1, false, true),
            "{address}"
        );
    }
}
