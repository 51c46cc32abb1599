//! How many statements a list costs does not depend on how long it is.

use crate::support::TestApp;
use padan::accounts::Role;
use padan::institutions::Institution;
use padan::submissions::Decision;

const NOW: &str = "2026-11-20T02:00:00Z";

/// The lists that BKN opens, each open to the role beside it.
const LISTS: [(&str, Role); 9] = [
    ("/ikhtisar", Role::Admin),
    ("/ikhtisar.csv", Role::Admin),
    ("/instansi", Role::Admin),
    ("/perjanjian", Role::Admin),
    ("/tinjauan", Role::Verifier),
    ("/laporan-masuk", Role::Verifier),
    ("/akun", Role::Admin),
    ("/surel", Role::Admin),
    ("/jejak-audit", Role::Auditor),
];

/// A partner with an agreement, and each thing once that a list can show.
fn duties(app: &TestApp, partner: &Institution) {
    let agreement = app.agreement("lan-2025", partner, "2025-05-07");
    let pic = app.account(partner, Role::Pic);
    let delivery = app.delivery(&agreement, "2026-01-15");
    app.feedback(&delivery, &pic, "2026-02-15", Some(Decision::TakenOver));
    app.feedback(&delivery, &pic, "2026-03-15", None);
    let letter = app.letter(&agreement, "2026-04-15");
    app.report(&letter, &pic, "2026-05-15", None);
}

#[actix_web::test]
async fn a_list_of_many_partners_takes_as_many_statements_as_one_of_few() {
    let app = TestApp::start(NOW).await;
    let mut people = Vec::new();
    for (path, role) in LISTS {
        people.push((path, app.staff(role).await));
    }
    let statements = app.statements();
    let mut counts = Vec::new();
    for number in 0..20 {
        if number == 2 {
            for (path, who) in &people {
                let before = statements.so_far();
                who.page(path).await;
                counts.push(statements.so_far() - before);
            }
        }
        duties(&app, &app.partner(&format!("Instansi {number:02}")));
    }
    for ((path, who), few) in people.iter().zip(counts) {
        let before = statements.so_far();
        who.page(path).await;
        let many = statements.so_far() - before;
        assert!(few > 1, "{path} counted nothing");
        assert_eq!(many, few, "{path}");
    }
}

#[actix_web::test]
async fn a_partner_with_many_duties_costs_as_many_statements_as_one_with_few() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Contoh");
    let pic = app.pic(&partner).await;
    duties(&app, &partner);
    let statements = app.statements();
    let lists = ["/beranda", "/pengiriman", "/laporan"];
    let mut counts = Vec::new();
    for path in lists {
        let before = statements.so_far();
        pic.page(path).await;
        counts.push(statements.so_far() - before);
    }
    for _ in 0..6 {
        duties(&app, &partner);
    }
    for (path, few) in lists.into_iter().zip(counts) {
        let before = statements.so_far();
        pic.page(path).await;
        assert_eq!(statements.so_far() - before, few, "{path}");
    }
}
