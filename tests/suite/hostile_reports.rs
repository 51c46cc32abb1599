//! PDF files that are not what they seem, one of each kind (ISO 32000-1).

use super::reports::Scene;
use crate::support::hidden;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

/// A PDF of one page whose catalog has an entry more, and further objects.
fn pdf(catalog: &str, objects: &[String]) -> Vec<u8> {
    let fixed = [
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
    ];
    let mut text = "%PDF-1.7\n".to_owned();
    for (number, object) in fixed.iter().chain(objects).enumerate() {
        text += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    text += "trailer\n<< /Root 1 0 R /Size 9 >>\nstartxref\n9\n%%EOF\n";
    text.into_bytes()
}

/// The sentence with which a file is refused.
async fn refused(content: Vec<u8>, sentence: &str) {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    let key = hidden(&pic.page(&letter).await, "kunci");
    let answer = pic
        .upload(&letter, "laporan.pdf", content, &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 422, "{sentence}");
    assert!(
        answer.text().await.unwrap().contains(sentence),
        "{sentence}"
    );
    assert_eq!(scene.app.files_on_disk(), 0, "{sentence}");
}

/// A file that is taken: quickly, as it is, and handed out to be saved only.
async fn taken(content: Vec<u8>) {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    let key = hidden(&pic.page(&letter).await, "kunci");
    let began = Instant::now();
    let answer = pic
        .upload(&letter, "laporan.pdf", content.clone(), &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    assert!(began.elapsed() < Duration::from_secs(5));
    let page = pic.page(&letter).await;
    let link = page.split('"').find(|it| it.contains("/berkas/"));
    let file = pic.get(link.unwrap()).await;
    let header = |name: &str| file.headers()[name].to_str().unwrap().to_owned();
    assert!(header("content-disposition").starts_with("attachment;"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(file.bytes().await.unwrap(), content);
}

#[actix_web::test]
async fn a_pdf_that_runs_something_or_carries_a_file_is_refused() {
    let script = "<< /S /JavaScript /JS (app.alert(1)) >>".to_owned();
    let launch = "<< /S /Launch /F (calc.exe) >>".to_owned();
    let inside = "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream".to_owned();
    for (catalog, object) in [
        ("/OpenAction 4 0 R", script),
        ("/OpenAction 4 0 R", launch),
        (
            "/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>",
            inside,
        ),
    ] {
        refused(pdf(catalog, &[object]), "memuat skrip").await;
    }
}

#[actix_web::test]
async fn a_pdf_that_needs_a_password_or_breaks_off_is_refused() {
    let locked = pdf("", &["<< /Encrypt 5 0 R >>".to_owned()]);
    refused(locked, "Berkas dikunci kata sandi.").await;
    let whole = pdf("", &[]);
    let half = whole[..whole.len() / 2].to_vec();
    let broken = "Berkas PDF terpotong atau rusak.";
    refused(half, broken).await;
    refused(b"%PDF-1.7\n".to_vec(), broken).await;
    refused(Vec::new(), "Berkas kosong.").await;
}

#[actix_web::test]
async fn another_kind_of_file_under_the_name_of_a_pdf_is_refused() {
    let page = b"<html><script>alert(document.domain)</script></html>".to_vec();
    let picture = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec();
    let photo = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let two_in_one = [
        b"<!--".to_vec(),
        pdf("", &[]),
        b"--><script>1</script>".to_vec(),
    ];
    for file in [page, picture, photo, two_in_one.concat()] {
        refused(file, "Berkas harus PDF.").await;
    }
}

#[actix_web::test]
async fn a_pdf_with_a_link_or_with_junk_before_it_is_taken() {
    let link = "<< /S /URI /URI (http://contoh.example) >>".to_owned();
    taken(pdf("", &[link])).await;
    taken([vec![b'\n'; 300], pdf("", &[])].concat()).await;
}

#[actix_web::test]
async fn a_pdf_that_would_unpack_or_nest_without_end_is_never_unpacked() {
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    taken(pdf("", &[nested])).await;
    let mut bomb = pdf("", &[]);
    let end = bomb.split_off(bomb.len() - 60);
    bomb.extend(b"4 0 obj\n<< /Filter /FlateDecode >>\nstream\n");
    bomb.extend(packed(&vec![0; 50_000_000]));
    bomb.extend(b"\nendstream\nendobj\n");
    bomb.extend(end);
    taken(bomb).await;
}

#[actix_web::test]
async fn a_pdf_that_is_an_archive_too_stays_as_it_is() {
    let archive = zip(b"<script>alert(1)</script>").into_inner();
    taken([pdf("", &[]), archive].concat()).await;
}

fn zip(content: &[u8]) -> Cursor<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("a", options).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap()
}

/// The deflated bytes alone.
fn packed(content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(zip(content)).unwrap();
    let file = archive.by_index_raw(0).unwrap();
    let (from, size) = (file.data_start().unwrap(), file.compressed_size());
    drop(file);
    let all = archive.into_inner().into_inner();
    let from = usize::try_from(from).unwrap();
    all[from..from + usize::try_from(size).unwrap()].to_vec()
}
