//! The program as an operator starts it.

use crate::support::TestApp;
use crate::support::smtp_sink::{Fault, SmtpSink};
use secrecy::ExposeSecret;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The program with an environment of its own and nothing of ours.
fn padan(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_padan"));
    command
        .args(arguments)
        .env_clear()
        .env("PADAN_DATA_DIR", folder.join("data"))
        .current_dir(folder);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn run(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = padan(folder, arguments);
    command.envs(settings.iter().copied()).output().unwrap()
}

const CREATE: &[&str] = &[
    "account",
    "create",
    "--nip",
    "19900101 201501 1 901",
    "--nama",
    "Admin Contoh",
    "--email",
    "admin@contoh.example",
];

#[test]
fn the_first_administrator_gets_a_one_time_link_once() {
    let folder = tempfile::tempdir().unwrap();
    let base = [("PADAN_BASE_URL", "https://padan.contoh.example")];
    let first = run(folder.path(), CREATE, &base);
    assert!(first.status.success(), "{}", text(&first.stderr));
    let link = text(&first.stdout);
    assert!(
        link.starts_with("https://padan.contoh.example/tautan/"),
        "{link}"
    );
    assert_eq!(link.lines().count(), 1);
    let again = run(folder.path(), CREATE, &base);
    assert!(!again.status.success());
    assert!(text(&again.stderr).ends_with("this NIP has an account already\n"));
    let verified = run(folder.path(), &["audit", "verify"], &[]);
    assert!(text(&verified.stdout).starts_with("1 events, head "));
}

#[test]
fn what_the_portal_keeps_is_closed_to_other_users_of_the_machine() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), CREATE, &[]).status.success());
    let data = folder.path().join("data").metadata().unwrap();
    assert_eq!(data.permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_setting_that_cannot_be_used_is_refused_in_one_sentence_without_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in [
        ("PADAN_BASE_URL", "padan.contoh.example"),
        ("PADAN_BASE_URL", "ftp://padan.contoh.example"),
        ("PADAN_BASE_URL", "https://padan.contoh.example/portal"),
        (
            "PADAN_DATABASE_URL",
            "mysql://orang:rahasia@contoh.example/padan",
        ),
        ("PADAN_LISTEN", "rahasia"),
        ("PADAN_MAIL_FROM", "bukan alamat"),
        ("PADAN_MAIL_PER_MINUTE", "0"),
        ("PADAN_MAIL_REPLY_TO", "bukan alamat"),
        ("PADAN_SMTP_CA_FILE", "tidak-ada.pem"),
        ("PADAN_SMTP_TIMEOUT_SECONDS", "lama"),
        ("PADAN_SMTP_URL", "http://orang:rahasia@contoh.example"),
        ("PADAN_TRUSTED_PROXY", "di mana"),
    ] {
        let smtp = ("PADAN_SMTP_URL", "smtps://orang:rahasia@contoh.example");
        let base = ("PADAN_BASE_URL", "https://padan.contoh.example");
        let output = run(folder.path(), &[], &[base, smtp, (name, value)]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        let told = text(&output.stderr);
        let last = told.lines().last().unwrap();
        assert!(last.starts_with(&format!("padan: {name}")), "{last}");
        assert!(!told.contains(":rahasia"), "{told}");
    }
}

#[test]
fn a_trail_that_was_tampered_with_ends_the_check_with_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), CREATE, &[]).status.success());
    let database = folder.path().join("data/padan.db");
    let url = format!("sqlite://{}", database.display());
    let db = padan::platform::db::Db::open(&url, 1).unwrap();
    let mut conn = db.connection().unwrap();
    let change = diesel::sql_query("UPDATE audit_events SET actor = 'orang lain'");
    diesel::RunQueryDsl::execute(change, &mut *conn).unwrap();
    let verified = run(folder.path(), &["audit", "verify"], &[]);
    assert!(!verified.status.success());
    assert!(text(&verified.stderr).contains("broken at event 1"));
}

#[actix_web::test]
async fn asked_to_end_the_portal_ends_by_itself_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let listen = format!("127.0.0.1:{port}");
    let mut command = padan(folder.path(), &[]);
    command.env("PADAN_LISTEN", &listen).stderr(Stdio::piped());
    let program = command.spawn().unwrap();
    let address = format!("http://{listen}/masuk");
    let start = Instant::now();
    while !reqwest::get(&address)
        .await
        .is_ok_and(|answer| answer.status() == 200)
    {
        assert!(start.elapsed() < Duration::from_secs(20), "no answer");
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    let told = end(program);
    assert!(
        told.contains("serving") && told.trim_end().ends_with("stopped"),
        "{told}"
    );
}

#[actix_web::test]
async fn asked_to_end_the_worker_brings_the_mail_in_hand_to_its_end() {
    let sink = SmtpSink::start(Fault::SlowToConfirm(700));
    let app = TestApp::start("2024-01-02T02:00:00Z").await;
    let id = app.post_notice(1);
    let storage = &app.parts.config.storage;
    let mut command = padan(&storage.data_dir, &["work"]);
    command
        .env("PADAN_DATABASE_URL", storage.database_url.expose_secret())
        .env(
            "PADAN_SMTP_URL",
            format!("smtp://127.0.0.1:{}", sink.port()),
        )
        .env("PADAN_LOG_FORMAT", "json")
        .stderr(Stdio::piped());
    let program = command.spawn().unwrap();
    let start = Instant::now();
    while sink.seen().taken.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "no mail");
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!app.mail_state(id).1, "not confirmed yet");
    let told = end(program);
    assert!(app.mail_state(id).1);
    assert!(told.lines().all(|line| line.starts_with('{')), "{told}");
    assert!(
        told.contains("\"r***@contoh.example\"") && !told.contains("ratna1@"),
        "{told}"
    );
}

/// Asks a program to end; what it said until it did.
fn end(program: Child) -> String {
    let asked = Command::new("kill")
        .arg(program.id().to_string())
        .status()
        .unwrap();
    assert!(asked.success());
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    text(&output.stderr)
}
