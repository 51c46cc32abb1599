//! A check that is killed, cancelled or given up.

use crate::support::submissions::{csv, doubtful_row, faulty_row, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::agreements::Agreement;
use padan::platform::db::schema::{
    jobs, row_findings, submission_rows, submission_versions as versions,
};
use padan::submissions;
use std::process::Command;
use std::time::Duration;

const NOW: &str = "2026-11-20T02:00:00Z";
const ROWS: usize = 30_000;

fn large_file() -> Vec<u8> {
    csv((1..=ROWS).map(|n| match n % 10 {
        3 => faulty_row(n),
        7 => doubtful_row(n),
        _ => good_row(n),
    }))
}

async fn setting() -> (TestApp, Actor, Agreement) {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    (app, pic, agreement)
}

async fn uploaded(pic: &Actor, agreement: &Agreement, file: Vec<u8>) -> String {
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let key = form_key();
    let answer = pic
        .upload(&form, "kursus.csv", file, &[("kunci", &key)])
        .await;
    location(&answer)
}

/// Everything that a check leaves, without ids.
fn left(app: &TestApp) -> impl PartialEq + std::fmt::Debug + use<> {
    let conn = &mut *app.db.connection().unwrap();
    let figures: (Option<i64>, i64, i64, i64, i64) = versions::table
        .select((
            versions::rows_total,
            versions::rows_done,
            versions::rows_ready,
            versions::rows_warned,
            versions::rows_blocked,
        ))
        .first(conn)
        .unwrap();
    let rows: Vec<(i32, String, String)> = submission_rows::table
        .order(submission_rows::row_number)
        .select((
            submission_rows::row_number,
            submission_rows::cells,
            submission_rows::verdict,
        ))
        .load(conn)
        .unwrap();
    let findings: Vec<(i64, i32, String, String)> = row_findings::table
        .order(row_findings::position)
        .select((
            row_findings::position,
            row_findings::row_number,
            row_findings::code,
            row_findings::value,
        ))
        .load(conn)
        .unwrap();
    (figures, rows, findings)
}

fn version_id(app: &TestApp) -> String {
    versions::table
        .select(versions::id)
        .first(&mut *app.db.connection().unwrap())
        .unwrap()
}

fn rows_done(app: &TestApp) -> i64 {
    versions::table
        .select(versions::rows_done)
        .first(&mut *app.db.connection().unwrap())
        .unwrap()
}

/// The process that checks a version, found among those of this machine.
fn child_of(version: &str) -> Option<u32> {
    std::fs::read_dir("/proc").unwrap().find_map(|entry| {
        let entry = entry.ok()?;
        let line = std::fs::read_to_string(entry.path().join("cmdline")).ok()?;
        let is_child = line.contains("check-upload") && line.contains(version);
        is_child.then(|| entry.file_name().to_str()?.parse().ok())?
    })
}

#[actix_web::test]
async fn a_killed_check_is_taken_up_again_and_comes_to_the_same_result() {
    let (app, pic, agreement) = setting().await;
    let place = uploaded(&pic, &agreement, large_file()).await;
    let version = version_id(&app);
    let (db, clock, storage) = (
        app.db.clone(),
        app.clock.clone(),
        app.parts.config.storage.clone(),
    );
    let running = actix_web::rt::spawn(async move {
        submissions::check_next(&db, &clock, &storage)
            .await
            .unwrap()
    });
    while rows_done(&app) == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let child = child_of(&version).unwrap().to_string();
    Command::new("kill").args(["-9", &child]).status().unwrap();
    assert!(running.await.unwrap());
    let done = rows_done(&app);
    assert!(
        done > 0 && done < ROWS as i64,
        "killed in the middle: {done}"
    );
    assert!(pic.page(&place).await.contains("Berkas sedang diperiksa"));

    app.at("2026-11-20T02:01:00Z");
    app.check_uploads().await;
    let (undisturbed, pic, agreement) = setting().await;
    uploaded(&pic, &agreement, large_file()).await;
    undisturbed.check_uploads().await;
    assert!(left(&app) == left(&undisturbed), "the results differ");
    let told = app.posted();
    assert_eq!(told.len(), 1, "told once: {told:?}");
}

#[actix_web::test]
async fn a_job_that_comes_again_after_its_check_ended_changes_nothing() {
    let (app, pic, agreement) = setting().await;
    let file = csv([good_row(1), faulty_row(2)]);
    let place = uploaded(&pic, &agreement, file).await;
    app.check_uploads().await;
    let before = left(&app);
    // As when the server dies between the child's end and the note of it.
    diesel::update(jobs::table)
        .set((
            jobs::finished_at.eq(None::<padan::platform::clock::Moment>),
            jobs::claimed_until.eq(None::<padan::platform::clock::Moment>),
        ))
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();
    app.at("2026-11-20T02:05:00Z");
    app.check_uploads().await;
    assert!(left(&app) == before, "the result was touched");
    assert_eq!(app.posted().len(), 1, "told once");
    assert!(pic.page(&place).await.contains("1 baris perlu diperbaiki"));
}

#[actix_web::test]
async fn a_check_whose_server_died_is_taken_up_when_its_claim_runs_out() {
    let (app, pic, agreement) = setting().await;
    let place = uploaded(&pic, &agreement, large_file()).await;
    let storage = app.parts.config.storage.clone();
    let first = submissions::check_next(&app.db, &app.clock, &storage);
    let cut = tokio::time::timeout(Duration::from_millis(300), first).await;
    assert!(cut.is_err(), "dropped while it ran");
    assert!(
        !submissions::check_next(&app.db, &app.clock, &storage)
            .await
            .unwrap()
    );
    app.at("2026-11-20T02:00:16Z");
    app.check_uploads().await;
    let page = pic.page(&place).await;
    assert!(page.contains("<h1>3.000 baris perlu diperbaiki sebelum data diterima</h1>"));
}

#[actix_web::test]
async fn a_cancelled_check_leaves_no_rows_and_can_be_begun_again() {
    let (app, pic, agreement) = setting().await;
    let place = uploaded(&pic, &agreement, csv([good_row(1)])).await;
    let answer = pic.post(&format!("{place}/batal"), &[]).await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    assert!(
        pic.page(&place)
            .await
            .contains("<h1>Pemeriksaan dibatalkan</h1>")
    );
    let twice = pic.post(&format!("{place}/batal"), &[]).await;
    assert_eq!(twice.status(), 409);
    assert_eq!(app.posted().len(), 0);

    let answer = pic.post(&format!("{place}/periksa-ulang"), &[]).await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    assert!(pic.page(&place).await.contains("1 baris siap dikirim"));
    let late = pic.post(&format!("{place}/periksa-ulang"), &[]).await;
    assert_eq!(late.status(), 409);
}

#[actix_web::test]
async fn a_check_cancelled_in_the_middle_stops() {
    let (app, pic, agreement) = setting().await;
    let place = uploaded(&pic, &agreement, large_file()).await;
    let (db, clock, storage) = (
        app.db.clone(),
        app.clock.clone(),
        app.parts.config.storage.clone(),
    );
    let running = actix_web::rt::spawn(async move {
        submissions::check_next(&db, &clock, &storage)
            .await
            .unwrap()
    });
    while rows_done(&app) == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let fragment = pic.page(&format!("{place}/kemajuan")).await;
    assert!(fragment.contains("baris diperiksa"));
    pic.post(&format!("{place}/batal"), &[]).await;
    assert!(running.await.unwrap());
    let rows: i64 = submission_rows::table
        .count()
        .get_result(&mut *app.db.connection().unwrap())
        .unwrap();
    assert_eq!(rows, 0);
    let over = pic.get(&format!("{place}/kemajuan")).await;
    assert_eq!(location(&over), place);
}

#[actix_web::test]
async fn a_check_that_fails_three_times_is_shown_as_stopped() {
    let (app, pic, agreement) = setting().await;
    let place = uploaded(&pic, &agreement, csv([good_row(1)])).await;
    let mut broken = app.parts.config.storage.clone();
    broken.program = "/bin/false".into();
    for minute in 1..=3 {
        app.at(&format!("2026-11-20T02:0{minute}:00Z"));
        assert!(
            submissions::check_next(&app.db, &app.clock, &broken)
                .await
                .unwrap()
        );
    }
    let page = pic.page(&place).await;
    assert!(page.contains("Pemeriksaan terhenti. Berkas Anda aman."));
    let answer = pic.post(&format!("{place}/periksa-ulang"), &[]).await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    assert!(pic.page(&place).await.contains("1 baris siap dikirim"));
}
