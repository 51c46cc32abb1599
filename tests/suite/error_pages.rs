//! What somebody sees when a request cannot be done: where they are, who they
//! are, and the way on.

use crate::support::{Actor, TestApp};
use padan::accounts::Role;
use reqwest::{Method, Response};

const NOW: &str = "2026-11-20T02:00:00Z";
const NAME: &str = "akun__nama";
const MENU: &str = "aria-label=\"Utama\"";

fn break_database(app: &TestApp, table: &str) {
    let conn = &mut *app.db.connection().unwrap();
    let sql = format!("ALTER TABLE {table} RENAME TO lost");
    diesel::RunQueryDsl::execute(diesel::sql_query(sql), conn).unwrap();
}

async fn shown(answer: Response, status: u16) -> String {
    assert_eq!(answer.status(), status);
    let page = answer.text().await.unwrap();
    assert_eq!(page.matches("<h1>").count(), 1, "{status}");
    page
}

async fn too_large(who: &Actor) -> Response {
    let long = "x".repeat(300_000);
    who.post("/akun/baru", &[("nama", &long)]).await
}

#[actix_web::test]
async fn an_error_page_shows_the_menu_and_the_name_of_who_is_signed_in() {
    let app = TestApp::start(NOW).await;
    let own = app.account(&app.home(), Role::Admin);
    let admin = app.sign_in(&own).await;
    let verifier = app.staff(Role::Verifier).await;
    let close = format!("/akun/{}/tutup", own.id);
    let nobody = format!("/akun/{}", uuid::Uuid::now_v7());
    let put = admin.request(Method::PUT, "/akun").send().await.unwrap();
    for page in [
        shown(admin.get("/tidak-ada").await, 404).await,
        shown(admin.get(&nobody).await, 404).await,
        shown(put, 404).await,
        shown(verifier.get("/akun/baru").await, 403).await,
        shown(admin.post(&close, &[("alasan", "Coba.")]).await, 409).await,
        shown(too_large(&admin).await, 413).await,
    ] {
        assert!(page.contains(NAME) && page.contains(MENU), "{page}");
    }
}

#[actix_web::test]
async fn a_visitor_s_and_an_ended_session_s_error_page_shows_nobody() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    app.at("2026-11-20T02:31:00Z");
    for who in [app.visitor(), admin] {
        let page = shown(who.get("/tidak-ada").await, 404).await;
        assert!(!page.contains(NAME) && !page.contains(MENU));
    }
}

#[actix_web::test]
async fn a_failure_names_its_number_and_keeps_the_menu() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    break_database(&app, "mails");
    let answer = admin.get("/surel").await;
    let number = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let page = shown(answer, 500).await;
    assert!(page.contains(&number) && page.contains(NAME) && page.contains(MENU));
}

#[actix_web::test]
async fn without_the_database_pages_say_so_and_keep_their_look() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    break_database(&app, "sessions");
    let answer = admin.get("/akun").await;
    let number = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let page = shown(answer, 500).await;
    assert!(page.contains("Terjadi gangguan pada sistem") && page.contains(&number));
    let style = page.split("href=\"/statis/").nth(1).unwrap();
    let style = style.split('"').next().unwrap();
    let answer = admin.get(&format!("/statis/{style}")).await;
    assert_eq!(answer.status(), 200, "the style sheet needs no session");
}
