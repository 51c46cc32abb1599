//! What holds for every route. The tests walk the table, so that a new route
//! cannot be forgotten.

use crate::support::fingerprint::assert_unchanged;
use crate::support::{Actor, TestApp, location};
use padan::accounts::{Access, Permission, Role};
use padan::routes::{Entry, table};
use reqwest::{Method, Response};

const NOW: &str = "2026-11-20T02:00:00Z";

/// The entry's path with every parameter filled in.
fn path(entry: &Entry, parameter: &str) -> String {
    let mut path = String::new();
    let mut rest = entry.path;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        path.push_str(parameter);
        rest = after.split_once('}').unwrap().1;
    }
    path + rest
}

async fn ask(who: &Actor, entry: &Entry, path: &str) -> Response {
    let method = Method::from_bytes(entry.method.as_str().as_bytes()).unwrap();
    who.request(method, path).send().await.unwrap()
}

fn permission(access: Access) -> Option<Permission> {
    match access {
        Access::Public | Access::SignedIn => None,
        Access::May(permission) | Access::Fresh(permission) => Some(permission),
        Access::Upload => Some(Permission::SubmitData),
    }
}

/// Somebody of each role, signed in.
async fn one_of_each_role(app: &TestApp) -> Vec<(Role, Actor)> {
    let partner = app.partner("Instansi Contoh");
    let mut people = Vec::new();
    for role in Role::ALL {
        let institution = if role.is_staff() {
            app.home()
        } else {
            partner.clone()
        };
        let account = app.account(&institution, *role);
        people.push((*role, app.sign_in(&account).await));
    }
    people
}

#[actix_web::test]
async fn nobody_opens_a_page_that_is_not_public() {
    let app = TestApp::start(NOW).await;
    let visitor = app.visitor();
    for entry in table() {
        if entry.access == Access::Public {
            continue;
        }
        let answer = ask(
            &visitor,
            &entry,
            &path(&entry, &uuid::Uuid::now_v7().to_string()),
        )
        .await;
        assert_eq!(answer.status(), 303, "{} {}", entry.method, entry.path);
        let to = location(&answer);
        assert!(
            to == "/masuk" || to.starts_with("/masuk?tujuan="),
            "{} {to}",
            entry.path
        );
    }
}

#[actix_web::test]
async fn a_role_without_the_permission_is_refused_everywhere() {
    let app = TestApp::start(NOW).await;
    let people = one_of_each_role(&app).await;
    for entry in table() {
        let Some(permission) = permission(entry.access) else {
            continue;
        };
        let path = path(&entry, &uuid::Uuid::now_v7().to_string());
        for (role, who) in people.iter().filter(|(role, _)| !role.may(permission)) {
            let answer = ask(who, &entry, &path).await;
            assert_eq!(
                answer.status(),
                403,
                "{role}: {} {}",
                entry.method,
                entry.path
            );
        }
    }
}

#[actix_web::test]
async fn a_malformed_id_and_an_unknown_one_are_not_found() {
    let app = TestApp::start(NOW).await;
    let people = one_of_each_role(&app).await;
    let unknown = uuid::Uuid::now_v7().to_string();
    for entry in table().iter().filter(|entry| entry.method == "GET") {
        let Some(permission) = permission(entry.access) else {
            continue;
        };
        if !entry.path.contains('{') {
            continue;
        }
        let (_, who) = people
            .iter()
            .find(|(role, _)| role.may(permission))
            .unwrap();
        for parameter in [
            "bukan-id",
            "%27%20OR%201=1",
            "..%2f..%2fetc",
            unknown.as_str(),
        ] {
            let answer = ask(who, entry, &path(entry, parameter)).await;
            assert_eq!(answer.status(), 404, "{} with {parameter}", entry.path);
        }
    }
}

#[actix_web::test]
async fn an_unknown_address_is_not_found_for_anybody() {
    let app = TestApp::start(NOW).await;
    let people = one_of_each_role(&app).await;
    for path in [
        "/tidak-ada",
        "/akun/",
        "/AKUN",
        "/statis/../Cargo.toml",
        "/.git/config",
    ] {
        assert_eq!(app.visitor().get(path).await.status(), 404, "{path}");
        for (_, who) in &people {
            let answer = who.get(path).await;
            assert_eq!(answer.status(), 404, "{path}");
            assert!(
                answer
                    .text()
                    .await
                    .unwrap()
                    .contains("Halaman tidak ditemukan")
            );
        }
    }
}

#[actix_web::test]
async fn a_post_from_elsewhere_is_refused_on_every_route() {
    let app = TestApp::start(NOW).await;
    let people = one_of_each_role(&app).await;
    let (_, admin) = people
        .iter()
        .find(|(role, _)| *role == Role::Admin)
        .unwrap();
    let before = app.fingerprint(&[]);
    let elsewhere: [&[(&str, &str)]; 8] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "cross-site"), ("origin", &app.address)],
        &[("origin", "https://jahat.example")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1")],
        &[],
    ];
    for entry in table().iter().filter(|entry| entry.method == "POST") {
        let path = path(entry, &uuid::Uuid::now_v7().to_string());
        for headers in elsewhere {
            let answer = admin.bare_post(&path, headers).await;
            assert_eq!(answer.status(), 403, "{path} with {headers:?}");
        }
        for headers in [
            [("sec-fetch-site", "same-origin")],
            [("origin", app.address.as_str())],
        ] {
            let nobody = app.visitor().bare_post(&path, &headers).await;
            assert_ne!(nobody.status(), 403, "{path} with {headers:?}");
        }
    }
    // The posts from here were nobody's: they signed nobody in and changed nothing.
    assert_unchanged(&before, &app.fingerprint(&[]), "a post from here");
}

#[actix_web::test]
async fn looking_changes_nothing_but_sessions_and_the_audit_trail() {
    let app = TestApp::start(NOW).await;
    let people = one_of_each_role(&app).await;
    let partner = app.partner("Instansi Lain");
    let account = app.account(&partner, Role::Pic);
    let unrecorded = ["sessions", "audit_events", "audit_head"];
    let before = app.fingerprint(&unrecorded);
    for entry in table().iter().filter(|entry| entry.method == "GET") {
        for parameter in [account.id.to_string(), partner.id.to_string()] {
            for (_, who) in &people {
                ask(who, entry, &path(entry, &parameter)).await;
            }
            ask(&app.visitor(), entry, &path(entry, &parameter)).await;
        }
    }
    assert_unchanged(&before, &app.fingerprint(&unrecorded), "looking");
}
