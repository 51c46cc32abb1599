//! The program is killed while it sends mail.

use crate::support::TestApp;
use crate::support::smtp_sink::{Fault, SmtpSink};
use secrecy::ExposeSecret;
use std::collections::HashMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const MAILS: usize = 12;

fn begin_work(app: &TestApp, port: u16) -> Child {
    let storage = &app.parts.config.storage;
    Command::new(&storage.program)
        .arg("work")
        .env("PADAN_DATABASE_URL", storage.database_url.expose_secret())
        .env("PADAN_DATA_DIR", &storage.data_dir)
        .env("PADAN_SMTP_URL", format!("smtp://127.0.0.1:{port}"))
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

async fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "waited for {what}"
        );
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The line of a raw message that begins with a header's name.
fn header(message: &str, name: &str) -> String {
    let line = message.lines().find(|line| line.starts_with(name));
    line.unwrap().to_owned()
}

#[actix_web::test]
async fn killed_in_the_middle_of_sending_nothing_is_lost_and_copies_are_known_as_such() {
    let sink = SmtpSink::start(Fault::SlowToConfirm(300));
    // The program reads the real clock: the mails have been due for long.
    let app = TestApp::start("2024-01-02T02:00:00Z").await;
    let ids: Vec<_> = (0..MAILS).map(|number| app.post_notice(number)).collect();

    let mut worker = begin_work(&app, sink.port());
    wait_until("the second batch", || sink.seen().taken.len() >= 6).await;
    worker.kill().unwrap();
    worker.wait().unwrap();
    let killed_at = sink.seen().taken.len();
    assert!(killed_at < MAILS);

    let mut worker = begin_work(&app, sink.port());
    wait_until("every mail", || ids.iter().all(|id| app.mail_state(*id).1)).await;
    worker.kill().unwrap();
    worker.wait().unwrap();

    let mut copies: HashMap<(String, String), usize> = HashMap::new();
    for message in sink.seen().taken {
        let names = (
            header(&message, "Subject:"),
            header(&message, "Message-ID:"),
        );
        *copies.entry(names).or_default() += 1;
    }
    assert_eq!(copies.len(), MAILS, "one Message-ID for each subject");
    assert!(copies.values().all(|count| *count <= 2));
    let extra: usize = copies.values().map(|count| count - 1).sum();
    assert!(extra <= 4, "{extra} copies of what was not yet confirmed");
}
