//! A second attempt: what is right now, what is left, what is new, and in what
//! two versions differ.

use crate::support::submissions::{HEAD, csv, doubtful_row, faulty_row, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use padan::agreements::Agreement;

const NOW: &str = "2026-11-20T02:00:00Z";

async fn setting() -> (TestApp, Actor, Agreement) {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    (app, pic, agreement)
}

/// Uploads and checks the next version of the submission of a version.
async fn next(app: &TestApp, pic: &Actor, version: &str, rows: Vec<String>) -> String {
    let submission = version.split("/versi/").next().unwrap();
    let form = format!("{submission}/unggah");
    let answer = pic
        .upload(&form, "lagi.csv", csv(rows), &[("kunci", &form_key())])
        .await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    location(&answer)
}

fn without_hours(n: usize) -> String {
    good_row(n).replace(",40,", ",,")
}

#[actix_web::test]
async fn a_second_attempt_says_what_is_right_now_left_and_new() {
    let (app, pic, agreement) = setting().await;
    let first = vec![
        without_hours(1),
        without_hours(2),
        without_hours(3),
        good_row(4),
        good_row(5),
    ];
    let one = app.checked(&pic, &agreement, csv(first)).await;
    assert!(!pic.page(&one).await.contains("Percobaan ke-"));
    // In another order: 1 and 2 are mended, 3 is left, 4 has a fault now.
    let second = vec![
        without_hours(4),
        good_row(2),
        good_row(5),
        without_hours(3),
        good_row(1),
    ];
    let two = next(&app, &pic, &one, second).await;
    let page = pic.page(&two).await;
    assert!(
        page.contains("Percobaan ke-2: 2 dari 3 baris kini benar, 1 tersisa, 1 baru."),
        "{page}"
    );
    assert!(page.contains("2 kini benar · 1 tersisa · 1 baru"));

    let fresh = pic.page(&format!("{two}?banding=baru")).await;
    assert!(fresh.contains(">E2<") && !fresh.contains(">E5<"), "{fresh}");
    let left = pic.page(&format!("{two}?banding=tersisa")).await;
    assert!(left.contains(">E5<") && !left.contains(">E2<"));
}

#[actix_web::test]
async fn a_row_whose_key_was_wrong_is_found_again_by_its_place_or_as_it_stands() {
    let (app, pic, agreement) = setting().await;
    // The name of the course is a part of the key.
    let first = vec![faulty_row(1), faulty_row(2), good_row(3), faulty_row(4)];
    let one = app.checked(&pic, &agreement, csv(first)).await;
    // 1 is mended in its place, 2 is untouched but moved, 4 is not there any more.
    let second = vec![good_row(1), good_row(3), faulty_row(2)];
    let two = next(&app, &pic, &one, second).await;
    let page = pic.page(&two).await;
    assert!(
        page.contains(
            "Percobaan ke-2: 1 dari 3 baris kini benar, 1 tersisa, 1 tidak ada lagi, 0 baru."
        ),
        "{page}"
    );
}

#[actix_web::test]
async fn what_is_all_mended_is_named() {
    let (app, pic, agreement) = setting().await;
    let first = vec![without_hours(1), doubtful_row(2)];
    let one = app.checked(&pic, &agreement, csv(first)).await;
    let two = next(&app, &pic, &one, vec![good_row(1), good_row(2)]).await;
    let page = pic.page(&two).await;
    assert!(page.contains("1 dari 1 baris kini benar, 0 tersisa, 0 baru"));
    assert!(page.contains("Kini bersih: "));
}

#[actix_web::test]
async fn two_versions_are_compared_field_by_field() {
    let (app, pic, agreement) = setting().await;
    let first = vec![good_row(1), without_hours(2), good_row(3)];
    let one = app.checked(&pic, &agreement, csv(first)).await;
    let second = vec![good_row(4), good_row(1), good_row(2)];
    let two = next(&app, &pic, &one, second).await;
    let page = pic.page(&format!("{two}/banding?dengan=1")).await;
    assert!(
        page.contains("<h1>1 baris berubah, 1 bertambah, 1 tidak ada lagi</h1>"),
        "{page}"
    );
    assert!(page.contains("4 <span class=\"ket\">(dahulu 3)</span>"));
    assert!(page.contains("Jumlah jam") && !page.contains("Pelatihan Contoh 2"));
    let added = pic.page(&format!("{two}/banding?tampil=bertambah")).await;
    assert!(added.contains("Pelatihan Contoh 4") && !added.contains("Pelatihan Contoh 3"));
    let gone = pic.page(&format!("{two}/banding?tampil=hilang")).await;
    assert!(gone.contains("Pelatihan Contoh 3") && !gone.contains("Pelatihan Contoh 4"));

    let file = pic.page(&format!("{two}/banding.csv?dengan=1")).await;
    let changed: Vec<&str> = file.lines().filter(|l| l.starts_with("berubah")).collect();
    assert_eq!(changed, ["berubah;3;4;Jumlah jam;;40"]);
    assert!(file.contains("hilang;4;;Nama kursus;Pelatihan Contoh 3;"));
    assert_eq!(app.trail("submissions.versions_compared").len(), 4);
}

#[actix_web::test]
async fn a_version_is_compared_with_an_earlier_one_only() {
    let (app, pic, agreement) = setting().await;
    let one = app.checked(&pic, &agreement, csv([good_row(1)])).await;
    assert_eq!(pic.get(&format!("{one}/banding")).await.status(), 404);
    let two = next(&app, &pic, &one, vec![good_row(2)]).await;
    for with in ["2", "3", "x"] {
        let answer = pic.get(&format!("{two}/banding?dengan={with}")).await;
        let expected = if with == "x" { 200 } else { 404 };
        assert_eq!(answer.status(), expected, "{with}");
    }
    let stranger = app.pic(&app.sender("Instansi Lain")).await;
    for part in ["banding", "banding.csv"] {
        let answer = stranger.get(&format!("{two}/{part}?dengan=1")).await;
        assert_eq!(answer.status(), 404, "{part}");
    }
}

#[actix_web::test]
async fn an_unreadable_version_is_passed_over_in_the_comparison() {
    let (app, pic, agreement) = setting().await;
    let one = app
        .checked(&pic, &agreement, csv([without_hours(1), good_row(2)]))
        .await;
    let submission = one.split("/versi/").next().unwrap();
    let answer = pic
        .upload(
            &format!("{submission}/unggah"),
            "judul.csv",
            format!("{HEAD}\n").into_bytes(),
            &[("kunci", &form_key())],
        )
        .await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    let three = next(&app, &pic, &one, vec![good_row(1), good_row(2)]).await;
    assert!(three.ends_with("/versi/3"));
    let page = pic.page(&three).await;
    assert!(page.contains("Percobaan ke-3: 1 dari 1 baris kini benar, 0 tersisa, 0 baru."));
}
