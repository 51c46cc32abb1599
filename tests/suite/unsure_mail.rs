//! Mail that was handed over and never confirmed: a person is asked.

use crate::support::smtp_sink::{Fault, SmtpSink};
use crate::support::{TestApp, invitation, location};
use padan::accounts::Role;
use padan::correspondence::MailId;

const NOW: &str = "2026-11-20T02:00:00Z";

/// A mail that the server took, with the connection lost behind it.
async fn unsure() -> (SmtpSink, TestApp, MailId) {
    let sink = SmtpSink::start(Fault::DropAfterData);
    let app = TestApp::start_with_smtp(NOW, sink.port()).await;
    let id = app.post(&invitation(1));
    assert_eq!(app.work().await, 1);
    (sink, app, id)
}

#[actix_web::test]
async fn a_mail_whose_connection_ends_behind_the_message_is_not_sent_again_by_itself() {
    let (sink, app, id) = unsure().await;
    for later in ["2026-11-20T02:01:00Z", "2026-11-27T02:00:00Z"] {
        app.at(later);
        assert_eq!(app.work().await, 0);
    }
    assert_eq!(sink.seen().taken.len(), 1);
    let auditor = app.staff(Role::Auditor).await;
    let list = auditor.page("/surel").await;
    assert!(list.contains("<h1>1 surel belum pasti terkirim</h1>"));
    let found = auditor.page("/surel?keadaan=tidak-pasti").await;
    assert!(found.contains("Undangan nomor 1"));
    let waiting = auditor.page("/surel?keadaan=antre").await;
    assert!(!waiting.contains("Undangan nomor 1"));
    let page = auditor.page(&format!("/surel/{id}")).await;
    assert!(page.contains("<h1>Surel belum pasti terkirim</h1>"));
    assert!(page.contains("Surel diserahkan 20 November 2026 pukul 09.00"));
    assert!(page.contains("Terputus sebelum ada jawaban"));
    assert!(!page.contains("/kirim-ulang") && !page.contains("/sudah-sampai"));
}

#[actix_web::test]
async fn the_admin_sends_an_unsure_mail_again_under_the_same_name() {
    let (sink, app, id) = unsure().await;
    let admin = app.staff(Role::Admin).await;
    let page = admin.page(&format!("/surel/{id}")).await;
    assert!(page.contains("/kirim-ulang") && page.contains("/sudah-sampai"));
    let answer = admin.post(&format!("/surel/{id}/kirim-ulang"), &[]).await;
    assert_eq!(location(&answer), format!("/surel/{id}"));
    assert_eq!(app.work().await, 1);
    let taken = sink.seen().taken;
    assert_eq!(taken.len(), 2);
    let name = format!("Message-ID: <{id}@127.0.0.1>");
    for copy in &taken {
        assert!(copy.contains(&name) && copy.contains("/atur/rahasia-1"));
    }
}

#[actix_web::test]
async fn the_admin_records_that_an_unsure_mail_did_arrive() {
    let (sink, app, id) = unsure().await;
    let path = format!("/surel/{id}/sudah-sampai");
    let verifier = app.staff(Role::Verifier).await;
    assert_eq!(verifier.post(&path, &[]).await.status(), 403);
    let admin = app.staff(Role::Admin).await;
    for _double_click in 0..2 {
        assert_eq!(admin.post(&path, &[]).await.status(), 303);
    }
    let page = admin.page(&format!("/surel/{id}")).await;
    assert!(page.contains("<h1>Surel terkirim</h1>"));
    assert_eq!(app.work().await, 0);
    assert_eq!(sink.seen().taken.len(), 1);
    assert!(app.mails()[0].text.contains("[[secret]]"), "link forgotten");
    assert_eq!(app.recorded("mail."), ["mail.settled", "mail.read"]);
}

#[actix_web::test]
async fn only_an_unsure_mail_can_be_recorded_as_arrived() {
    let app = TestApp::start_with_smtp(NOW, 9).await;
    let id = app.post_notice(1);
    let admin = app.staff(Role::Admin).await;
    admin.post(&format!("/surel/{id}/sudah-sampai"), &[]).await;
    assert!(!app.mail_state(id).1);
    assert_eq!(app.work().await, 1);
    assert!(app.recorded("mail.").is_empty());
}

#[actix_web::test]
async fn a_server_that_refuses_the_message_itself_leaves_nothing_unsure() {
    let sink = SmtpSink::start(Fault::RefuseMessage);
    let app = TestApp::start_with_smtp(NOW, sink.port()).await;
    let id = app.post_notice(1);
    app.work().await;
    assert_eq!(
        app.mail_state(id),
        (1, false, true, "554 not this".to_owned())
    );
    let page = app.staff(Role::Auditor).await.page("/surel").await;
    assert!(page.contains("<h1>1 surel gagal dikirim</h1>"));
}

#[actix_web::test]
async fn a_server_that_never_confirms_is_waited_for_and_then_a_person_asked() {
    let sink = SmtpSink::start(Fault::SlowToConfirm(3_000));
    let url = format!("smtp://127.0.0.1:{}", sink.port());
    let app = TestApp::start_with(NOW, |config| {
        config.mail.smtp_url = Some(url.into());
        config.mail.timeout_seconds = 1;
    })
    .await;
    let id = app.post_notice(1);
    app.work().await;
    app.at("2026-11-21T02:00:00Z");
    assert_eq!(app.work().await, 0);
    let (_, is_sent, is_failed, answer) = app.mail_state(id);
    assert_eq!(
        (is_sent, is_failed, answer.as_str()),
        (false, false, "no answer in 1 s")
    );
    assert_eq!(sink.seen().taken.len(), 1);
}
