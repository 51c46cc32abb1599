//! The queue of jobs, when a worker comes back that had lost its claim.

use crate::support::{TestApp, moment};
use diesel::prelude::*;
use padan::platform::db::schema;
use padan::platform::jobs;

const NOW: &str = "2026-11-20T02:00:00Z";
const LATER: &str = "2026-11-20T02:01:00Z";

#[actix_web::test]
async fn a_worker_that_lost_its_claim_changes_nothing_under_the_next_one() {
    let app = TestApp::start(NOW).await;
    let conn = &mut *app.db.connection().unwrap();
    jobs::enqueue(conn, "contoh", "1", moment(NOW)).unwrap();
    let slow = jobs::claim(conn, "contoh", moment(NOW)).unwrap().unwrap();
    let next = jobs::claim(conn, "contoh", moment(LATER)).unwrap().unwrap();
    assert_eq!(next.id, slow.id);
    let last = jobs::Job {
        attempts: jobs::MAX_ATTEMPTS,
        ..slow.clone()
    };
    assert!(!jobs::fail(conn, &last, "late", moment(LATER)).unwrap());
    assert!(!jobs::finish(conn, &slow, moment(LATER)).unwrap());
    let third = jobs::claim(conn, "contoh", moment(LATER)).unwrap();
    assert!(third.is_none(), "the claim is still held");
    assert!(jobs::finish(conn, &next, moment(LATER)).unwrap());
    let fault: Option<String> = schema::jobs::table
        .select(schema::jobs::last_error)
        .first(conn)
        .unwrap();
    assert_eq!(fault, None);
}
