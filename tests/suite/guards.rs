use crate::support::{Actor, TestApp};
use padan::accounts::Role;
use reqwest::{Method, Response};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

const NOW: &str = "2026-11-20T02:00:00Z";

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

async fn get_as(who: &Actor, host: &str, path: &str) -> Response {
    let request = who.request(Method::GET, path).header("host", host);
    request.send().await.unwrap()
}

#[actix_web::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start(NOW).await;
    let visitor = app.visitor();
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    let answers = [
        ("page", visitor.get("/masuk").await),
        ("page behind sign-in", pic.get("/profil").await),
        ("redirect", visitor.get("/profil").await),
        ("forbidden", pic.get("/akun").await),
        ("not found", visitor.get("/tidak-ada").await),
        ("wrong method", visitor.get("/keluar").await),
        (
            "fault in a form",
            visitor.post("/masuk", &[("nip", "")]).await,
        ),
        (
            "post from elsewhere",
            visitor.bare_post("/masuk", &[]).await,
        ),
        (
            "another host",
            get_as(&visitor, "jahat.example", "/masuk").await,
        ),
        ("style", visitor.get("/statis/portal.css").await),
    ];
    for (name, answer) in &answers {
        let policy = header(answer, "content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{name}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{name}");
        assert!(!policy.contains("unsafe"), "{name}");
        assert_eq!(
            header(answer, "x-content-type-options"),
            "nosniff",
            "{name}"
        );
        assert_eq!(header(answer, "referrer-policy"), "no-referrer", "{name}");
        assert_eq!(
            header(answer, "cross-origin-opener-policy"),
            "same-origin",
            "{name}"
        );
        assert_eq!(
            header(answer, "cross-origin-resource-policy"),
            "same-origin",
            "{name}"
        );
        assert!(
            header(answer, "permissions-policy").contains("camera=()"),
            "{name}"
        );
        assert_eq!(header(answer, "x-request-id").len(), 32, "{name}");
        let kept = if *name == "style" {
            "public, max-age=3600"
        } else {
            "no-store"
        };
        assert_eq!(header(answer, "cache-control"), kept, "{name}");
        assert_eq!(header(answer, "strict-transport-security"), "", "{name}");
        assert_eq!(header(answer, "server"), "", "{name}");
    }
}

#[actix_web::test]
async fn over_https_cookies_are_secure_and_the_browser_is_told_to_stay() {
    let app = TestApp::start_with(NOW, |config| {
        config.web.base_url = "https://padan.example".parse().unwrap();
    })
    .await;
    let pic = app.account(&app.partner("Instansi Contoh"), Role::Pic);
    let form = [("nip", pic.nip.as_str()), ("sandi", TestApp::PASSWORD)];
    let visitor = app.visitor();
    let request = visitor.request(Method::POST, "/masuk").form(&form);
    let answer = request
        .header("host", "padan.example")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    let cookie = header(&answer, "set-cookie");
    assert!(cookie.starts_with("__Host-sesi="), "{cookie}");
    for flag in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let age = header(&answer, "strict-transport-security");
    assert!(age.starts_with("max-age=63072000"), "two years");
}

#[actix_web::test]
async fn requests_for_another_host_are_misdirected() {
    let app = TestApp::start_with(NOW, |config| {
        config.web.base_url = "https://padan.example".parse().unwrap();
    })
    .await;
    let visitor = app.visitor();
    for host in ["padan.example", "PADAN.example", "padan.example:443"] {
        assert_eq!(
            get_as(&visitor, host, "/masuk").await.status(),
            200,
            "{host}"
        );
    }
    for host in [
        "jahat.example",
        "padan.example.jahat.example",
        "padan.example:8443",
        "127.0.0.1",
        "localhost",
        "padan.example@jahat.example",
        "padan.example/../",
    ] {
        assert_eq!(
            get_as(&visitor, host, "/masuk").await.status(),
            421,
            "{host}"
        );
    }
}

#[actix_web::test]
async fn a_body_that_dribbles_is_ended() {
    let app = TestApp::start_with(NOW, |config| config.web.body_seconds = 1).await;
    let address = app.address.strip_prefix("http://").unwrap().to_owned();
    let took = actix_web::web::block(move || dribble(&address))
        .await
        .unwrap();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_eq!(app.visitor().get("/masuk").await.status(), 200);
}

/// Sends a byte of the body now and then, until the server has had enough.
fn dribble(address: &str) -> Duration {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(50)))
        .unwrap();
    let head = format!(
        "POST /masuk HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let began = Instant::now();
    let mut answer = [0_u8; 12];
    while began.elapsed() < Duration::from_secs(20) {
        if stream.write_all(b"n").is_err() {
            break;
        }
        match stream.read(&mut answer) {
            Ok(0) => break,
            Ok(_) => {
                assert!(answer.starts_with(b"HTTP/1.1 4"), "{answer:?}");
                break;
            }
            Err(_) => std::thread::sleep(Duration::from_millis(100)),
        }
    }
    began.elapsed()
}

#[actix_web::test]
async fn a_form_that_is_too_long_is_refused() {
    let app = TestApp::start(NOW).await;
    let long = "1".repeat(300_000);
    let answer = app.visitor().post("/masuk", &[("nip", &long)]).await;
    assert_eq!(answer.status(), 413);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Isian formulir terlalu panjang.")
    );
}

/// Takes a table away, so that whatever needs it fails.
fn break_database(app: &TestApp, table: &str) {
    let conn = &mut *app.db.connection().unwrap();
    let sql = format!("ALTER TABLE {table} RENAME TO lost");
    diesel::RunQueryDsl::execute(diesel::sql_query(sql), conn).unwrap();
}

#[actix_web::test]
async fn a_failure_shows_one_sentence_and_the_number_that_the_log_has() {
    let log = log();
    for table in ["sign_in_attempts", "sessions"] {
        let app = TestApp::start(NOW).await;
        let pic = app.pic(&app.partner("Instansi Contoh")).await;
        break_database(&app, table);
        let form = [("nip", "199001012015011999"), ("sandi", "bukan itu")];
        let answer = pic.post("/masuk", &form).await;
        assert_eq!(answer.status(), 500, "{table}");
        assert!(
            header(&answer, "content-security-policy").contains("'self'"),
            "{table}"
        );
        let number = header(&answer, "x-request-id").to_owned();
        let page = answer.text().await.unwrap();
        assert!(page.contains("Terjadi gangguan pada sistem"), "{table}");
        assert!(
            page.contains(&format!("<code>{number}</code>")),
            "{table}: {number}"
        );
        assert!(!page.contains(table) && !page.contains("SQL"), "{table}");
        let text = String::from_utf8_lossy(&log.lock().unwrap()).into_owned();
        assert!(text.contains(&format!("incident=\"{number}\"")), "{table}");
    }
}

#[actix_web::test]
async fn a_page_can_be_asked_for_without_its_body_and_only_as_it_is_offered() {
    let app = TestApp::start(NOW).await;
    let visitor = app.visitor();
    let head = visitor
        .request(Method::HEAD, "/masuk")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (head.status().as_u16(), &*head.text().await.unwrap()),
        (200, "")
    );
    for (method, path) in [
        (Method::GET, "/keluar"),
        (Method::PUT, "/masuk"),
        (Method::DELETE, "/"),
    ] {
        let answer = visitor.request(method, path).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        assert!(
            answer
                .text()
                .await
                .unwrap()
                .contains("Halaman tidak ditemukan"),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn the_health_page_says_that_the_database_answers_and_nothing_else() {
    let app = TestApp::start(NOW).await;
    let answer = app.visitor().get("/sehat").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.text().await.unwrap(), "baik\n");
}

#[actix_web::test]
async fn pages_for_everybody_open_with_and_without_an_account() {
    let app = TestApp::start(NOW).await;
    let pic = app.pic(&app.partner("Instansi Contoh")).await;
    for path in ["/bantuan", "/aksesibilitas", "/pelindungan-data"] {
        assert!(!app.visitor().page(path).await.contains("Keluar"), "{path}");
        assert!(pic.page(path).await.contains("Keluar"), "{path}");
    }
}

/// What the portal logs in this process, from all tests.
fn log() -> Arc<Mutex<Vec<u8>>> {
    static LOG: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();
    let log = LOG.get_or_init(|| {
        let log: Arc<Mutex<Vec<u8>>> = Arc::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(move || Tee(writer.clone()))
            .finish();
        let _ = tracing::subscriber::set_global_default(subscriber);
        log
    });
    log.clone()
}

struct Tee(Arc<Mutex<Vec<u8>>>);

impl Write for Tee {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[actix_web::test]
async fn the_log_names_the_route_and_no_secret_number_or_query() {
    let log = log();
    let app = TestApp::start(NOW).await;
    let visitor = app.visitor();
    visitor.get("/tautan/rahasia-tautan-77").await;
    visitor.get("/masuk?tujuan=%2Frahasia-kueri-77").await;
    app.try_sign_in(&visitor, "199001012015011977", "rahasia sandi 77")
        .await;
    let text = String::from_utf8_lossy(&log.lock().unwrap()).into_owned();
    assert!(text.contains("route=\"/tautan/{token}\" status=404"));
    assert!(text.contains("route=\"/masuk\" status=422"));
    for secret in [
        "rahasia-tautan-77",
        "rahasia-kueri-77",
        "199001012015011977",
        "rahasia sandi",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
}
