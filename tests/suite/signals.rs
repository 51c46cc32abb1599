//! How the program ends when it is asked to, and how programs start together.

use crate::support::program::{Program, free_port, present, send_signal};
use crate::support::smtp_sink::{Fault, SmtpSink};
use crate::support::{TestApp, fresh_database};
use secrecy::ExposeSecret;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn worker(app: &TestApp, port: u16) -> Child {
    let storage = &app.parts.config.storage;
    Command::new(&storage.program)
        .arg("work")
        .env("PADAN_DATABASE_URL", storage.database_url.expose_secret())
        .env("PADAN_DATA_DIR", &storage.data_dir)
        .env("PADAN_SMTP_URL", format!("smtp://127.0.0.1:{port}"))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

async fn wait_for_mail(sink: &SmtpSink) {
    let start = Instant::now();
    while sink.seen().taken.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30), "no mail");
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Sends half of a form, has the program asked to end, and sends the rest.
fn post_across(address: &str, ask: impl FnOnce()) -> String {
    let host = address.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST /masuk HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\nnip=1&"
    );
    stream.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    ask();
    std::thread::sleep(Duration::from_millis(700));
    stream.write_all(b"sandi=").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[actix_web::test]
async fn either_signal_lets_requests_under_way_come_to_their_answer() {
    for signal in ["TERM", "INT"] {
        let app = TestApp::start(&present()).await;
        let program = app.program(&[]).await;
        let (address, id) = (program.address.clone(), program.id());
        let answer =
            actix_web::web::block(move || post_across(&address, || send_signal(signal, id)))
                .await
                .unwrap();
        assert!(answer.starts_with("HTTP/1.1 422"), "{signal}: {answer}");
        let output = actix_web::web::block(move || program.ended())
            .await
            .unwrap();
        assert!(output.status.success(), "{signal}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.trim_end().ends_with("stopped"), "{signal}: {told}");
    }
}

#[actix_web::test]
async fn interrupted_the_worker_brings_the_mail_in_hand_to_its_end() {
    let sink = SmtpSink::start(Fault::SlowToConfirm(700));
    let app = TestApp::start("2024-01-02T02:00:00Z").await;
    let id = app.post_notice(1);
    let program = worker(&app, sink.port());
    wait_for_mail(&sink).await;
    send_signal("INT", program.id());
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(app.mail_state(id).1);
}

#[actix_web::test]
async fn asked_a_second_time_the_program_ends_at_once() {
    let sink = SmtpSink::start(Fault::SlowToConfirm(20_000));
    let app = TestApp::start("2024-01-02T02:00:00Z").await;
    app.post_notice(1);
    let mut program = worker(&app, sink.port());
    wait_for_mail(&sink).await;
    send_signal("TERM", program.id());
    std::thread::sleep(Duration::from_millis(500));
    assert!(program.try_wait().unwrap().is_none(), "waits for the mail");
    let asked = Instant::now();
    send_signal("INT", program.id());
    let output = program.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(asked.elapsed() < Duration::from_secs(3));
}

#[test]
fn programs_that_start_together_on_a_fresh_database_make_its_tables_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = fresh_database(folder.path());
    let start = |number: usize| {
        let nip = format!("19900101201501190{number}");
        Command::new(env!("CARGO_BIN_EXE_padan"))
            .args(["account", "create", "--nama", "Admin Contoh", "--nip", &nip])
            .args(["--email", &format!("admin{number}@contoh.example")])
            .env("PADAN_DATABASE_URL", &url)
            .env("PADAN_DATA_DIR", folder.path())
            .stderr(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let programs: Vec<Child> = (1..=4).map(start).collect();
    for program in programs {
        let output = program.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{told}");
        assert!(!told.contains("ERROR"), "{told}");
    }
}

#[actix_web::test]
async fn the_demo_ends_its_words_with_the_accounts_and_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let listen = format!("127.0.0.1:{}", free_port());
    let mut command = Command::new(env!("CARGO_BIN_EXE_padan"));
    command
        .arg("demo")
        .env_clear()
        .env("PADAN_LISTEN", &listen)
        .current_dir(folder.path());
    let program = Program::start(command, &listen).await;
    let page = reqwest::get(format!("{}/masuk", program.address)).await;
    assert_eq!(page.unwrap().status(), 200);
    send_signal("INT", program.id());
    let output = program.ended();
    assert!(output.status.success());
    let told = String::from_utf8(output.stdout).unwrap();
    let last = told.lines().last().unwrap();
    assert!(
        last.starts_with(&format!("Alamat: http://{listen}")),
        "{told}"
    );
    assert!(told.starts_with("Peran"), "{told}");
    let beside = String::from_utf8(output.stderr).unwrap();
    assert_eq!(beside, "Memuat data demo …\n");
}
