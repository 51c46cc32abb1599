//! Mail on its way to real and to faulty mail servers.

use crate::support::smtp::{LOGIN, SmtpServer};
use crate::support::smtp_sink::{Fault, SmtpSink};
use crate::support::{TestApp, invitation};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema::mails;
use std::collections::HashSet;

const NOW: &str = "2026-11-20T02:00:00Z";

fn message_id(message: &str) -> String {
    let line = message.lines().find(|line| line.starts_with("Message-ID:"));
    line.unwrap().to_owned()
}

#[actix_web::test]
async fn mail_survives_a_mail_server_that_is_down_and_arrives_once() {
    let mut server = SmtpServer::start();
    let app = TestApp::start_with_smtp(NOW, server.port()).await;
    server.stop();
    let id = app.post(&invitation(1));
    assert_eq!(app.work().await, 1);
    let (attempts, is_sent, is_failed, answer) = app.mail_state(id);
    assert_eq!(
        (attempts, is_sent, is_failed),
        (1, false, false),
        "{answer}"
    );
    let staff = app.staff(Role::Admin).await;
    let page = staff.page(&format!("/surel/{id}")).await;
    assert!(page.contains("<h1>Surel belum terkirim</h1>"));
    assert!(page.contains("Dicoba lagi 20 November 2026 pukul 09.01."));

    server.start_again();
    assert_eq!(app.work().await, 0);
    app.at("2026-11-20T02:01:00Z");
    assert_eq!(app.work().await, 1);
    app.at("2026-11-21T02:00:00Z");
    assert_eq!(app.work().await, 0);
    let messages = server.messages();
    assert_eq!(messages.len(), 1);
    let message = &messages[0];
    assert_eq!(message.recipients, ["ratna1@contoh.example"]);
    assert_eq!(message.header("Subject"), Some("Undangan nomor 1"));
    assert_eq!(message.header("Auto-Submitted"), Some("auto-generated"));
    assert_eq!(
        message.header("Message-ID"),
        Some(format!("<{id}@127.0.0.1>").as_str())
    );
    let link = format!("{}/atur/rahasia-1", app.address);
    assert!(message.text.as_deref().unwrap().contains(&link));
    assert!(message.html.as_deref().unwrap().contains(&link));
    assert!(
        app.mails()[0].text.contains("[[secret]]"),
        "the secret is forgotten"
    );
}

#[actix_web::test]
async fn a_mail_whose_one_time_link_is_forgotten_is_not_sent_again() {
    let server = SmtpServer::start();
    let app = TestApp::start_with_smtp(NOW, server.port()).await;
    let id = app.post(&invitation(1));
    app.work().await;
    let admin = app.staff(Role::Admin).await;
    let page = admin.page(&format!("/surel/{id}")).await;
    assert!(!page.contains("/kirim-ulang") && page.contains("Kirim tautan baru"));
    let answer = admin.post(&format!("/surel/{id}/kirim-ulang"), &[]).await;
    assert_eq!(answer.status(), 409);
    app.work().await;
    assert_eq!(server.messages().len(), 1);
}

#[actix_web::test]
async fn a_mail_that_is_put_off_is_tried_again_after_longer_and_longer_pauses() {
    let sink = SmtpSink::start(Fault::PutOffFirst(2));
    let app = TestApp::start_with_smtp(NOW, sink.port()).await;
    let id = app.post(&invitation(1));
    for (now, tried) in [
        ("2026-11-20T02:00:00Z", 1),
        ("2026-11-20T02:00:59Z", 0),
        ("2026-11-20T02:01:00Z", 1),
        ("2026-11-20T02:05:59Z", 0),
        ("2026-11-20T02:06:00Z", 1),
        ("2026-11-20T09:00:00Z", 0),
    ] {
        app.at(now);
        assert_eq!(app.work().await, tried, "{now}");
    }
    assert_eq!((sink.seen().offered, sink.seen().taken.len()), (3, 1));
    let page = app
        .staff(Role::Auditor)
        .await
        .page(&format!("/surel/{id}"))
        .await;
    assert_eq!(page.matches("Belum diterima, dicoba lagi nanti").count(), 2);
    assert_eq!(page.matches("450 later").count(), 2);
    assert!(page.contains("<h1>Surel terkirim</h1>"));
    assert!(page.contains("Diserahkan 20 November 2026 pukul 09.06."));
}

#[actix_web::test]
async fn a_mail_that_is_refused_is_given_up_at_once_with_the_servers_answer() {
    let sink = SmtpSink::start(Fault::RefuseRecipient);
    let app = TestApp::start_with_smtp(NOW, sink.port()).await;
    let id = app.post_notice(1);
    app.work().await;
    app.at("2026-11-27T02:00:00Z");
    assert_eq!(app.work().await, 0);
    assert_eq!(
        app.mail_state(id),
        (1, false, true, "550 no such mailbox".to_owned())
    );
    let admin = app.staff(Role::Admin).await;
    let list = admin.page("/surel").await;
    assert!(list.contains("<h1>1 surel gagal dikirim</h1>"));
    assert!(list.contains("550 no such mailbox"));
    admin.post(&format!("/surel/{id}/kirim-ulang"), &[]).await;
    assert_eq!(app.work().await, 1);
    assert_eq!(sink.seen().offered, 2);
}

#[actix_web::test]
async fn a_mail_that_is_given_up_forgets_its_one_time_link() {
    let sink = SmtpSink::start(Fault::RefuseRecipient);
    let app = TestApp::start_with_smtp(NOW, sink.port()).await;
    let id = app.post(&invitation(1));
    app.work().await;
    assert!(app.mail_state(id).2);
    assert!(app.mails()[0].text.contains("[[secret]]"));
    let admin = app.staff(Role::Admin).await;
    let page = admin.page(&format!("/surel/{id}")).await;
    assert!(!page.contains("/kirim-ulang") && page.contains("Kirim tautan baru"));
    let answer = admin.post(&format!("/surel/{id}/kirim-ulang"), &[]).await;
    assert_eq!(answer.status(), 409);
}

#[actix_web::test]
async fn a_message_is_named_after_the_host_of_the_portal() {
    let sink = SmtpSink::start(Fault::None);
    let url = format!("smtp://127.0.0.1:{}", sink.port());
    let app = TestApp::start_with(NOW, |config| {
        config.mail.smtp_url = Some(url.into());
        config.web.base_url = "https://padan.contoh.example:8443".parse().unwrap();
    })
    .await;
    let id = app.post_notice(1);
    app.work().await;
    assert_eq!(
        message_id(&sink.seen().taken[0]),
        format!("Message-ID: <{id}@padan.contoh.example>")
    );
}

#[actix_web::test]
async fn a_server_that_says_nothing_holds_no_mail_for_good() {
    let sink = SmtpSink::start(Fault::Silence);
    let url = format!("smtp://127.0.0.1:{}", sink.port());
    let app = TestApp::start_with(NOW, |config| {
        config.mail.smtp_url = Some(url.into());
        config.mail.timeout_seconds = 1;
    })
    .await;
    let id = app.post(&invitation(1));
    app.work().await;
    assert_eq!(
        app.mail_state(id),
        (1, false, false, "no answer in 1 s".to_owned())
    );
}

#[actix_web::test]
async fn a_mail_is_given_up_after_twelve_tries_in_four_days_and_a_half() {
    let app = TestApp::start_with_smtp(NOW, 9).await;
    let id = app.post(&invitation(1));
    let mut tries = 0;
    for half_hour in 0..2 * 24 * 5 {
        let now = padan::platform::clock::Moment::new(NOW.parse().unwrap());
        app.clock.set(now.plus_seconds(half_hour * 1800));
        tries += app.work().await;
    }
    assert_eq!(tries, 12);
    let (attempts, is_sent, is_failed, _) = app.mail_state(id);
    assert_eq!((attempts, is_sent, is_failed), (12, false, true));
}

#[actix_web::test]
async fn mail_goes_over_starttls_with_a_login_and_waits_while_the_login_is_wrong() {
    let server = SmtpServer::start_secured();
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, server.certificate().unwrap()).unwrap();
    for (password, is_taken) in [("salah", false), (LOGIN.1, true)] {
        let (user, port) = (LOGIN.0, server.port());
        let url = format!("smtp://{user}:{password}@localhost:{port}?tls=required");
        let app = TestApp::start_with(NOW, |config| {
            config.mail.smtp_url = Some(url.into());
            config.mail.ca_file = Some(ca_file.clone());
        })
        .await;
        let id = app.post(&invitation(1));
        app.work().await;
        let (_, is_sent, is_failed, answer) = app.mail_state(id);
        assert_eq!((is_sent, is_failed), (is_taken, false), "{answer}");
    }
    assert_eq!(server.messages().len(), 1);
}

#[actix_web::test]
async fn several_programs_on_one_database_send_each_mail_once() {
    let server = SmtpServer::start();
    let app = TestApp::start_with_smtp(NOW, server.port()).await;
    let ids: HashSet<String> = (0..24)
        .map(|n| app.post(&invitation(n)).to_string())
        .collect();
    let workers: Vec<_> = (0..3)
        .map(|_| {
            let parts = app.parts.clone();
            actix_web::rt::spawn(async move { padan::schedule::work_off(&parts).await.unwrap() })
        })
        .collect();
    let mut tried = 0;
    for worker in workers {
        tried += worker.await.unwrap();
    }
    assert_eq!(tried, ids.len());
    let messages = server.messages();
    let arrived: HashSet<&str> = messages
        .iter()
        .filter_map(|m| m.header("Message-ID"))
        .collect();
    assert_eq!((messages.len(), arrived.len()), (ids.len(), ids.len()));
}

#[actix_web::test]
async fn no_more_mails_are_sent_in_a_minute_than_the_installation_allows() {
    let app = TestApp::start_with(NOW, |config| config.mail.per_minute = 3).await;
    for number in 0..7 {
        app.post(&invitation(number));
    }
    for (now, tried) in [
        ("2026-11-20T02:00:00Z", 3),
        ("2026-11-20T02:00:59Z", 0),
        ("2026-11-20T02:01:00Z", 3),
        ("2026-11-20T02:02:00Z", 1),
    ] {
        app.at(now);
        assert_eq!(app.work().await, tried, "{now}");
    }
}

#[actix_web::test]
async fn a_mail_that_another_program_holds_is_left_alone_until_its_claim_runs_out() {
    let app = TestApp::start(NOW).await;
    let id = app.post_notice(1);
    let conn = &mut *app.db.connection().unwrap();
    diesel::update(mails::table.find(id))
        .set((
            mails::claim.eq("lain"),
            mails::claimed_until.eq(app.clock.now().plus_seconds(15)),
        ))
        .execute(conn)
        .unwrap();
    assert_eq!(app.work().await, 0);
    app.at("2026-11-20T02:00:16Z");
    assert_eq!(app.work().await, 1);
    assert!(app.mail_state(id).1);
}

#[actix_web::test]
async fn mail_that_waits_for_more_than_a_day_is_pointed_out() {
    let app = TestApp::start_with_smtp(NOW, 9).await;
    app.post_notice(1);
    app.work().await;
    app.at("2026-11-21T03:00:00Z");
    app.post_notice(2);
    let page = app.staff(Role::Auditor).await.page("/surel").await;
    assert!(page.contains("<h1>2 surel menunggu dikirim</h1>"));
    assert!(page.contains("1 sudah lebih dari 24 jam"));
}
