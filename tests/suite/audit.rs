use crate::support::TestApp;
use diesel::prelude::*;
use padan::accounts::Role;
use padan::audit::{self, Entry, VerifyError};
use padan::platform::db::{self, schema::audit_events};
use serde_json::json;

const NOW: &str = "2026-11-20T02:00:00Z";

/// Records events as deeds would, all on one institution's affairs.
fn record(app: &TestApp, actor: &str, count: usize) {
    let conn = &mut *app.db.connection().unwrap();
    let now = app.clock.now();
    db::transaction(conn, |conn| {
        for number in 0..count {
            let entry = Entry {
                actor: actor.to_owned(),
                institution: None,
                action: "submissions.sent",
                subject: ("submission", format!("kiriman-{number}")),
                detail: json!({ "rows": number }),
            };
            audit::record(conn, entry, now)?;
        }
        QueryResult::Ok(())
    })
    .unwrap();
}

/// What the check says: the number of events, or the first broken place.
fn verified(app: &TestApp) -> Result<i64, i64> {
    match audit::verify(&mut app.db.connection().unwrap()) {
        Ok(found) => Ok(found.events),
        Err(VerifyError::Broken { sequence }) => Err(sequence),
        Err(VerifyError::Database(error)) => panic!("{error}"),
    }
}

fn tamper(app: &TestApp, statement: &str) {
    let conn = &mut *app.db.connection().unwrap();
    assert!(diesel::sql_query(statement).execute(conn).unwrap() > 0);
}

#[actix_web::test]
async fn a_trail_that_nobody_touched_is_whole() {
    let app = TestApp::start(NOW).await;
    assert_eq!(verified(&app), Ok(0));
    record(&app, audit::SYSTEM, 2_500);
    assert_eq!(verified(&app), Ok(2_500));
}

#[actix_web::test]
async fn a_changed_event_is_found() {
    for change in [
        "detail = '{}'",
        "actor = 'orang lain'",
        "at = '2026-11-20 02:00:01.000000'",
        "institution_id = 'lain'",
        "subject_id = 'lain'",
        "hash = previous_hash",
    ] {
        let app = TestApp::start(NOW).await;
        record(&app, audit::SYSTEM, 9);
        tamper(
            &app,
            &format!("UPDATE audit_events SET {change} WHERE sequence = 5"),
        );
        assert_eq!(verified(&app), Err(5), "{change}");
    }
}

#[actix_web::test]
async fn a_removed_event_is_found_wherever_it_stood() {
    for (removed, broken) in [(1, 1), (5, 5), (9, 9)] {
        let app = TestApp::start(NOW).await;
        record(&app, audit::SYSTEM, 9);
        tamper(
            &app,
            &format!("DELETE FROM audit_events WHERE sequence = {removed}"),
        );
        assert_eq!(verified(&app), Err(broken));
    }
}

#[actix_web::test]
async fn events_that_changed_places_are_found() {
    let app = TestApp::start(NOW).await;
    record(&app, audit::SYSTEM, 9);
    for (from, to) in [(4, -1), (6, 4), (-1, 6)] {
        tamper(
            &app,
            &format!("UPDATE audit_events SET sequence = {to} WHERE sequence = {from}"),
        );
    }
    assert_eq!(verified(&app), Err(4));
}

#[actix_web::test]
async fn an_event_that_was_changed_and_sealed_anew_is_found_at_the_next() {
    let app = TestApp::start(NOW).await;
    record(&app, audit::SYSTEM, 9);
    let conn = &mut *app.db.connection().unwrap();
    let mut event: audit::AuditEvent = audit_events::table
        .find(5)
        .select(audit::AuditEvent::as_select())
        .first(conn)
        .unwrap();
    event.detail = "{}".to_owned();
    let hash = event.computed_hash();
    diesel::update(audit_events::table.find(5))
        .set((audit_events::detail.eq("{}"), audit_events::hash.eq(hash)))
        .execute(conn)
        .unwrap();
    assert_eq!(verified(&app), Err(6));
}

#[actix_web::test]
async fn the_auditor_reads_who_did_what_in_words() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    record(&app, &pic.id.to_string(), 1);
    record(&app, audit::SYSTEM, 1);
    let page = app
        .staff(Role::Auditor)
        .await
        .page("/jejak-audit?tindakan=submissions.sent")
        .await;
    assert!(page.contains(&pic.name) && page.contains("PIC"));
    assert!(page.contains("Portal"));
    assert!(page.contains("Mengirim data ke BKN"));
    assert!(page.contains("kiriman-0"));
    assert!(page.contains("20 November 2026 pukul 09.00"));
}

#[actix_web::test]
async fn the_trail_is_for_the_admin_and_the_auditor_alone() {
    let app = TestApp::start(NOW).await;
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    let verifier = app.staff(Role::Verifier).await;
    for path in ["/jejak-audit", "/jejak-audit/unduh"] {
        assert_eq!(pic.get(path).await.status(), 403);
        assert_eq!(verifier.get(path).await.status(), 403);
        assert_eq!(app.visitor().get(path).await.status(), 303);
        for role in [Role::Admin, Role::Auditor] {
            assert_eq!(app.staff(role).await.get(path).await.status(), 200);
        }
    }
}

#[actix_web::test]
async fn the_trail_is_narrowed_by_day_person_action_and_object() {
    let app = TestApp::start(NOW).await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    record(&app, &pic.id.to_string(), 2);
    app.at("2026-11-20T17:00:00Z");
    record(&app, audit::SYSTEM, 1);
    let auditor = app.staff(Role::Auditor).await;
    let events = |query: String| {
        let auditor = &auditor;
        async move {
            let page = auditor
                .page(&format!("/jejak-audit?tindakan=submissions.sent{query}"))
                .await;
            page.matches("scope=\"row\"").count()
        }
    };
    assert_eq!(events(String::new()).await, 3);
    // The day changes at 17.00 UTC: the last event is of the 21st in Jakarta.
    assert_eq!(events("&dari=2026-11-20&sampai=2026-11-20".into()).await, 2);
    assert_eq!(events("&dari=2026-11-21".into()).await, 1);
    assert_eq!(events("&objek=kiriman-1".into()).await, 1);
    assert_eq!(events("&pelaku=sistem".into()).await, 1);
    assert_eq!(events(format!("&pelaku={}", pic.id)).await, 2);
    assert_eq!(
        events(format!("&pelaku={}", pic.name.replace(' ', "+"))).await,
        2
    );
    assert_eq!(events("&pelaku=%25".into()).await, 0);
    assert_eq!(events("&instansi=tidak-ada".into()).await, 0);
}

#[actix_web::test]
async fn a_day_that_is_none_is_said_beside_the_field() {
    let app = TestApp::start(NOW).await;
    let auditor = app.staff(Role::Auditor).await;
    for query in [
        "dari=kemarin",
        "dari=2026-11-21&sampai=2026-11-20",
        "sampai=2026-02-30",
    ] {
        let answer = auditor.get(&format!("/jejak-audit?{query}")).await;
        assert_eq!(answer.status(), 422, "{query}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("<title>Kesalahan: Jejak audit"));
        assert!(page.contains("aria-invalid=\"true\""));
        assert_eq!(
            auditor
                .get(&format!("/jejak-audit/unduh?{query}"))
                .await
                .status(),
            400
        );
    }
}

#[actix_web::test]
async fn the_download_holds_every_event_once_and_is_recorded_itself() {
    let app = TestApp::start(NOW).await;
    record(&app, "=HYPERLINK(\"http://contoh.example\")", 1_201);
    let auditor = app.staff(Role::Auditor).await;
    let answer = auditor
        .get("/jejak-audit/unduh?tindakan=submissions.sent")
        .await;
    let name = answer.headers()["content-disposition"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(name.contains("jejak-audit-2026-11-20.csv"), "{name}");
    let text = answer.text().await.unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1_201);
    let numbers: std::collections::HashSet<_> = rows.iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(numbers.len(), 1_201);
    assert!(
        rows.iter().all(|row| row[2].starts_with("'=")),
        "no formula"
    );
    assert_eq!(&rows[0][1], "2026-11-20 09:00:00");
    assert_eq!(app.recorded("audit."), ["audit.exported"]);
    let everything = auditor
        .get("/jejak-audit/unduh")
        .await
        .text()
        .await
        .unwrap();
    assert!(everything.contains("Mengunduh jejak audit"));
}

#[actix_web::test]
async fn a_trail_without_events_says_what_comes() {
    let app = TestApp::start(NOW).await;
    let auditor = app.staff(Role::Auditor).await;
    let none = auditor.page("/jejak-audit?objek=tidak-ada").await;
    assert!(none.contains("Tidak ada peristiwa yang cocok"));
    let empty = auditor
        .get("/jejak-audit/unduh?objek=tidak-ada")
        .await
        .text()
        .await
        .unwrap();
    assert_eq!(empty.lines().count(), 1, "the head alone");
}
