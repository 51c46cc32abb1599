//! From the upload to the stored verdict.

use diesel::prelude::*;
use futures_util::future::join;
use padan::platform::db::Db;
use padan::platform::db::schema::submission_versions as versions;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::growth;
use crate::neighbours::{self, Writer};
use crate::process::Watch;
use crate::scene::Scene;
use crate::support::location;
use crate::support::submissions::form_key;

/// One row in so many has a fault, at first and when it was mended.
const SPOILT: u64 = 32;
const MENDED: u64 = 64;

/// Sends a file of this size, and its mended form after it.
pub async fn measure(scene: &Scene, rows: u64) {
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", scene.agreement.id);
    let version = send(scene, &form, "first", (rows, SPOILT)).await;
    let submission = version.rsplit_once("/versi/").unwrap().0;
    let again = format!("{submission}/unggah");
    send(scene, &again, "mended", (rows, MENDED)).await;
}

/// Sends one file and prints a line; the version's address.
pub async fn send(scene: &Scene, form: &str, name: &str, (rows, spoilt): (u64, u64)) -> String {
    let path = scene.courses(rows, spoilt);
    let content = std::fs::read(&path).unwrap();
    let checked = checked(&scene.app.db);
    let (watch, writer) = (
        Watch::begin(scene.program.id()),
        Writer::begin(&scene.app.db),
    );
    let stopped = AtomicBool::new(false);
    let began = Instant::now();
    let sending = async {
        let key = form_key();
        let fields = [("kunci", key.as_str())];
        let answer = scene.pic.upload(form, "kursus.csv", content, &fields).await;
        assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
        let taken = began.elapsed();
        while self::checked(&scene.app.db) == checked {
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
        let verdict = began.elapsed();
        stopped.store(true, Ordering::Relaxed);
        (location(&answer), taken, verdict)
    };
    let reading = neighbours::open_pages(&scene.other, &stopped);
    let ((place, taken, verdict), pages) = join(sending, reading).await;
    let (waited, (cpu, megabytes)) = (writer.end(), watch.end());
    if name == "first" {
        growth::note(scene.database(), rows, verdict.as_secs_f64(), megabytes);
    }
    print(
        scene,
        name,
        (rows, &path),
        &[
            taken.as_secs_f64(),
            verdict.as_secs_f64(),
            cpu,
            megabytes,
            pages[pages.len() * 95 / 100].as_secs_f64() * 1e3,
            waited.as_secs_f64() * 1e3,
        ],
    );
    place
}

fn checked(db: &Db) -> i64 {
    let conn = &mut *db.connection().unwrap();
    let ended = versions::table.filter(versions::checked_at.is_not_null());
    ended.count().get_result(conn).unwrap()
}

fn print(scene: &Scene, name: &str, (rows, path): (u64, &Path), figures: &[f64; 6]) {
    let [taken, verdict, cpu, megabytes, page, writer] = figures;
    let bytes = path.metadata().unwrap().len() as f64 / 1e6;
    println!(
        "| {} | {name} | {rows} | {bytes:.0} | {taken:.2} | {verdict:.2} | {cpu:.2} | \
         {megabytes:.0} | {page:.0} | {writer:.0} |",
        scene.database()
    );
}
