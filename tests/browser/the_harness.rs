//! The harness itself: it passes a sound page and finds the faults of a bad one.

use actix_web::{App, HttpResponse, HttpServer, web};

use crate::axe::axe;
use crate::page_checks::{assert_sound, too_wide};
use crate::session::{Browser, DESKTOP, PHONE};

/// The portal's own policy allows no more than this.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'";

const SOUND: &str = r#"<!doctype html><html lang="id"><head><title>Baik</title>
<link rel="icon" href="/ikon.svg"><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/gaya.css"><script src="/ganti.js" defer></script></head>
<body><nav>layar</nav><main><h1>Baik</h1><p id="naskah">tanpa naskah</p>
<label>Berkas <input type="file" name="berkas"></label></main></body></html>"#;

const FAULTY: &str = r#"<!doctype html><html lang="id"><head><title>Buruk</title>
<link rel="icon" href="/ikon.svg"><meta name="viewport" content="width=device-width">
</head><body><main><h1>Buruk</h1><img src="/ikon.svg" width="700" height="20">
<script>document.title = "terlarang"</script></main></body></html>"#;

const ICON: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>"#;
const STYLE: &str = "@media print { nav { display: none } }";
const SCRIPT: &str = "document.getElementById('naskah').textContent = 'dengan naskah';";

/// Serves the two pages and gives their address.
fn serve_pages() -> String {
    let server = HttpServer::new(|| {
        App::new()
            .route("/baik", web::get().to(async || page(SOUND)))
            .route("/buruk", web::get().to(async || page(FAULTY)))
            .route(
                "/ikon.svg",
                web::get().to(async || file("image/svg+xml", ICON)),
            )
            .route("/gaya.css", web::get().to(async || file("text/css", STYLE)))
            .route(
                "/ganti.js",
                web::get().to(async || file("text/javascript", SCRIPT)),
            )
    });
    let server = server
        .workers(1)
        .disable_signals()
        .bind("127.0.0.1:0")
        .unwrap();
    let address = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.run());
    address
}

fn page(html: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("content-security-policy", POLICY))
        .body(html)
}

fn file(kind: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type(kind).body(text)
}

#[actix_web::test]
async fn a_sound_page_passes_at_both_sizes_under_a_strict_policy() {
    let address = serve_pages();
    let mut browser = Browser::open(DESKTOP).await;
    browser.visit(&format!("{address}/baik")).await;
    assert_sound(&browser).await;
    browser.resize(PHONE).await;
    assert_sound(&browser).await;
    assert_eq!(browser.text("#naskah").await, "dengan naskah");
}

#[actix_web::test]
async fn a_faulty_page_is_found_out_in_each_way() {
    let address = serve_pages();
    let browser = Browser::open(PHONE).await;
    browser.visit(&format!("{address}/buruk")).await;
    let rules: Vec<String> = axe(&browser).await.into_iter().map(|it| it.id).collect();
    assert_eq!(rules, ["image-alt"]);
    let wide = too_wide(&browser).await;
    assert_eq!(wide, [r#"<img src="/ikon.svg" width="700" height="20">"#]);
    let console = browser.console().await.join("\n");
    assert!(console.contains("Content Security Policy"), "{console}");
    assert_eq!(browser.client.title().await.unwrap(), "Buruk");
}

#[actix_web::test]
async fn scripts_can_be_turned_off_and_the_page_still_be_read() {
    let address = serve_pages();
    let browser = Browser::open(DESKTOP).await;
    browser.turn_scripts_off().await;
    browser.visit(&format!("{address}/baik")).await;
    assert_eq!(browser.text("#naskah").await, "tanpa naskah");
    assert!(too_wide(&browser).await.is_empty());
}

#[actix_web::test]
async fn a_page_can_be_looked_at_as_it_prints() {
    let address = serve_pages();
    let browser = Browser::open(DESKTOP).await;
    browser.visit(&format!("{address}/baik")).await;
    let place = fantoccini::Locator::Css("nav");
    let menu = browser.client.find(place).await.unwrap();
    assert!(menu.is_displayed().await.unwrap());
    browser.show_print().await;
    assert!(!menu.is_displayed().await.unwrap());
}

#[actix_web::test]
async fn a_file_can_be_chosen() {
    let address = serve_pages();
    let browser = Browser::open(DESKTOP).await;
    browser.visit(&format!("{address}/baik")).await;
    browser.attach("berkas", "Cargo.toml".as_ref()).await;
    assert!(browser.value("berkas").await.ends_with("Cargo.toml"));
}

#[actix_web::test]
async fn a_picture_has_the_width_that_was_asked_for() {
    let address = serve_pages();
    let browser = Browser::open(PHONE).await;
    browser.visit(&format!("{address}/baik")).await;
    let path = browser.screenshot("harness").await;
    let picture = std::fs::read(path).unwrap();
    let width: [u8; 4] = picture[16..20].try_into().unwrap(); // PNG: IHDR begins with it
    assert_eq!(u32::from_be_bytes(width), 360);
}
