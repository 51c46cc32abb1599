use super::reports::{PDF, Scene};
use crate::support::hidden;
use futures_util::future::join;
use padan::accounts::Role;

#[actix_web::test]
async fn two_posts_at_once_are_one_letter_and_one_report() {
    let scene = Scene::begin().await;
    let (admin, path) = (&scene.admin, scene.letters());
    let key = hidden(&admin.page(&path).await, "kunci");
    let fields = [
        ("kunci", key.as_str()),
        ("nomor", "17/B/2026"),
        ("dikirim", "2026-10-12"),
    ];
    let (one, two) = join(admin.post(&path, &fields), admin.post(&path, &fields)).await;
    assert_eq!((one.status().as_u16(), two.status().as_u16()), (303, 303));
    let body = scene.app.posted_mails().remove(0).body;
    let (_, rest) = body.split_once("[[base]]").unwrap();
    let letter = rest.lines().next().unwrap().to_owned();
    let pic = scene.app.sign_in(&scene.pic).await;
    let key = hidden(&pic.page(&letter).await, "kunci");
    let fields = [("kunci", key.as_str())];
    let file = || pic.upload(&letter, "laporan.pdf", PDF.to_vec(), &fields);
    let (one, two) = join(file(), file()).await;
    assert_eq!((one.status().as_u16(), two.status().as_u16()), (303, 303));
    let deeds = ["agreement.recorded", "report.requested", "report.filed"];
    assert_eq!(scene.app.deeds(), deeds);
    assert_eq!(scene.app.files_on_disk(), 1);
}

#[actix_web::test]
async fn a_file_that_is_no_plain_pdf_is_refused_and_leaves_nothing() {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    let key = hidden(&pic.page(&letter).await, "kunci");
    let cases: [(&[u8], &str); 6] = [
        (b"", "Berkas kosong."),
        (
            b"<html><script>alert(1)</script></html>",
            "Berkas harus PDF.",
        ),
        (b"PK\x03\x04 %PDF-1.7 %%EOF", "Berkas harus PDF."),
        (b"%PDF-1.7\n1 0 obj", "Berkas PDF terpotong atau rusak."),
        (
            b"%PDF-1.7 trailer << /Encrypt 6 0 R >> %%EOF",
            "Berkas dikunci kata sandi.",
        ),
        (b"%PDF-1.7 << /S /Java#53cript >> %%EOF", "memuat skrip"),
    ];
    for (content, sentence) in cases {
        let fields = [("kunci", key.as_str()), ("catatan", "Catatan tetap ada")];
        let answer = pic
            .upload(&letter, "laporan.pdf", content.to_vec(), &fields)
            .await;
        assert_eq!(answer.status(), 422, "{sentence}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence), "{sentence}");
        assert!(page.contains("Catatan tetap ada"), "{sentence}");
    }
    let no_file = pic
        .upload(&letter, "", Vec::new(), &[("kunci", &key)])
        .await;
    assert_eq!(no_file.status(), 422);
    assert!(
        no_file
            .text()
            .await
            .unwrap()
            .contains("Pilih berkas PDF laporan.")
    );
    let no_key = pic.upload(&letter, "laporan.pdf", PDF.to_vec(), &[]).await;
    assert_eq!(no_key.status(), 422);
    assert_eq!(scene.app.files_on_disk(), 0);
}

#[actix_web::test]
async fn a_report_past_its_limits_is_cut_off_with_a_clear_answer() {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    let key = hidden(&pic.page(&letter).await, "kunci");
    let mut large = PDF.to_vec();
    large.resize(30_000_000, b' ');
    let answer = pic
        .upload(&letter, "laporan.pdf", large, &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 413);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Berkas lebih besar dari batas 25 MB."));
    let long = "x".repeat(9_000);
    let fields = [("kunci", key.as_str()), ("catatan", long.as_str())];
    let answer = pic
        .upload(&letter, "laporan.pdf", PDF.to_vec(), &fields)
        .await;
    assert_eq!(answer.status(), 413);
    let longish = "x".repeat(1_001);
    let fields = [("kunci", key.as_str()), ("catatan", longish.as_str())];
    let answer = pic
        .upload(&letter, "laporan.pdf", PDF.to_vec(), &fields)
        .await;
    assert_eq!(answer.status(), 422);
    let many: Vec<(&str, &str)> = (0..11).map(|_| ("kunci", key.as_str())).collect();
    let answer = pic
        .upload(&letter, "laporan.pdf", PDF.to_vec(), &many)
        .await;
    assert_eq!(answer.status(), 400);
    assert_eq!(scene.app.files_on_disk(), 0);
}

#[actix_web::test]
async fn a_form_that_is_no_upload_or_brings_two_files_is_refused() {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    let key = hidden(&pic.page(&letter).await, "kunci");
    assert_eq!(pic.post(&letter, &[("kunci", &key)]).await.status(), 400);
    let part = |name: &'static str| reqwest::multipart::Part::bytes(PDF).file_name(name);
    let form = reqwest::multipart::Form::new()
        .text("kunci", key)
        .part("berkas", part("satu.pdf"))
        .part("berkas", part("dua.pdf"));
    let answer = pic
        .request(reqwest::Method::POST, &letter)
        .multipart(form)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 400);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Pilih satu berkas saja.")
    );
    let broken = pic
        .request(reqwest::Method::POST, &letter)
        .header("content-type", "multipart/form-data; boundary=x")
        .body("--x\r\ncontent-disposition: form-data; name=\"kunci\"\r\n\r\nabc");
    assert_eq!(broken.send().await.unwrap().status(), 400);
    assert_eq!(scene.app.files_on_disk(), 0);
}

#[actix_web::test]
async fn a_report_is_handed_out_as_an_attachment_and_the_look_is_recorded() {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    let report = scene.filed(&pic, &letter).await;
    let own = format!("{letter}/berkas/{}", report.rsplit('/').next().unwrap());
    let auditor = scene.app.staff(Role::Auditor).await;
    for (actor, path) in [(&auditor, format!("{report}/berkas")), (&pic, own)] {
        let answer = actor.get(&path).await;
        assert_eq!(answer.status(), 200);
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert!(header("content-disposition").starts_with("attachment; filename=\"laporan.pdf\""));
        assert_eq!(header("content-type"), "application/pdf");
        assert_eq!(
            header("content-security-policy"),
            "sandbox; default-src 'none'"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(answer.bytes().await.unwrap(), PDF);
    }
    let looks = scene.app.deeds();
    assert_eq!(
        looks
            .iter()
            .filter(|deed| *deed == "report.downloaded")
            .count(),
        2
    );
}
