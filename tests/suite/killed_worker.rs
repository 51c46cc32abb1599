//! The program is killed while it sends mail, or while it checks a file.

use crate::support::TestApp;
use crate::support::smtp_sink::{Fault, SmtpSink};
use crate::support::submissions::{csv, form_key, good_row};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema::{jobs, mails, submission_rows, submission_versions as versions};
use secrecy::ExposeSecret;
use std::collections::HashMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const MAILS: usize = 12;

/// The program reads the real clock: what is posted then has been due for long.
const LONG_AGO: &str = "2024-01-02T02:00:00Z";

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

/// Ends a program as a power cut would (SIGKILL).
fn kill(mut program: Child) {
    program.kill().unwrap();
    program.wait().unwrap();
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

/// How often each subject was taken.
fn copies(sink: &SmtpSink) -> HashMap<String, usize> {
    let mut copies = HashMap::new();
    for message in sink.seen().taken {
        let subject = message.lines().find(|line| line.starts_with("Subject:"));
        *copies.entry(subject.unwrap().to_owned()).or_default() += 1;
    }
    copies
}

#[actix_web::test]
async fn killed_while_the_server_has_a_mail_nothing_is_lost_and_nothing_sent_twice() {
    let sink = SmtpSink::start(Fault::SlowToConfirm(400));
    let app = TestApp::start(LONG_AGO).await;
    let ids: Vec<_> = (0..MAILS).map(|number| app.post_notice(number)).collect();

    let worker = begin_work(&app, sink.port());
    wait_until("some mails", || sink.seen().taken.len() == 6).await;
    kill(worker);
    assert_eq!(sink.seen().taken.len(), 6, "one at a time");

    let worker = begin_work(&app, sink.port());
    let sent = || ids.iter().filter(|id| app.mail_state(**id).1).count();
    wait_until("the other mails", || sent() == MAILS - 1).await;
    let staff = app.staff(Role::Auditor).await;
    wait_until("the claim's end", || {
        let conn = &mut *app.db.connection().unwrap();
        let held = mails::table.filter(mails::claim.is_not_null());
        held.count().get_result::<i64>(conn).unwrap() == 0
    })
    .await;
    let page = staff.page("/surel").await;
    assert!(page.contains("<h1>1 surel belum pasti terkirim</h1>"));
    kill(worker);

    let copies = copies(&sink);
    assert_eq!(copies.len(), MAILS, "nothing is lost");
    assert!(copies.values().all(|count| *count == 1), "{copies:?}");
}

#[actix_web::test]
async fn killed_before_the_server_has_a_mail_it_is_sent_by_the_next_start() {
    let sink = SmtpSink::start(Fault::SlowToBegin(1_000));
    let app = TestApp::start(LONG_AGO).await;
    let id = app.post_notice(1);
    let worker = begin_work(&app, sink.port());
    wait_until("the offer", || sink.seen().offered == 1).await;
    kill(worker);
    let worker = begin_work(&app, sink.port());
    wait_until("the mail", || app.mail_state(id).1).await;
    kill(worker);
    assert!(copies(&sink).values().all(|count| *count == 1));
}

fn rows(app: &TestApp) -> i64 {
    let conn = &mut *app.db.connection().unwrap();
    submission_rows::table.count().get_result(conn).unwrap()
}

#[actix_web::test]
async fn killed_with_its_check_the_program_takes_the_check_up_again() {
    const ROWS: usize = 20_000;
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let file = csv((1..=ROWS).map(good_row));
    let key = form_key();
    let answer = pic
        .upload(&form, "kursus.csv", file, &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    // Due for the program as well, whatever the day is.
    diesel::update(jobs::table)
        .set(jobs::run_after.eq(crate::support::moment(LONG_AGO)))
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();

    let worker = begin_work(&app, 9);
    wait_until("the first rows", || rows(&app) > 0).await;
    kill(worker);
    let worker = begin_work(&app, 9);
    wait_until("the result", || {
        let conn = &mut *app.db.connection().unwrap();
        let over = versions::table.filter(versions::checked_at.is_not_null());
        over.count().get_result::<i64>(conn).unwrap() == 1
    })
    .await;
    kill(worker);
    assert_eq!(rows(&app), ROWS as i64, "each row once");
    assert_eq!(app.posted().len(), 1, "told once");
}

/// Files of uploads and what was made of them; unfinished ones are not counted.
fn kept(app: &TestApp) -> usize {
    let files = std::fs::read_dir(app.folder().join("files")).unwrap();
    let names = files.map(|file| file.unwrap().file_name());
    let is_kept = |name: &std::ffi::OsString| !name.to_string_lossy().ends_with(".part");
    names.filter(is_kept).count()
}

#[actix_web::test]
async fn killed_with_a_merge_the_program_leaves_no_second_copy() {
    const ROWS: usize = 5_000;
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let whole = csv((1..=ROWS).map(good_row));
    let one = app.checked(&pic, &agreement, whole).await;
    let upload = format!("{}/unggah", one.split("/versi/").next().unwrap());
    let key = form_key();
    let fields = [("kunci", key.as_str()), ("cakupan", "perbaikan")];
    let mended = csv([good_row(1).replace(",40,", ",41,")]);
    let answer = pic.upload(&upload, "perbaikan.csv", mended, &fields).await;
    assert_eq!(answer.status(), 303);
    diesel::update(jobs::table.filter(jobs::finished_at.is_null()))
        .set(jobs::run_after.eq(crate::support::moment(LONG_AGO)))
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();

    let worker = begin_work(&app, 9);
    wait_until("the merged file", || kept(&app) == 3).await;
    kill(worker);
    let worker = begin_work(&app, 9);
    wait_until("the result", || {
        let conn = &mut *app.db.connection().unwrap();
        let over = versions::table.filter(versions::checked_at.is_not_null());
        over.count().get_result::<i64>(conn).unwrap() == 2
    })
    .await;
    kill(worker);
    assert_eq!(kept(&app), 3, "whole, mended, merged");
    assert_eq!(rows(&app), 2 * ROWS as i64);
}
