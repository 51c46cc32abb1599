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
        reference_codes,
        register_people,
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
