use crate::support::TestApp;
use diesel::prelude::*;
use padan::platform::db::schema;

macro_rules! loads {
    ($conn:expr, $($table:ident),+ $(,)?) => {
        $(schema::$table::table.select(diesel::dsl::count_star()).first::<i64>($conn).unwrap();)+
    };
}

#[actix_web::test]
async fn every_table_is_there_on_this_database() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let conn = &mut *app.db.connection().unwrap();
    loads!(
        conn,
        institutions,
        audit_events,
        audit_head,
        files,
        jobs,
        counters,
        accounts,
        account_links,
        sessions,
        sign_in_attempts,
        mails,
        mail_attempts,
        agreements,
        clauses,
        grants,
        correspondents,
        reference_lists,
        reference_versions,
        reference_codes,
        reference_imports,
        reference_changes,
        submission_references,
        register_people,
        register_units,
        register_records,
        register_imports,
        register_holdings,
        register_rejects,
        register_reject_counts,
        deliveries,
        submissions,
        submission_versions,
        submission_rows,
        row_findings,
        finding_totals,
        warning_reasons,
        row_corrections,
        request_letters,
        reports,
        suspensions,
    );
}

#[actix_web::test]
async fn every_connection_keeps_what_it_acknowledged_and_checks_references() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let mut open: Vec<_> = (0..4).map(|_| app.db.connection().unwrap()).collect();
    for conn in &mut open {
        padan::platform::db::assert_settings(conn).unwrap();
    }
}

#[actix_web::test]
async fn writers_that_read_first_queue_instead_of_failing() {
    let app = TestApp::start("2026-11-20T02:00:00Z").await;
    let write = |db: padan::platform::db::Db| {
        move || {
            for _ in 0..25 {
                let conn = &mut *db.connection().unwrap();
                padan::platform::db::transaction(conn, |conn| {
                    let count = schema::counters::table.count().get_result::<i64>(conn)?;
                    let next = padan::platform::counters::next(conn, "antrean")?;
                    Ok::<_, diesel::result::Error>(count + next)
                })
                .unwrap();
            }
        }
    };
    let writers: Vec<_> = (0..4)
        .map(|_| std::thread::spawn(write(app.db.clone())))
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let conn = &mut *app.db.connection().unwrap();
    let taken = schema::counters::table
        .find("antrean")
        .select(schema::counters::value);
    assert_eq!(taken.first::<i64>(conn).unwrap(), 100);
}
