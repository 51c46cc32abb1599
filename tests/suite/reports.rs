use crate::support::{Actor, TestApp, hidden, location};
use padan::accounts::{Account, Role};
use padan::agreements::{AgreementId, PartySide};
use padan::institutions::Institution;

const NOW: &str = "2026-11-20T02:00:00Z";
const PDF: &[u8] =
    b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// A partner with an agreement, its PIC, and an admin who asks for a report.
struct Scene {
    app: TestApp,
    partner: Institution,
    agreement: AgreementId,
    pic: Account,
    admin: Actor,
}

impl Scene {
    async fn begin() -> Self {
        let app = TestApp::start(NOW).await;
        let partner = app.partner("LAN");
        let agreement = app.agreement(&partner, "2025-05-07");
        let pic = app.account(&partner, Role::Pic);
        let admin = app.staff(Role::Admin).await;
        Self {
            app,
            partner,
            agreement,
            pic,
            admin,
        }
    }

    fn letters(&self) -> String {
        format!("/perjanjian/{}/surat-permintaan", self.agreement)
    }

    /// Asks for a report; gives the page on which the partner answers.
    async fn asked(&self) -> String {
        let key = hidden(&self.admin.page(&self.letters()).await, "kunci");
        let fields = [
            ("kunci", key.as_str()),
            ("nomor", "17/B/2026"),
            ("dikirim", "2026-10-12"),
        ];
        let answer = self.admin.post(&self.letters(), &fields).await;
        assert_eq!(answer.status(), 303);
        let mail = self
            .app
            .outbox()
            .into_iter()
            .find(|mail| mail.kind == "reports.asked");
        let body = mail.unwrap().body;
        let (_, rest) = body.split_once("[[base]]/laporan/").unwrap();
        format!("/laporan/{}", rest.lines().next().unwrap())
    }

    /// Files a sound report; gives the address at which BKN reviews it.
    async fn filed(&self, pic: &Actor, letter: &str) -> String {
        let key = hidden(&pic.page(letter).await, "kunci");
        let answer = pic
            .upload(letter, "laporan.pdf", PDF.to_vec(), &[("kunci", &key)])
            .await;
        assert_eq!(answer.status(), 303);
        let page = self.admin.page(&self.letters()).await;
        let start = format!("/perjanjian/{}/laporan/", self.agreement);
        let (_, rest) = page.split_once(&start).unwrap();
        format!("{start}{}", rest.split_once('"').unwrap().0)
    }
}

#[actix_web::test]
async fn a_letter_is_recorded_once_and_the_partner_is_told() {
    let scene = Scene::begin().await;
    let (admin, path) = (&scene.admin, scene.letters());
    let key = hidden(&admin.page(&path).await, "kunci");
    let fields = [
        ("kunci", key.as_str()),
        ("nomor", "17/B/2026"),
        ("dikirim", "2026-10-12"),
    ];
    for _ in 0..2 {
        assert_eq!(location(&admin.post(&path, &fields).await), path);
    }
    let other = hidden(&admin.page(&path).await, "kunci");
    let again = [
        ("kunci", other.as_str()),
        ("nomor", "17/B/2026"),
        ("dikirim", "2026-10-12"),
    ];
    assert_eq!(admin.post(&path, &again).await.status(), 422);
    assert_eq!(
        scene.app.deeds(),
        ["agreement.recorded", "report.requested"]
    );
    let mails = scene.app.outbox();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, scene.pic.email);
    assert_eq!(
        mails[0].subject,
        "Permintaan laporan – surat Nomor 17/B/2026"
    );
}

#[actix_web::test]
async fn the_dates_of_a_letter_follow_each_other() {
    let scene = Scene::begin().await;
    let (admin, path) = (&scene.admin, scene.letters());
    let key = hidden(&admin.page(&path).await, "kunci");
    let fields = [
        ("kunci", key.as_str()),
        ("nomor", "17/B/2026"),
        ("dikirim", "2026-11-21"),
        ("sampai", "2026-11-20"),
        ("dikonfirmasi", "31-11-2026"),
    ];
    let answer = admin.post(&path, &fields).await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("31-11-2026 tidak ada dalam kalender.")
    );
    let fields = &fields[..4];
    let page = admin.post(&path, fields).await.text().await.unwrap();
    assert!(page.contains("Tanggal dikirim tidak boleh setelah hari ini"));
    assert!(
        page.contains("Tanggal diterima tidak boleh setelah hari ini atau sebelum surat dikirim.")
    );
    assert!(scene.app.outbox().is_empty());
}

#[actix_web::test]
async fn delivery_and_confirmation_are_noted_afterwards() {
    let scene = Scene::begin().await;
    let letter = scene.asked().await.replace("/laporan", &scene.letters());
    let admin = &scene.admin;
    let early = [("sampai", "2026-10-11")];
    assert_eq!(admin.post(&letter, &early).await.status(), 422);
    let dates = [("sampai", "2026-10-13"), ("dikonfirmasi", "2026-10-14")];
    for _ in 0..2 {
        assert_eq!(admin.post(&letter, &dates).await.status(), 303);
    }
    let expected = serde_json::json!({
        "delivered_on": { "before": null, "after": "2026-10-13" },
        "confirmed_on": { "before": null, "after": "2026-10-14" },
    });
    assert_eq!(scene.app.detail("report.request_receipt_noted"), expected);
    let noted = scene.app.deeds();
    let noted = noted
        .iter()
        .filter(|deed| *deed == "report.request_receipt_noted");
    assert_eq!(noted.count(), 1);
    let elsewhere = scene.app.agreement(&scene.partner, "2019-10-22");
    let id = letter.rsplit('/').next().unwrap();
    let mixed = format!("/perjanjian/{elsewhere}/surat-permintaan/{id}");
    assert_eq!(admin.get(&mixed).await.status(), 404);
}

#[actix_web::test]
async fn a_pic_files_a_report_once_and_gets_a_receipt() {
    let scene = Scene::begin().await;
    let bkn = "data@bkn.example";
    scene
        .app
        .correspondent(scene.agreement, PartySide::Bkn, bkn, "2025-05-07");
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    assert!(
        pic.page("/laporan")
            .await
            .contains("1 laporan perlu disampaikan")
    );
    let key = hidden(&pic.page(&letter).await, "kunci");
    let fields = [("kunci", key.as_str()), ("catatan", "Semester II")];
    for _ in 0..2 {
        let answer = pic
            .upload(&letter, "../laporan.pdf", PDF.to_vec(), &fields)
            .await;
        assert_eq!(location(&answer), letter);
    }
    let page = pic.page(&letter).await;
    assert!(page.contains("Laporan menunggu BKN"));
    assert!(page.contains("Tanda terima laporan"));
    assert!(page.contains(&padan::platform::secret::sha256_hex(PDF)));
    assert!(page.contains("laporan.pdf") && !page.contains("../laporan.pdf"));
    assert!(!page.contains("Sampaikan laporan</button>"));
    let filed = scene.app.deeds();
    assert_eq!(
        filed.iter().filter(|deed| *deed == "report.filed").count(),
        1
    );
    assert_eq!(scene.app.files_on_disk(), 1);
    let mails = scene.app.outbox();
    let receipts: Vec<_> = mails
        .iter()
        .filter(|mail| mail.kind == "reports.filed")
        .collect();
    let to: Vec<&str> = receipts
        .iter()
        .map(|mail| mail.recipient.as_str())
        .collect();
    assert_eq!(to, [bkn, scene.pic.email.as_str()]);
    assert!(receipts[0].body.contains("menunggu tinjauan BKN"));
    assert!(receipts[1].body.contains("tanda terima"));
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
async fn a_returned_report_is_followed_by_a_new_one_and_both_stay() {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    let report = scene.filed(&pic, &letter).await;
    let verifier = scene.app.staff(Role::Verifier).await;
    assert!(
        verifier
            .page("/laporan-masuk")
            .await
            .contains("1 laporan menunggu tinjauan")
    );
    let bare = verifier.post(&report, &[("putusan", "returned")]).await;
    assert_eq!(bare.status(), 422);
    assert!(
        bare.text()
            .await
            .unwrap()
            .contains("Isi yang perlu dilengkapi.")
    );
    let returned = [
        ("putusan", "returned"),
        ("alasan", "Lampirkan rekapitulasi."),
    ];
    assert_eq!(verifier.post(&report, &returned).await.status(), 303);
    assert_eq!(verifier.post(&report, &returned).await.status(), 409);
    let page = pic.page(&letter).await;
    assert!(page.contains("Laporan perlu dilengkapi"));
    assert!(page.contains("Lampirkan rekapitulasi."));
    scene.app.at("2026-11-20T02:10:00Z");
    let second = scene.filed(&pic, &letter).await;
    assert_ne!(second, report);
    assert_eq!(
        verifier
            .post(&second, &[("putusan", "accepted")])
            .await
            .status(),
        303
    );
    let page = pic.page(&letter).await;
    assert!(page.contains("Laporan diterima BKN") && page.contains("Laporan terdahulu"));
    let done = hidden(&scene.admin.page(&scene.letters()).await, "kunci");
    let late = pic
        .upload(&letter, "laporan.pdf", PDF.to_vec(), &[("kunci", &done)])
        .await;
    assert_eq!(late.status(), 409);
    let mails = scene.app.outbox();
    let decided = mails.iter().filter(|mail| mail.kind == "reports.decided");
    assert!(
        decided
            .clone()
            .all(|mail| mail.recipient == scene.pic.email)
    );
    assert_eq!(decided.count(), 2);
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

#[actix_web::test]
async fn letters_and_reports_of_another_institution_are_not_found() {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let pic = scene.app.sign_in(&scene.pic).await;
    let report = scene.filed(&pic, &letter).await;
    let own = format!("{letter}/berkas/{}", report.rsplit('/').next().unwrap());
    let stranger = scene.app.pic(&scene.app.partner("Instansi Lain")).await;
    assert!(
        stranger
            .page("/laporan")
            .await
            .contains("Belum ada laporan yang diminta")
    );
    assert_eq!(stranger.get(&letter).await.status(), 404);
    assert_eq!(stranger.get(&own).await.status(), 404);
    let key = padan::platform::web::OneTimeKey::generate();
    let upload = stranger
        .upload(&letter, "laporan.pdf", PDF.to_vec(), &[("kunci", &key)])
        .await;
    assert_eq!(upload.status(), 404);
    assert_eq!(stranger.get(&report).await.status(), 403);
    let elsewhere = scene.app.agreement(&scene.partner, "2019-10-22");
    let id = report.rsplit('/').next().unwrap();
    let verifier = scene.app.staff(Role::Verifier).await;
    let mixed = format!("/perjanjian/{elsewhere}/laporan/{id}");
    assert_eq!(verifier.get(&mixed).await.status(), 404);
    assert_eq!(
        verifier
            .post(&mixed, &[("putusan", "accepted")])
            .await
            .status(),
        404
    );
}

#[actix_web::test]
async fn observers_read_and_only_verifiers_decide() {
    let scene = Scene::begin().await;
    let letter = scene.asked().await;
    let observer = scene.app.account(&scene.partner, Role::Observer);
    let observer = scene.app.sign_in(&observer).await;
    assert!(
        !observer
            .page(&letter)
            .await
            .contains("Sampaikan laporan</button>")
    );
    let upload = observer
        .upload(&letter, "laporan.pdf", PDF.to_vec(), &[])
        .await;
    assert_eq!(upload.status(), 403);
    let pic = scene.app.sign_in(&scene.pic).await;
    let report = scene.filed(&pic, &letter).await;
    assert!(!scene.admin.page(&report).await.contains("Simpan putusan"));
    let accepted = [("putusan", "accepted")];
    assert_eq!(scene.admin.post(&report, &accepted).await.status(), 403);
    assert_eq!(pic.post(&report, &accepted).await.status(), 403);
}
