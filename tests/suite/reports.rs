use crate::support::{Actor, TestApp, hidden, location};
use padan::accounts::{Account, Role};
use padan::agreements::{AgreementId, PartySide};
use padan::institutions::Institution;

const NOW: &str = "2026-11-20T02:00:00Z";
pub const PDF: &[u8] =
    b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// A partner with an agreement, its PIC, and an admin who asks for a report.
pub struct Scene {
    pub app: TestApp,
    pub partner: Institution,
    pub agreement: AgreementId,
    pub pic: Account,
    pub admin: Actor,
}

impl Scene {
    pub async fn begin() -> Self {
        let app = TestApp::start(NOW).await;
        let partner = app.partner("LAN");
        let agreement = app.signed_agreement(&partner, "2025-05-07");
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

    pub fn letters(&self) -> String {
        format!("/perjanjian/{}/surat-permintaan", self.agreement)
    }

    /// Asks for a report; gives the page on which the partner answers.
    pub async fn asked(&self) -> String {
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
            .posted_mails()
            .into_iter()
            .find(|mail| mail.kind == "reports.asked");
        let body = mail.unwrap().body;
        let (_, rest) = body.split_once("[[base]]/laporan/").unwrap();
        format!("/laporan/{}", rest.lines().next().unwrap())
    }

    /// Files a sound report; gives the address at which BKN reviews it.
    pub async fn filed(&self, pic: &Actor, letter: &str) -> String {
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
    let mails = scene.app.posted_mails();
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
    assert!(scene.app.posted_mails().is_empty());
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
    let elsewhere = scene.app.signed_agreement(&scene.partner, "2019-10-22");
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
    let mails = scene.app.posted_mails();
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
    let mails = scene.app.posted_mails();
    let decided = mails.iter().filter(|mail| mail.kind == "reports.decided");
    assert!(
        decided
            .clone()
            .all(|mail| mail.recipient == scene.pic.email)
    );
    assert_eq!(decided.count(), 2);
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
    let elsewhere = scene.app.signed_agreement(&scene.partner, "2019-10-22");
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
