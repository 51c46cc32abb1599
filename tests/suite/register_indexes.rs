//! The indexes of the register while it is filled.

use crate::register::{bring_watched, file, person};
use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use padan::platform::db::DbConn;
use padan::register::{ImportError, RegisterImport};

const NOW: &str = "2026-11-20T02:00:00Z";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

/// What the indexes over people are made of.
fn indexes(app: &TestApp) -> Vec<String> {
    let conn = &mut *app.db.connection().unwrap();
    let told = match conn {
        DbConn::Sqlite(_) => {
            "SELECT sql AS line FROM sqlite_master \
             WHERE type = 'index' AND tbl_name = 'register_people' AND sql IS NOT NULL"
        }
        DbConn::Postgres(_) => {
            "SELECT indexdef AS line FROM pg_indexes \
             WHERE schemaname = current_schema() AND tablename = 'register_people'"
        }
    };
    let lines: Vec<Line> = diesel::sql_query(told).load(conn).unwrap();
    let mut lines: Vec<String> = lines.into_iter().map(|line| line.line).collect();
    lines.sort();
    lines
}

/// Brings people in, and looks at the indexes after each batch.
fn bring(
    app: &TestApp,
    file: String,
    during: &mut Vec<usize>,
) -> Result<RegisterImport, ImportError> {
    let told = &mut |_: &RegisterImport| during.push(indexes(app).len());
    bring_watched(app, ("profil-pns", false), &file, told)
}

#[actix_web::test]
async fn filling_an_empty_register_leaves_its_indexes_as_they_were() {
    let app = TestApp::start(NOW).await;
    let (before, mut during) = (indexes(&app), Vec::new());
    bring(&app, file((1..=5).map(person)), &mut during).unwrap();
    assert_eq!(during, [before.len() - 4]);
    assert_eq!(indexes(&app), before);
    bring(&app, file((1..=6).map(person)), &mut during).unwrap();
    // Whoever looks people up meanwhile finds them as fast as ever.
    assert_eq!(during[1..], [before.len()]);
}

#[actix_web::test]
async fn an_extract_that_breaks_off_leaves_the_indexes_as_they_were() {
    let app = TestApp::start(NOW).await;
    let (before, mut during) = (indexes(&app), Vec::new());
    let endless = format!("{}\"{}", file([person(1)]), "x".repeat(2_000_000));
    let broken = bring(&app, endless, &mut during);
    assert!(matches!(broken, Err(ImportError::Endless)));
    assert_eq!(indexes(&app), before);
}

#[actix_web::test]
async fn indexes_that_a_killed_import_left_aside_are_made_again() {
    let app = TestApp::start(NOW).await;
    let before = indexes(&app);
    let drop = "DROP INDEX register_people_by_rank; DROP INDEX register_people_by_position";
    let conn = &mut *app.db.connection().unwrap();
    conn.batch_execute(drop).unwrap();
    assert_eq!(indexes(&app).len(), before.len() - 2);
    app.work().await;
    assert_eq!(indexes(&app), before);
}
