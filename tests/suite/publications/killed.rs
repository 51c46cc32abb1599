//! The program is killed while it makes a file.

use super::NOW;
use crate::support::TestApp;
use crate::support::publications::{HOME, fetched, home_staff, own, profile, publish, rows};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema::{
    disclosed_people, disclosures, jobs, publications, register_people,
};
use secrecy::ExposeSecret;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PEOPLE: usize = 30_000;

fn begin_work(app: &TestApp) -> Child {
    let storage = &app.parts.config.storage;
    Command::new(&storage.program)
        .arg("work")
        .env("PADAN_DATABASE_URL", storage.database_url.expose_secret())
        .env("PADAN_DATA_DIR", &storage.data_dir)
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

async fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(
            start.elapsed() < Duration::from_secs(90),
            "waited for {what}"
        );
        actix_web::rt::time::sleep(Duration::from_millis(5)).await;
    }
}

fn noted(app: &TestApp) -> i64 {
    let conn = &mut *app.db.connection().unwrap();
    disclosed_people::table.count().get_result(conn).unwrap()
}

/// As many people as make the program busy for a while.
fn crowd(app: &TestApp) {
    let conn = &mut *app.db.connection().unwrap();
    let nip = |n: usize| format!("1990{:010}{:04}", n, n % 10_000);
    padan::platform::db::transaction(conn, |conn| {
        for n in 1..=PEOPLE {
            let mut person = profile(n, HOME);
            person.nip = nip(n);
            diesel::insert_into(register_people::table)
                .values(person)
                .execute(conn)?;
        }
        diesel::QueryResult::Ok(())
    })
    .unwrap();
}

#[actix_web::test]
async fn killed_while_it_makes_a_file_the_program_makes_it_anew_and_whole() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Badan Sandang Contoh");
    let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
    app.give(&agreement, "profil-pns", &["id_pns", "nip"], home_staff());
    crowd(&app);
    let (admin, account) = (
        app.staff(Role::Admin).await,
        app.account(&partner, Role::Pic),
    );
    let address = publish(&admin, &agreement, "profil-pns").await;
    let mine = own(&address);
    // Due for the program as well, whatever the day is.
    diesel::update(jobs::table)
        .set(jobs::run_after.eq(crate::support::moment("2024-01-02T02:00:00Z")))
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();

    let mut worker = begin_work(&app);
    wait_until("the first persons", || noted(&app) > 0).await;
    worker.kill().unwrap();
    worker.wait().unwrap();
    assert!(noted(&app) < PEOPLE as i64, "killed in the middle");
    // The program goes by the real clock, to which older sessions are over.
    let pic = app.sign_in(&account).await;
    assert_eq!(pic.get(&mine).await.status(), 404, "nothing half is seen");
    assert_eq!(pic.get(&format!("{mine}/berkas.csv")).await.status(), 404);

    let mut worker = begin_work(&app);
    wait_until("the file", || {
        let conn = &mut *app.db.connection().unwrap();
        let made = publications::table.filter(publications::file_id.is_not_null());
        made.count().get_result::<i64>(conn).unwrap() == 1
    })
    .await;
    worker.kill().unwrap();
    worker.wait().unwrap();
    assert_eq!(noted(&app), PEOPLE as i64, "each person once");
    let conn = &mut *app.db.connection().unwrap();
    let count: i64 = disclosures::table.count().get_result(conn).unwrap();
    assert_eq!(count, 1);
    let pic = app.sign_in(&account).await;
    let csv = fetched(&pic, &format!("{mine}/berkas.csv")).await;
    assert_eq!(rows(&csv).len(), PEOPLE + 1);
    let deeds = app.audited("delivery.made");
    assert_eq!(deeds.len(), 1);
}
