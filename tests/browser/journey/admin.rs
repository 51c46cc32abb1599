//! Admin BKN's part: institution, agreement, PIC, delivery, access.

use super::Exchange;
use crate::support::submissions::SENDER;

const CLAUSES: [(&str, &str); 3] = [
    ("data_only_feedback", "Pasal 4 ayat (1) huruf b angka 1)"),
    ("suspension", "Pasal 4 ayat (1) huruf b angka 1)"),
    ("restoration", "Pasal 3 ayat (1) huruf b angka 1)"),
];

pub async fn records_institution_and_agreement(exchange: &mut Exchange) {
    let browser = &exchange.browser;
    exchange.sign_in(&exchange.admin.nip).await;
    exchange.visit("/instansi").await;
    browser.press("Catat instansi").await;
    browser.fill("nama", "Badan Cipta Contoh").await;
    browser.fill("singkatan", "BCC").await;
    browser.fill("kode", SENDER).await;
    browser.press("Catat instansi").await;
    exchange.soundly_sees("Badan Cipta Contoh").await;
    let institution = browser.path().await;

    browser.press("Catat PKS").await;
    browser.see("Catat PKS Badan Cipta Contoh").await;
    browser.fill("nomor_instansi", "7/BCC/2026").await;
    browser.fill("nomor_bkn", "9/HM.04.01/2026").await;
    browser
        .fill("judul", "Pertukaran Data dan Informasi Kepegawaian")
        .await;
    browser.pick_date("ditandatangani", "2026-03-23").await;
    browser.fill("bulan", "36").await;
    browser.press("Catat PKS").await;
    exchange
        .soundly_sees("PKS berlaku sampai 23 Maret 2029")
        .await;
    let agreement = browser.path().await;
    exchange.institution = institution;
    exchange.agreement = agreement;
    for (kind, article) in CLAUSES {
        records_clause(exchange, kind, article).await;
    }
    records_correspondent_and_grant(exchange).await;
}

async fn records_clause(exchange: &Exchange, kind: &str, article: &str) {
    let browser = &exchange.browser;
    exchange.visit(&exchange.agreement).await;
    browser.press("Tambah klausul").await;
    browser.see("Klausul apa yang dicatat?").await;
    browser.choose("jenis", kind).await;
    browser.press("Lanjutkan").await;
    browser.fill("jumlah", "6").await;
    browser.choose("satuan", "months").await;
    browser.choose("sisi", "after").await;
    browser.choose("pemicu", "data_received").await;
    browser.fill("pasal", article).await;
    browser.fill("halaman", "4").await;
    browser
        .fill("ringkasan", "Data balikan, 6 bulan sejak menerima data.")
        .await;
    browser.press("Catat klausul").await;
    browser.see("PKS berlaku").await;
    assert!(browser.says(article).await);
}

async fn records_correspondent_and_grant(exchange: &Exchange) {
    let browser = &exchange.browser;
    browser.press("Tambah narahubung").await;
    browser.tick("pihak", "partner").await;
    browser.fill("jabatan", "Biro Kepegawaian").await;
    browser.fill("surel", "kepegawaian@bcc.example").await;
    browser.fill("pasal", "Pasal 8").await;
    browser.pick_date("sejak", "2026-03-23").await;
    browser.press("Catat narahubung").await;
    browser.see("PKS berlaku").await;
    assert!(browser.says("kepegawaian@bcc.example").await);

    browser.press("Tambah data").await;
    browser.tick("data", "riwayat-kursus").await;
    browser.press("Lanjutkan").await;
    browser.see("dalam Lampiran").await;
    browser.fill("pasal", "Lampiran API 1").await;
    browser.pick_date("sejak", "2026-03-23").await;
    browser.press("Catat data Lampiran").await;
    exchange.soundly_sees("PKS berlaku").await;
    assert!(browser.says("Lampiran API 1").await);
}

pub async fn nominates_the_pic(exchange: &Exchange) {
    let browser = &exchange.browser;
    exchange.visit(&exchange.institution).await;
    browser.press("Tunjuk PIC").await;
    browser.fill("nip", super::pic::NIP).await;
    browser.fill("nama", "Ratna Contoh").await;
    browser.fill("surel", "ratna@bcc.example").await;
    browser.tick("peran", "pic").await;
    browser.press("Buat akun dan kirim undangan").await;
    exchange.soundly_sees("Ratna Contoh").await;
    exchange.app.work().await;
    assert_eq!(exchange.mails_of("accounts.invitation"), 1);
}

pub async fn records_a_delivery(exchange: &Exchange) {
    let browser = &exchange.browser;
    exchange.sign_in(&exchange.admin.nip).await;
    exchange.visit(&exchange.agreement).await;
    browser.press("Penyerahan PKS ini").await;
    browser.see("Belum ada penyerahan data").await;
    browser.fill("uraian", "Data pegawai ASN tahap I").await;
    browser.pick_date("diterima", "2026-04-06").await;
    browser.fill("bukti", "Konfirmasi instansi 6 April").await;
    browser.press("Catat penyerahan").await;
    exchange.soundly_sees("1 penyerahan data tercatat").await;
}

pub async fn suspends_after_looking(exchange: &Exchange) {
    let browser = &exchange.browser;
    exchange.sign_in(&exchange.admin.nip).await;
    let before = exchange.app.posted().len();
    exchange
        .visit(&format!("{}/penghentian", exchange.agreement))
        .await;
    exchange.soundly_sees("Hentikan sementara akses").await;
    for shown in [
        "kepegawaian@bcc.example",
        "Pasal 4 ayat (1) huruf b angka 1)",
        "6 Oktober 2026",
    ] {
        assert!(browser.says(shown).await, "the preview lacks {shown}");
    }
    assert_eq!(exchange.app.posted().len(), before, "looking sends nothing");
    browser.fill("nota", "12/ND/2026").await;
    browser.tick("setuju", "ya").await;
    browser.press("Hentikan sementara akses").await;
    exchange.soundly_sees("dihentikan sementara").await;
    let told: Vec<_> = exchange.app.posted().split_off(before);
    assert!(
        told.iter().any(|(_, to)| to == "kepegawaian@bcc.example"),
        "{told:?}"
    );
    exchange.app.work().await;
}

pub async fn restores(exchange: &Exchange) {
    let browser = &exchange.browser;
    exchange.sign_in(&exchange.admin.nip).await;
    exchange
        .visit(&format!("{}/pemulihan", exchange.agreement))
        .await;
    exchange.soundly_sees("Pulihkan akses").await;
    browser
        .fill("alasan", "Data balikan sudah lengkap diterima.")
        .await;
    browser.fill("nota", "15/ND/2026").await;
    browser.tick("setuju", "ya").await;
    browser.press("Pulihkan akses").await;
    exchange.soundly_sees("Akses data aktif").await;
    exchange.app.work().await;
}
