//! Whom an Annex reaches, streamed from the register.

use crate::register::{bring, id, nip};
use crate::support::TestApp;
use chrono::NaiveDate;
use padan::platform::db::DbConn;
use padan::register::{self, PeopleStream, Reach, RecordStream};

const NOW: &str = "2026-11-20T02:00:00Z";
const HEAD: &str = "id_pns,nip,nama,instansi_induk_id,instansi_kerja_id,jabatan_fungsional_id,golongan_terakhir_id";

/// Person `n` of institution `n % 4`, at work in the next one when `n` is a
/// multiple of 5, in position `n % 3` unless that is 0, with one of 5 grades.
fn person(n: usize) -> String {
    let grade = ["33", "41", "42", "45", "9"][n % 5];
    let work = if n.is_multiple_of(5) { n + 1 } else { n };
    let position = match n % 3 {
        0 => String::new(),
        position => id(900 + position),
    };
    format!(
        "{},{},Pegawai Contoh {n},{},{},{position},{grade}",
        id(n),
        nip(n),
        id(500 + n % 4),
        id(500 + work % 4),
    )
}

async fn sixty() -> TestApp {
    let app = TestApp::start(NOW).await;
    let rows: Vec<String> = (1..=60).map(person).collect();
    bring(
        &app,
        "profil-pns",
        &format!("{HEAD}\n{}\n", rows.join("\n")),
    )
    .unwrap();
    app
}

/// The numbers of everybody within reach, in ascending order.
fn all(conn: &mut DbConn, reach: Reach, page: i64) -> Vec<usize> {
    let mut stream = PeopleStream::new(conn, reach).unwrap();
    let mut found = Vec::new();
    loop {
        let people = stream.next_page(conn, page).unwrap();
        if people.is_empty() {
            found.sort_unstable();
            return found;
        }
        assert!(i64::try_from(people.len()).unwrap() <= page);
        let number = |id: &str| usize::from_str_radix(id, 16).unwrap();
        found.extend(people.iter().map(|one| number(&one.id_pns)));
    }
}

fn of(meets: impl Fn(usize) -> bool) -> Vec<usize> {
    (1..=60).filter(|n| meets(*n)).collect()
}

#[actix_web::test]
async fn everybody_within_reach_comes_once_whatever_the_page() {
    let app = sixty().await;
    let conn = &mut *app.db.connection().unwrap();
    let at_work = |n: usize| if n.is_multiple_of(5) { n + 1 } else { n } % 4;
    for page in [1, 7, 60, 1_000] {
        assert_eq!(all(conn, Reach::default(), page), of(|_| true));
        let guided = Reach {
            positions: Some(vec![id(902), id(901), id(901)]),
            ..Reach::default()
        };
        assert_eq!(all(conn, guided, page), of(|n| n % 3 > 0));
        let high = Reach {
            rank_at_least: Some("42".to_owned()),
            ..Reach::default()
        };
        assert_eq!(all(conn, high, page), of(|n| [2, 3].contains(&(n % 5))));
        let two = Reach {
            institutions: Some(vec![id(501), id(502)]),
            ..Reach::default()
        };
        let is_there = |n: usize| [1, 2].contains(&(n % 4)) || [1, 2].contains(&at_work(n));
        assert_eq!(all(conn, two, page), of(is_there));
    }
}

#[actix_web::test]
async fn every_condition_of_an_annex_must_be_met() {
    let app = sixty().await;
    let conn = &mut *app.db.connection().unwrap();
    let reach = Reach {
        positions: Some(vec![id(901)]),
        institutions: Some(vec![id(501)]),
        rank_at_least: Some("41".to_owned()),
        ..Reach::default()
    };
    let at_work = |n: usize| if n.is_multiple_of(5) { n + 1 } else { n } % 4;
    let meets =
        |n: usize| n % 3 == 1 && (n % 4 == 1 || at_work(n) == 1) && [1, 2, 3].contains(&(n % 5));
    assert_eq!(all(conn, reach, 3), of(meets));
    let nobody = Reach {
        positions: Some(Vec::new()),
        ..Reach::default()
    };
    assert!(all(conn, nobody, 3).is_empty());
}

#[actix_web::test]
async fn who_is_at_the_partner_comes_besides_the_holders_of_positions_and_once() {
    let app = sixty().await;
    retirements(&app);
    let conn = &mut *app.db.connection().unwrap();
    let reach = Reach {
        positions: Some(vec![id(901)]),
        rank_at_least: Some("41".to_owned()),
        besides: Some(id(502)),
        ..Reach::default()
    };
    let at_work = |n: usize| if n.is_multiple_of(5) { n + 1 } else { n } % 4;
    let is_own = |n: usize| n % 4 == 2 || at_work(n) == 2;
    let is_holder = |n: usize| n % 3 == 1 && [1, 2, 3].contains(&(n % 5));
    let meant = of(|n| is_own(n) || is_holder(n));
    for page in [1, 7, 60, 1_000] {
        assert_eq!(all(conn, reach.clone(), page), meant);
    }
    let whole = RecordStream::new(conn, "pensiun", reach.clone(), None).unwrap();
    assert_eq!(records(conn, whole), meant);
    let day = |month| NaiveDate::from_ymd_opt(2027, month, 1).unwrap();
    let days = day(2)..=day(3);
    let some = RecordStream::new(conn, "pensiun", reach.clone(), Some(days.clone())).unwrap();
    let in_time = of(|n| (is_own(n) || is_holder(n)) && [1, 2].contains(&(n % 4)));
    assert_eq!(records(conn, some), in_time);
    let people = i64::try_from(meant.len()).unwrap();
    assert_eq!(register::count_people(conn, &reach).unwrap(), people);
    let counted = register::count_records(conn, "pensiun", &reach, Some(&days)).unwrap();
    let in_time = i64::try_from(in_time.len()).unwrap();
    assert_eq!(counted, (in_time, in_time));
}

/// Retirements of persons 1 to 60 on the first of January to April 2027, and
/// one of somebody who is not on record.
fn retirements(app: &TestApp) {
    let row = |n: usize| {
        let month = n % 4 + 1;
        format!("{},{},Pegawai Contoh {n},2027-{month:02}-01", id(n), nip(n))
    };
    let mut rows: Vec<String> = (1..=60).map(row).collect();
    rows.push(row(77));
    let file = format!("id_pns,nip,nama,tmt_pensiun\n{}\n", rows.join("\n"));
    bring(app, "pensiun", &file).unwrap();
}

fn records(conn: &mut DbConn, mut stream: RecordStream) -> Vec<usize> {
    let mut found = Vec::new();
    while let Some(page) = stream.next_page(conn, 4).unwrap() {
        let number = |id: &str| usize::from_str_radix(id, 16).unwrap();
        found.extend(page.iter().map(|one| number(&one.id_pns)));
    }
    found.sort_unstable();
    found
}

#[actix_web::test]
async fn records_follow_the_reach_of_their_persons_and_their_days() {
    let app = sixty().await;
    retirements(&app);
    let conn = &mut *app.db.connection().unwrap();
    let guided = Reach {
        positions: Some(vec![id(901)]),
        ..Reach::default()
    };
    let day = |month| NaiveDate::from_ymd_opt(2027, month, 1).unwrap();
    let whole = RecordStream::new(conn, "pensiun", guided.clone(), None).unwrap();
    assert_eq!(records(conn, whole), of(|n| n % 3 == 1));
    let spring = Some(day(2)..=day(3));
    let some = RecordStream::new(conn, "pensiun", guided, spring).unwrap();
    assert_eq!(
        records(conn, some),
        of(|n| n % 3 == 1 && [1, 2].contains(&(n % 4)))
    );
    let everybody = RecordStream::new(conn, "pensiun", Reach::default(), None).unwrap();
    assert_eq!(records(conn, everybody), of(|_| true));
}
