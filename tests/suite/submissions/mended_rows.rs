//! Uploading only the rows that were mended.

use crate::support::submissions::{csv, faulty_row, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::agreements::Agreement;
use padan::platform::db::schema::{files, jobs, submission_versions as versions};
use padan::platform::files::FileId;

const NOW: &str = "2026-11-20T02:00:00Z";

async fn setting() -> (TestApp, Actor, Agreement) {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    (app, pic, agreement)
}

fn without_hours(n: usize) -> String {
    good_row(n).replace(",40,", ",,")
}

/// Uploads mended rows for the submission of a version, and checks them.
async fn mend(app: &TestApp, pic: &Actor, version: &str, rows: Vec<String>) -> String {
    let submission = version.split("/versi/").next().unwrap();
    let answer = pic
        .upload(
            &format!("{submission}/unggah"),
            "perbaikan.csv",
            csv(rows),
            &[("kunci", &form_key()), ("cakupan", "perbaikan")],
        )
        .await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    location(&answer)
}

#[actix_web::test]
async fn mended_rows_are_merged_into_a_whole_new_version() {
    let (app, pic, agreement) = setting().await;
    // The hours are missing in one row, the name, a part of the key, in another.
    let first = [good_row(1), without_hours(2), faulty_row(3)];
    let one = app.checked(&pic, &agreement, csv(first)).await;
    let submission = one.split("/versi/").next().unwrap();
    let form = pic.page(&format!("{submission}/unggah")).await;
    assert!(form.contains("Hanya baris yang diperbaiki"));
    let empty = pic
        .upload(
            &format!("{submission}/unggah"),
            "perbaikan.csv",
            Vec::new(),
            &[("kunci", &form_key()), ("cakupan", "perbaikan")],
        )
        .await;
    assert_eq!(empty.status(), 422);
    let again = empty.text().await.unwrap();
    assert!(
        again.contains("value=\"perbaikan\" checked"),
        "the choice is kept"
    );

    let mended = vec![good_row(3), good_row(2), good_row(9)];
    let two = mend(&app, &pic, &one, mended).await;
    let page = pic.page(&two).await;
    assert!(page.contains("<h1>4 baris siap dikirim</h1>"), "{page}");
    assert!(page.contains("Digabung dengan versi 1: 2 baris digantikan. 1 baris belum ada"));
    assert!(page.contains("baris 4 pada berkas perbaikan"));
    assert!(page.contains("2 dari 2 baris kini benar, 0 tersisa, 0 baru"));

    let file = pic.get(&format!("{two}/berkas")).await;
    let name = file.headers()["content-disposition"].to_str().unwrap();
    assert!(name.contains("gabungan-perbaikan.csv"), "{name}");
    let text = file.text().await.unwrap();
    assert_eq!(text.lines().count(), 5, "the whole file is what is stored");
    let (stored, part): (String, Option<String>) = versions::table
        .inner_join(files::table)
        .filter(versions::version.eq(2))
        .select((files::sha256, versions::part_file_id))
        .first(&mut *app.db.connection().unwrap())
        .unwrap();
    assert!(
        page.contains(&stored),
        "its digest is the one that is shown"
    );
    assert!(part.is_some(), "what was uploaded is kept too");
}

#[actix_web::test]
async fn a_key_that_stands_twice_among_mended_rows_is_refused() {
    let (app, pic, agreement) = setting().await;
    let one = app.checked(&pic, &agreement, csv([without_hours(1)])).await;
    let twice = vec![good_row(1), without_hours(1)];
    let two = mend(&app, &pic, &one, twice).await;
    let page = pic.page(&two).await;
    assert!(page.contains("<h1>Berkas belum dapat diperiksa</h1>"));
    assert!(
        page.contains("Baris 2 dan baris 3 pada berkas perbaikan"),
        "{page}"
    );
    // The version before is still the one that mended rows are merged into.
    let three = mend(&app, &pic, &one, vec![good_row(1)]).await;
    assert!(
        pic.page(&three)
            .await
            .contains("<h1>1 baris siap dikirim</h1>")
    );
}

#[actix_web::test]
async fn mended_rows_need_a_version_that_bkn_does_not_have() {
    let (app, pic, agreement) = setting().await;
    let one = app.sent(&pic, &agreement, 2).await;
    let submission = one.split("/versi/").next().unwrap();
    let form = pic.page(&format!("{submission}/unggah")).await;
    assert!(!form.contains("Hanya baris yang diperbaiki"));
    let answer = pic
        .upload(
            &format!("{submission}/unggah"),
            "perbaikan.csv",
            csv([good_row(2)]),
            &[("kunci", &form_key()), ("cakupan", "perbaikan")],
        )
        .await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Belum ada versi yang dapat digabung"));
}

#[actix_web::test]
async fn a_check_that_comes_again_does_not_merge_again() {
    let (app, pic, agreement) = setting().await;
    let one = app.checked(&pic, &agreement, csv([without_hours(1)])).await;
    let two = mend(&app, &pic, &one, vec![good_row(1), good_row(2)]).await;
    let merged = file_of(&app);
    // As when the child dies between the merge and the end of the check.
    let conn = &mut *app.db.connection().unwrap();
    diesel::update(versions::table.filter(versions::version.eq(2)))
        .set(versions::checked_at.eq(None::<padan::platform::clock::Moment>))
        .execute(conn)
        .unwrap();
    for table in ["version_progress", "finding_progress", "finding_totals"] {
        diesel::sql_query(format!("DELETE FROM {table}"))
            .execute(conn)
            .unwrap();
    }
    diesel::update(jobs::table)
        .set((
            jobs::finished_at.eq(None::<padan::platform::clock::Moment>),
            jobs::claimed_until.eq(None::<padan::platform::clock::Moment>),
        ))
        .execute(conn)
        .unwrap();
    app.at("2026-11-20T02:05:00Z");
    app.check_uploads().await;
    assert!(
        pic.page(&two)
            .await
            .contains("<h1>2 baris siap dikirim</h1>")
    );
    assert!(file_of(&app) == merged, "merged once");
}

#[actix_web::test]
async fn what_a_killed_run_has_merged_is_merged_over() {
    let (app, pic, agreement) = setting().await;
    let one = app.checked(&pic, &agreement, csv([without_hours(1)])).await;
    let submission = one.split("/versi/").next().unwrap();
    let key = form_key();
    let fields = [("kunci", key.as_str()), ("cakupan", "perbaikan")];
    let mended = csv([good_row(1)]);
    let upload = format!("{submission}/unggah");
    let answer = pic.upload(&upload, "perbaikan.csv", mended, &fields).await;
    assert_eq!(answer.status(), 303);
    // As when it is killed after the file is kept and before its row is there.
    let version: String = versions::table
        .filter(versions::version.eq(2))
        .select(versions::id)
        .first(&mut *app.db.connection().unwrap())
        .unwrap();
    std::fs::write(app.folder().join("files").join(version), "rusak").unwrap();
    app.check_uploads().await;
    let page = pic.page(&location(&answer)).await;
    assert!(page.contains("<h1>1 baris siap dikirim</h1>"), "{page}");
    assert_eq!(app.files_on_disk(), 3, "whole, mended, merged");
}

fn file_of(app: &TestApp) -> FileId {
    versions::table
        .filter(versions::version.eq(2))
        .select(versions::file_id)
        .first(&mut *app.db.connection().unwrap())
        .unwrap()
}
