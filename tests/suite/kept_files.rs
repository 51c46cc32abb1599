//! An acknowledged upload is on the disk, and one without room is not half there.

use crate::support::program::present;
use crate::support::submissions::{csv, form_key, good_row};
use crate::support::{TestApp, location};
use padan::accounts::{Account, Role};
use padan::agreements::Agreement;
use std::fs;

async fn setting() -> (TestApp, Account, Agreement) {
    let app = TestApp::start(&present()).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.account(&partner, Role::Pic);
    (app, pic, agreement)
}

/// Where a line that says so stands, at or after another.
fn line(trace: &[&str], from: usize, says: impl Fn(&str) -> bool) -> usize {
    let found = trace.iter().skip(from).position(|line| says(line));
    from + found.unwrap_or_else(|| panic!("not found after line {from}"))
}

/// The thread that made a call: the number before it.
fn thread(line: &str) -> &str {
    line.split(' ').next().unwrap()
}

/// Where the row of the file is committed, the first time after a line. SQLite
/// syncs its log; PostgreSQL is told so on the connection that got the row.
fn commit(trace: &[&str], after: usize) -> usize {
    if std::env::var("TEST_DATABASE_URL").is_err() {
        return line(trace, after, |it| {
            it.contains("sync(") && it.contains("-wal>")
        });
    }
    let row = line(trace, after, |it| it.contains(r#"INSERT INTO \"files\""#));
    line(trace, row, |it| {
        thread(it) == thread(trace[row]) && it.contains("COMMIT")
    })
}

#[actix_web::test]
async fn a_file_is_on_the_disk_before_its_row_and_its_row_before_the_answer() {
    let (app, pic, agreement) = setting().await;
    let trace = app.parts.config.storage.data_dir.join("trace");
    let calls = "trace=fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto";
    let path = trace.display().to_string();
    let program = app
        .program(&[
            // strace that is killed lets go of the program: it must end with it.
            "strace",
            "-f",
            "-y",
            "-s",
            "80",
            "-e",
            calls,
            "-o",
            &path,
            "setpriv",
            "--pdeathsig",
            "KILL",
        ])
        .await;
    let pic = program.sign_in(&pic).await;
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let key = form_key();
    let answer = pic
        .upload(&form, "kursus.csv", csv([good_row(1)]), &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    let text = String::from_utf8_lossy(&fs::read(&trace).unwrap()).into_owned();
    let trace: Vec<&str> = text.lines().collect();

    let synced = line(&trace, 0, |it| {
        it.contains("sync(") && it.contains(".part>")
    });
    let renamed = line(&trace, synced, |it| {
        it.contains("rename") && it.contains(".part\"")
    });
    let folder = line(&trace, renamed, |it| {
        it.contains("fsync(") && it.contains("/files>")
    });
    let answered = line(&trace, synced, |it| it.contains("HTTP/1.1 303"));
    let committed = commit(&trace, synced);
    assert!(folder < committed, "the row before the file");
    assert!(committed < answered, "the answer before the row");
}

#[actix_web::test]
async fn an_upload_without_room_on_the_disk_is_told_so_and_leaves_nothing() {
    let (app, pic, agreement) = setting().await;
    // A limit on the size of files ends a write as a full disk does, anywhere.
    let small = "trap '' XFSZ; ulimit -f 20000; exec \"$0\" \"$@\"";
    let program = app.program(&["bash", "-c", small]).await;
    let pic = program.sign_in(&pic).await;
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let key = form_key();
    let fields = [("kunci", key.as_str())];
    let large = vec![b'a'; 24_000_000];
    let answer = pic.upload(&form, "kursus.csv", large, &fields).await;
    assert_eq!(answer.status(), 507);
    let page = answer.text().await.unwrap();
    assert!(page.contains("<h1>Penyimpanan portal penuh</h1>"), "{page}");
    assert!(page.contains("Berkas belum tersimpan."));
    assert_eq!((app.versions_stored(), app.files_on_disk()), (0, 0));

    let answer = pic
        .upload(&form, "kursus.csv", csv([good_row(1)]), &fields)
        .await;
    assert_eq!(answer.status(), 303, "the same form once there is room");
    assert!(location(&answer).ends_with("/versi/1"));
}
