//! What an extract no longer has, and NIPs that pass from one to another.

use crate::register::{bring, bring_as, held, id, nip};
use crate::support::TestApp;
use diesel::prelude::*;
use padan::platform::clock::Moment;
use padan::platform::db::schema::{register_imports, register_people};
use padan::register::{self, RegisterImport};

const NOW: &str = "2026-11-20T02:00:00Z";

fn pensions(rows: &[(usize, &str)]) -> String {
    let row = |(n, day): &(usize, &str)| format!("{},Pegawai Contoh {n},{day}\n", id(*n));
    let rows: String = rows.iter().map(row).collect();
    format!("id_pns,nama,tmt_pensiun\n{rows}")
}

fn families(rows: &[(usize, &str)]) -> String {
    let row = |(n, name): &(usize, &str)| format!("{},anak,{name},2015-02-03\n", id(*n));
    let rows: String = rows.iter().map(row).collect();
    format!("id_pns,hubungan,nama_anggota,tanggal_lahir\n{rows}")
}

/// A person with another's NIP, where the two numbers differ.
fn person(n: usize, number: usize) -> String {
    let (who, nip, at) = (id(n), nip(number), id(501));
    format!("{who},{nip},Pegawai Contoh {n},{at}\n")
}

fn profiles(rows: impl IntoIterator<Item = (usize, usize)>) -> String {
    let rows: String = rows.into_iter().map(|(n, nip)| person(n, nip)).collect();
    format!("id_pns,nip,nama,instansi_induk_id\n{rows}")
}

fn names_of_family(app: &TestApp, n: usize) -> Vec<String> {
    let conn = &mut *app.db.connection().unwrap();
    let records = register::records_of(conn, "data-keluarga", &id(n)).unwrap();
    let name = |record: &register::Record| record.value("nama_anggota").unwrap();
    records.iter().map(name).collect()
}

fn counts(import: &RegisterImport) -> (i64, i64, i64, i64) {
    (
        import.added,
        import.changed,
        import.unchanged,
        import.removed,
    )
}

fn numbers(app: &TestApp) -> Vec<(String, String)> {
    let conn = &mut *app.db.connection().unwrap();
    register_people::table
        .order(register_people::id_pns)
        .select((register_people::id_pns, register_people::nip))
        .load(conn)
        .unwrap()
}

#[actix_web::test]
async fn a_person_retires_once_however_often_the_day_moves() {
    let app = TestApp::start(NOW).await;
    let first = [(1, "2026-12-01"), (2, "2026-12-01")];
    bring(&app, "pensiun", &pensions(&first)).unwrap();
    let moved = bring(&app, "pensiun", &pensions(&[(1, "2028-12-01")])).unwrap();
    assert_eq!(counts(&moved), (0, 1, 0, 0));
    let conn = &mut *app.db.connection().unwrap();
    let records = register::records_of(conn, "pensiun", &id(1)).unwrap();
    assert_eq!(records.len(), 1);
    let day = records[0].value("tmt_pensiun");
    assert_eq!(day.as_deref(), Some("2028-12-01"));
    assert_eq!(held(&app, "pensiun"), 2);
}

#[actix_web::test]
async fn whoever_an_extract_names_has_what_it_has_of_them_and_others_keep_theirs() {
    let app = TestApp::start(NOW).await;
    let first = [(1, "Budi"), (1, "Siti"), (2, "Tono"), (3, "Wati")];
    bring(&app, "data-keluarga", &families(&first)).unwrap();
    let mended = [(1, "Budhi"), (1, "Siti"), (3, "Wati")];
    let second = bring(&app, "data-keluarga", &families(&mended)).unwrap();
    assert_eq!(counts(&second), (1, 0, 2, 1));
    assert_eq!(names_of_family(&app, 1), ["Budhi", "Siti"]);
    assert_eq!(names_of_family(&app, 2), ["Tono"]);
    assert_eq!(held(&app, "data-keluarga"), 4);
    let whole = families(&[(1, "Siti")]);
    let third = bring_as(&app, ("data-keluarga", true), &whole).unwrap();
    assert_eq!(counts(&third), (0, 0, 1, 3));
    assert_eq!(held(&app, "data-keluarga"), 1);
}

#[actix_web::test]
async fn whose_row_cannot_be_read_loses_nothing() {
    let app = TestApp::start(NOW).await;
    let first = [(1, "Budi"), (2, "Tono")];
    bring(&app, "data-keluarga", &families(&first)).unwrap();
    let file = families(&[(1, "Siti"), (2, "Toni")]);
    let of_two = format!("{},anak,Wati,31-02-2015\n", id(2));
    let second = bring(&app, "data-keluarga", &format!("{file}{of_two}")).unwrap();
    assert_eq!((second.removed, second.rejected), (1, 1));
    assert_eq!(names_of_family(&app, 1), ["Siti"]);
    assert_eq!(names_of_family(&app, 2).len(), 2);
    let file = families(&[(1, "Budi")]);
    let of_nobody = "F489,anak,Wati,2015-02-03\n";
    let third = bring(&app, "data-keluarga", &format!("{file}{of_nobody}")).unwrap();
    assert_eq!((third.removed, third.rejected), (0, 1));
    assert_eq!(names_of_family(&app, 1).len(), 2);
}

#[actix_web::test]
async fn profiles_and_units_go_only_where_the_file_has_them_all() {
    let app = TestApp::start(NOW).await;
    let all = |numbers: std::ops::RangeInclusive<usize>| profiles(numbers.map(|n| (n, n)));
    bring(&app, "profil-pns", &all(1..=5)).unwrap();
    let part = bring(&app, "profil-pns", &all(4..=6)).unwrap();
    assert_eq!(counts(&part), (1, 0, 2, 0));
    let whole = bring_as(&app, ("profil-pns", true), &all(2..=4)).unwrap();
    assert_eq!(counts(&whole), (0, 0, 3, 3));
    let left: Vec<String> = numbers(&app).into_iter().map(|(id, _)| id).collect();
    assert_eq!(left, [id(2), id(3), id(4)]);
    assert_eq!(held(&app, "profil-pns"), 3);
    let unit = |n: usize| format!("{},Biro Contoh {n},{}\n", id(n), id(501));
    let head = "unit_kerja_id,unit_kerja,instansi_kerja_id\n";
    bring(&app, "unit-kerja", &format!("{head}{}{}", unit(1), unit(2))).unwrap();
    let whole = format!("{head}{}", unit(2));
    let whole = bring_as(&app, ("unit-kerja", true), &whole).unwrap();
    assert_eq!(counts(&whole), (0, 0, 1, 1));
    assert_eq!(held(&app, "unit-kerja"), 1);
}

#[actix_web::test]
async fn taking_out_goes_on_after_a_break() {
    let app = TestApp::start(NOW).await;
    bring(&app, "profil-pns", &profiles((1..=4).map(|n| (n, n)))).unwrap();
    let file = profiles([(1, 1)]);
    let whole = bring_as(&app, ("profil-pns", true), &file).unwrap();
    assert_eq!(whole.removed, 3);
    // As it stands when the program ends after some were taken out.
    bring(&app, "profil-pns", &profiles([(3, 3)])).unwrap();
    let broken = register_imports::table.find(whole.id);
    diesel::update(broken)
        .set((
            register_imports::finished_at.eq(None::<Moment>),
            register_imports::removed.eq(2),
        ))
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();
    let done = bring_as(&app, ("profil-pns", true), &file).unwrap();
    assert_eq!((done.id, done.rows_done), (whole.id, 1));
    assert_eq!(counts(&done), (0, 0, 1, 3));
    assert_eq!(held(&app, "profil-pns"), 1);
}

#[actix_web::test]
async fn a_nip_passes_from_one_to_another_in_one_extract() {
    let app = TestApp::start(NOW).await;
    bring(&app, "profil-pns", &profiles((1..=3).map(|n| (n, n)))).unwrap();
    // 1 and 2 had each other's; a new one gets that of 3, who gets another.
    let rows = [(1, 2), (2, 1), (4, 3), (3, 30)];
    let import = bring(&app, "profil-pns", &profiles(rows)).unwrap();
    assert_eq!((counts(&import), import.rejected), ((1, 3, 0, 0), 0));
    let expected = [(1, 2), (2, 1), (3, 30), (4, 3)];
    let expected = expected.map(|(n, number)| (id(n), nip(number)));
    assert_eq!(numbers(&app), expected);
}

#[actix_web::test]
async fn whoever_is_rejected_keeps_the_nip_that_another_would_get() {
    let app = TestApp::start(NOW).await;
    bring(&app, "profil-pns", &profiles((1..=3).map(|n| (n, n)))).unwrap();
    // 1 would give 4 theirs, but 2 is not in the file and keeps what 1 would get.
    let import = bring(&app, "profil-pns", &profiles([(4, 1), (1, 2)])).unwrap();
    assert_eq!((counts(&import), import.rejected), ((0, 0, 0, 0), 2));
    assert_eq!(held(&app, "profil-pns"), 3);
}

#[actix_web::test]
async fn a_nip_is_free_even_if_its_holder_gives_it_up_far_below() {
    const FAR: usize = 20_005;
    let app = TestApp::start(NOW).await;
    bring(&app, "profil-pns", &profiles([(1, 1)])).unwrap();
    let new = std::iter::once((2, 1));
    let others = (3..=FAR).map(|n| (n, n));
    let rows = new.chain(others).chain([(1, FAR + 1)]);
    let import = bring(&app, "profil-pns", &profiles(rows)).unwrap();
    let added = i64::try_from(FAR - 1).unwrap();
    assert_eq!((counts(&import), import.rejected), ((added, 1, 0, 0), 0));
    let mut out = Vec::new();
    let conn = &mut *app.db.connection().unwrap();
    register::write_rejects(conn, import.id, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 1);
    assert_eq!(held(&app, "profil-pns"), added + 1);
}
