//! The first pages of both sides, through HTTP.

use padan::accounts::{Account, Role};
use padan::agreements::Agreement;
use padan::institutions::Institution;
use padan::submissions::Decision;

use crate::support::TestApp;
use crate::support::duties::form_key;

const NOW: &str = "2026-11-20T02:00:00Z";

fn partner(app: &TestApp, name: &str) -> (Institution, Agreement, Account) {
    let partner = app.partner(name);
    let agreement = app.agreement("lan-2025", &partner, "2025-05-07");
    let pic = app.account(&partner, Role::Pic);
    (partner, agreement, pic)
}

/// Where each of some texts begins, in the order they must have.
fn assert_in_order(page: &str, texts: &[&str]) {
    let places: Vec<_> = texts
        .iter()
        .map(|text| page.find(text).unwrap_or_else(|| panic!("missing: {text}")))
        .collect();
    assert!(places.is_sorted(), "{texts:?} stand at {places:?}");
}

async fn suspend(app: &TestApp, agreement: &Agreement) {
    let admin = app.staff(Role::Admin).await;
    let key = form_key();
    let fields = [("nota", "1/ND"), ("setuju", "ya"), ("kunci", key.as_str())];
    let path = format!("/perjanjian/{}/penghentian", agreement.id);
    assert_eq!(admin.post(&path, &fields).await.status(), 303);
}

#[actix_web::test]
async fn a_pic_sees_what_is_due_by_when_and_where_to_do_it() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app, "Lembaga Contoh");
    let delivery = app.delivery(&agreement, "2026-06-04");
    let letter = app.letter(&agreement, "2026-10-12");
    let page = app.sign_in(&pic).await.page("/beranda").await;
    assert!(page.contains("<h1>Dua kewajiban masih terbuka</h1>"));
    assert_in_order(
        &page,
        &[
            "paling lambat <strong class=\"tidak-patah\">Jumat, 4 Desember 2026",
            "Akses data: aktif",
            "Kapan akses dapat dihentikan sementara?",
            "Tenggat 6 minggu ke depan",
            &format!("/pengiriman/baru?penyerahan={}", delivery.id),
            "Kirim data balikan: Profil PNS",
            "14 hari lagi",
            &format!("/laporan/{}", letter.id),
            "Sampaikan laporan atas surat UJI/001/SPL",
            "Jatuh pada hari Sabtu; sebaiknya kirim paling lambat Jumat, 11 Desember 2026.",
            "22 hari lagi",
            "pdpik@bkn.example",
        ],
    );
}

#[actix_web::test]
async fn what_was_sent_waits_and_what_was_accepted_is_done() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app, "Lembaga Contoh");
    let sent = app.delivery(&agreement, "2026-06-04");
    let accepted = app.delivery(&agreement, "2026-06-10");
    app.feedback(&sent, &pic, "2026-11-18", None);
    app.feedback(&accepted, &pic, "2026-11-19", Some(Decision::TakenOver));
    let page = app.sign_in(&pic).await.page("/beranda").await;
    assert!(page.contains("<h1>Tidak ada kewajiban yang terbuka</h1>"));
    assert_in_order(
        &page,
        &[
            "Tidak ada yang menunggu Anda.",
            "PD-2026-0001, dikirim 18 November 2026",
            "Menunggu BKN</span>",
            "Sudah selesai tahun 2026",
            "PD-2026-0002, dikirim 19 November 2026",
            "Diterima BKN</span>",
            "Pengiriman data terakhir",
            "Riwayat kursus",
        ],
    );
}

#[actix_web::test]
async fn what_bkn_returned_is_gone_on_with_from_home() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app, "Lembaga Contoh");
    let delivery = app.delivery(&agreement, "2026-06-04");
    let returned = app.feedback(&delivery, &pic, "2026-11-18", Some(Decision::Returned));
    let page = app.sign_in(&pic).await.page("/beranda").await;
    assert_in_order(
        &page,
        &[
            &format!(
                "<a href=\"/pengiriman/{}\">Kirim data balikan: Profil PNS",
                returned.id
            ),
            "Dikembalikan BKN; perbaiki dan kirim lagi.",
        ],
    );
    assert!(!page.contains("/pengiriman/baru?penyerahan="));
}

#[actix_web::test]
async fn letters_stand_by_the_due_date_of_their_report() {
    let app = TestApp::start(NOW).await;
    let (partner, agreement, pic) = partner(&app, "Lembaga Contoh");
    let silent = app.agreement("bps-2023", &partner, "2023-12-04");
    app.letter(&agreement, "2026-10-12");
    app.letter(&agreement, "2026-09-01");
    app.letter(&silent, "2026-11-01");
    let page = app.sign_in(&pic).await.page("/laporan").await;
    assert_in_order(
        &page,
        &[
            "<h1>3 laporan perlu disampaikan</h1>",
            "Surat dikirim 1 September 2026; tenggat 2 bulan",
            "1 November 2026<br><b>lewat 19 hari</b>",
            "12 Desember 2026<br><span class=\"ket\">22 hari lagi</span>",
            "Tidak diatur dalam PKS",
        ],
    );
}

#[actix_web::test]
async fn a_suspended_partner_sees_why_and_what_opens_the_way_back() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, pic) = partner(&app, "Lembaga Contoh");
    let delivery = app.delivery(&agreement, "2026-04-28");
    suspend(&app, &agreement).await;
    let actor = app.sign_in(&pic).await;
    let page = actor.page("/beranda").await;
    assert!(page.contains("<h1>Akses data dihentikan sementara sejak 20 November 2026</h1>"));
    assert_in_order(
        &page,
        &[
            "Data balikan atas Profil PNS belum diterima; tenggatnya 28 Oktober 2026.",
            "Pasal 4 ayat (1) huruf b angka 1) PKS Nomor",
            "Syarat pemulihan",
            &format!(
                "/pengiriman/baru?penyerahan={}\">Data dan referensi balikan",
                delivery.id
            ),
            "Laporan hasil pertukaran dan pemanfaatan data",
            "Tidak diminta, jadi tidak menghalangi pemulihan.",
            "Portal tetap dapat digunakan untuk memenuhi kewajiban.",
        ],
    );

    app.feedback(&delivery, &pic, "2026-11-20", None);
    let page = actor.page("/beranda").await;
    assert!(page.contains("Kedua syarat terpenuhi. Menunggu keputusan BKN."));
    let staff = app.staff(Role::Auditor).await.page("/ikhtisar").await;
    assert!(staff.contains("Satu instansi siap dipulihkan aksesnya."));
    assert!(staff.contains(&format!("/perjanjian/{}/pemulihan", agreement.id)));
}

#[actix_web::test]
async fn a_pic_sees_nothing_of_another_institution() {
    let app = TestApp::start(NOW).await;
    let (_, agreement, _) = partner(&app, "Instansi Lain");
    let delivery = app.delivery(&agreement, "2026-04-28");
    let (_, own, pic) = partner(&app, "Instansi Sendiri");
    let page = app.sign_in(&pic).await.page("/beranda").await;
    assert!(page.contains("Instansi Sendiri") && page.contains(&own.bkn_number));
    assert!(!page.contains("Instansi Lain") && !page.contains(&agreement.bkn_number));
    assert!(!page.contains(&delivery.id.to_string()));
    assert!(page.contains("Tidak ada kewajiban yang terbuka"));
}

#[actix_web::test]
async fn an_observer_reads_and_is_offered_nothing_to_send() {
    let app = TestApp::start(NOW).await;
    let (partner, agreement, _) = partner(&app, "Lembaga Contoh");
    app.delivery(&agreement, "2026-06-04");
    let observer = app.account(&partner, Role::Observer);
    let page = app.sign_in(&observer).await.page("/beranda").await;
    assert!(page.contains("Kirim data balikan: Profil PNS"));
    assert!(!page.contains("/pengiriman/baru"));
}

#[actix_web::test]
async fn an_institution_without_an_agreement_is_told_what_comes_next() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("Instansi Baru");
    let page = app.pic(&partner).await.page("/beranda").await;
    assert!(page.contains("Belum ada PKS yang direkam untuk instansi Anda"));
    assert!(page.contains("setelah BKN merekam PKS"));
    assert!(!page.contains("<svg class=\"bentang\""));
}

#[actix_web::test]
async fn the_overview_puts_decisions_first_and_invents_no_obligation() {
    let app = TestApp::start(NOW).await;
    let (_, late, _) = partner(&app, "Badan Sandang Contoh");
    app.delivery(&late, "2026-04-28");
    let ending = app.partner("Badan Statistik Contoh");
    app.agreement("bps-2023", &ending, "2023-12-04");
    let page = app.staff(Role::Admin).await.page("/ikhtisar").await;
    assert!(page.contains("<h1>Satu instansi melewati tenggat</h1>"));
    assert!(page.contains("Satu PKS berada dalam masa pemberitahuan."));
    assert_in_order(
        &page,
        &[
            "Lewat 23 hari",
            &format!("/perjanjian/{}/penghentian", late.id),
            "Berakhir 4 Desember 2026",
            "Batas pemberitahuan perpanjangan (1 bulan sebelum PKS berakhir, Pasal 6 ayat (2)) jatuh pada 4 November 2026.",
            "PKS berlaku</dt><dd>2<small>1 berakhir dalam 90 hari",
            "<table class=\"matriks",
            "Badan Sandang Contoh</a>",
            "28 Okt 2026",
            "Badan Statistik Contoh</a>",
            "Tidak diatur dalam PKS",
            "<b>14 hari</b>",
            "Tenggat delapan minggu ke depan",
        ],
    );
}

#[actix_web::test]
async fn the_overview_is_filtered_sorted_and_paged_in_the_address() {
    let app = TestApp::start(NOW).await;
    for number in 1..=27 {
        app.partner(&format!("Instansi {number:02}"));
    }
    let (_, late, _) = partner(&app, "Zona Terlambat");
    app.delivery(&late, "2026-04-28");
    let staff = app.staff(Role::Verifier).await;
    let rows = |page: &str| page.matches("<th scope=\"row\"><a").count();

    let first = staff.page("/ikhtisar").await;
    assert_eq!(rows(&first), 25);
    assert_in_order(&first, &["<table", "Zona Terlambat</a>", "Instansi 01</a>"]);
    let second = staff.page("/ikhtisar?hal=2").await;
    assert_eq!(rows(&second), 3);
    let by_name = staff.page("/ikhtisar?urut=nama&hal=2").await;
    assert!(by_name.contains("Zona Terlambat</a>"));
    let found = staff.page("/ikhtisar?cari=instansi+07").await;
    assert_eq!(rows(&found), 1);
    assert!(found.contains("value=\"instansi 07\""));
    let late = staff.page("/ikhtisar?keadaan=lewat").await;
    assert_eq!(rows(&late), 1);
    let none = staff.page("/ikhtisar?keadaan=dihentikan").await;
    assert!(none.contains("Tidak ada instansi yang cocok dengan saringan ini."));
    let odd = staff.page("/ikhtisar?keadaan=apa&urut=saja&hal=xyz").await;
    assert_eq!(rows(&odd), 25);
}

#[actix_web::test]
async fn the_overview_as_a_file_holds_what_the_filter_leaves_and_no_formula() {
    let app = TestApp::start(NOW).await;
    let (_, late, _) = partner(&app, "=HYPERLINK(1)");
    app.delivery(&late, "2026-04-28");
    app.partner("Instansi Tenang");
    let staff = app.staff(Role::Auditor).await;
    let answer = staff.get("/ikhtisar.csv?keadaan=lewat").await;
    assert_eq!(answer.status(), 200);
    let disposition = answer.headers()["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\"ikhtisar-2026-11-20.csv\""));
    let text = answer.text().await.unwrap();
    let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "Instansi,Nama singkat,Nomor PKS,Data balikan,Laporan,PKS berakhir,Akses"
    );
    assert!(lines[1].starts_with("'=HYPERLINK(1)"));
    assert!(lines[1].contains("\"Lewat 23 hari, 28 Okt 2026\""));
    assert_eq!(lines.len(), 2);
}

#[actix_web::test]
async fn an_empty_portal_says_what_to_do_first() {
    let app = TestApp::start(NOW).await;
    let page = app.staff(Role::Admin).await.page("/ikhtisar").await;
    assert!(page.contains("Belum ada instansi mitra"));
    assert!(page.contains("/instansi/baru"));
    let page = app.staff(Role::Auditor).await.page("/ikhtisar").await;
    assert!(!page.contains("/instansi/baru"));
}

#[actix_web::test]
async fn each_side_has_its_own_first_page() {
    let app = TestApp::start(NOW).await;
    let (_, _, pic) = partner(&app, "Lembaga Contoh");
    let pic = app.sign_in(&pic).await;
    let staff = app.staff(Role::Admin).await;
    for page in ["/ikhtisar", "/ikhtisar.csv"] {
        assert_eq!(pic.get(page).await.status(), 403);
    }
    assert_eq!(staff.get("/beranda").await.status(), 403);
}

/// Twelve deliveries and six letters a partner, answered but for the last.
fn three_years(app: &TestApp, number: usize) {
    let (_, agreement, pic) = partner(app, &format!("Instansi Ukur {number:03}"));
    for month in 0..12 {
        let received = format!("202{}-{:02}-15", 4 + month / 4, 1 + month % 4 * 3);
        let delivery = app.delivery(&agreement, &received);
        if month < 11 {
            app.feedback(&delivery, &pic, &received, Some(Decision::TakenOver));
        }
    }
    for half in 0..6 {
        let sent = format!("202{}-{:02}-10", 4 + half / 2, 1 + half % 2 * 6);
        let letter = app.letter(&agreement, &sent);
        app.report(&letter, &pic, &sent, None);
    }
}

#[actix_web::test]
#[ignore = "a measurement: cargo test --release --test suite -- --ignored --nocapture overview"]
async fn the_overview_of_640_partners_over_three_years_is_fast() {
    let app = TestApp::start(NOW).await;
    for number in 0..640 {
        three_years(&app, number);
    }
    let staff = app.staff(Role::Auditor).await;
    let mut times = Vec::new();
    for _ in 0..60 {
        let begun = std::time::Instant::now();
        staff.page("/ikhtisar").await;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    println!("p50 {:?}, p95 {:?}", times[30], times[57]);
    assert!(times[57] < std::time::Duration::from_millis(100));
}
