//! What no browser sends by itself: NUL bytes, and uploads that dribble.

use crate::support::submissions::form_key;
use crate::support::{Actor, TestApp};
use futures_util::stream;
use padan::accounts::Role;
use reqwest::Method;
use std::time::Duration;

const NOW: &str = "2026-11-20T02:00:00Z";

/// How a request with a NUL in it is answered: never by a fault of ours.
async fn is_answered(who: &Actor, method: Method, path: &str, body: &'static str) {
    let request = who
        .request(method, path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    let status = request.send().await.unwrap().status();
    assert!(!status.is_server_error(), "{path}: {status}");
}

#[actix_web::test]
async fn a_nul_byte_in_an_address_is_no_fault_of_ours() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let (admin, pic) = (app.staff(Role::Admin).await, app.pic(&partner).await);
    for path in [
        "/surel?cari=a%00b",
        "/surel?jenis=a%00b",
        "/surel?instansi=a%00b",
        "/instansi?cari=a%00b",
        "/akun?cari=a%00b",
        "/akun?instansi=a%00b",
        "/perjanjian?cari=a%00b",
        "/jejak-audit?pelaku=a%00b",
        "/jejak-audit?tindakan=a%00b&objek=a%00b&instansi=a%00b",
        "/ikhtisar?cari=a%00b",
        "/pengiriman?cari=a%00b&jenis=%00",
        "/tinjauan?cari=a%00b&jenis=%00&instansi=%00",
        "/surel/a%00b",
        "/tautan/a%00b",
        "/a%00b",
        "/masuk?tujuan=%00",
    ] {
        is_answered(&admin, Method::GET, path, "").await;
        is_answered(&pic, Method::GET, path, "").await;
    }
}

#[actix_web::test]
async fn a_nul_byte_in_a_form_is_no_fault_of_ours() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    for (path, body) in [
        ("/masuk", "nip=1%009&sandi=%00"),
        ("/lupa-kata-sandi", "nip=1%00&surel=a%00b"),
        (
            "/instansi/baru",
            "kunci=019a0000-0000-7000-8000-000000000000&nama=Nama%00Lain&singkatan=NL%00",
        ),
        (
            "/akun/baru",
            "nama=Nama%00Lain&surel=a%00@contoh.example&nip=%00&peran=%00&instansi=%00",
        ),
        ("/profil", "nama=a%00b&surel=a%00b"),
    ] {
        is_answered(&admin, Method::POST, path, body).await;
    }
}

#[actix_web::test]
async fn an_upload_that_dribbles_is_ended_and_leaves_nothing() {
    let app = TestApp::start_with(NOW, |config| config.web.body_seconds = 1).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let slowly = stream::unfold(0, |sent| async move {
        tokio::time::sleep(Duration::from_millis(200)).await;
        (sent < 100).then_some((Ok::<_, std::io::Error>("a,b\n"), sent + 1))
    });
    let file = reqwest::multipart::Part::stream(reqwest::Body::wrap_stream(slowly));
    let form = reqwest::multipart::Form::new()
        .text("kunci", form_key())
        .part("berkas", file.file_name("kursus.csv"));
    let path = format!("/pengiriman/baru/{}/riwayat-kursus", agreement.id);
    let answer = pic
        .request(Method::POST, &path)
        .multipart(form)
        .timeout(Duration::from_secs(15))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 400);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Pengiriman berkas terputus sebelum selesai."));
    assert_eq!((app.versions_stored(), app.files_on_disk()), (0, 0));
}
