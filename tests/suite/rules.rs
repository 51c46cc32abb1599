//! Stages and versions of rules: who decides on them, and what a check does.

use crate::support::submissions::{csv, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::datasets;
use padan::platform::db::schema::{grants, rule_decisions};
use padan::rehearsals;
use std::collections::{BTreeMap, BTreeSet};

const NOW: &str = "2026-11-20T02:00:00Z";
const RULE: &str = "/aturan/riwayat-kursus/tahap/year-of-date";

/// A course whose year is not that of its date.
fn other_year(n: usize) -> String {
    good_row(n).replace(",2026-03-17,2026,", ",2026-03-17,2025,")
}

async fn decide(admin: &Actor, stage: &str, from: &str) -> reqwest::Response {
    let form = [
        ("tahap", stage),
        ("sejak", from),
        ("alasan", "Tahun pada sertifikat lama sering keliru."),
        ("kunci", &form_key()),
    ];
    admin.post(RULE, &form).await
}

#[actix_web::test]
async fn a_check_takes_the_stages_of_its_day_and_names_their_version() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let file = || csv([good_row(1), other_year(2)]);
    let first = app.checked(&pic, &agreement, file()).await;
    let page = pic.page(&first).await;
    assert!(page.contains("1 baris perlu diperbaiki"), "{page}");
    assert!(page.contains("aturan versi 1</a>"), "{page}");

    assert_eq!(decide(&admin, "warning", "2026-11-20").await.status(), 303);
    let second = app
        .checked(&pic, &agreement, csv([good_row(3), other_year(4)]))
        .await;
    let page = pic.page(&second).await;
    assert!(page.contains("aturan versi 2</a>"), "{page}");
    assert!(page.contains("Peringatan</span> Tahun berbeda dengan tanggal"));

    assert_eq!(
        decide(&admin, "rehearsal", "2026-11-20").await.status(),
        303
    );
    let third = app
        .checked(&pic, &agreement, csv([good_row(5), other_year(6)]))
        .await;
    let page = pic.page(&third).await;
    assert!(!page.contains("Tahun berbeda"), "{page}");
    let findings = pic.page(&format!("{second}/temuan.csv")).await;
    assert!(findings.trim_end().ends_with(";2"), "{findings}");

    let explained = pic.page(&format!("{first}/aturan")).await;
    assert!(explained.contains("aturan versi 1"), "{explained}");
    assert!(!explained.contains("Tahun pada sertifikat lama"));
    let explained = pic.page(&format!("{second}/aturan")).await;
    assert!(explained.contains("Tahun pada sertifikat lama sering keliru."));
    let kept = admin.page("/aturan/riwayat-kursus/versi/1").await;
    assert!(kept.contains("Deklarasi set data pada versi ini"));
    let all = admin.page("/aturan/riwayat-kursus").await;
    assert!(all.contains("/aturan/riwayat-kursus/versi/3"), "{all}");
}

#[actix_web::test]
async fn a_rule_blocks_from_its_day_and_the_senders_are_told() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let stranger = app.partner("Badan Tanpa Data Ini");
    app.account(&stranger, Role::Pic);
    assert_eq!(decide(&admin, "warning", "2026-11-20").await.status(), 303);
    assert!(app.posted().is_empty());
    assert_eq!(decide(&admin, "blocking", "2026-12-01").await.status(), 303);
    let told = app.posted();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, "rules.blocking");
    let page = admin.page("/aturan/riwayat-kursus").await;
    assert!(page.contains("Menghalangi sejak 1 Desember 2026"), "{page}");
    let page = admin.page("/aturan").await;
    assert!(page.contains("1 Desember 2026"), "{page}");

    let before = app.checked(&pic, &agreement, csv([other_year(1)])).await;
    assert!(
        pic.page(&before)
            .await
            .contains("Peringatan</span> Tahun berbeda")
    );
    app.at("2026-12-01T02:00:00Z");
    let pic = app.pic(&partner).await;
    let after = app.checked(&pic, &agreement, csv([other_year(2)])).await;
    assert!(
        pic.page(&after)
            .await
            .contains("Kesalahan</span> Tahun berbeda")
    );
}

#[actix_web::test]
async fn a_decision_needs_a_reason_a_day_to_come_and_another_stage() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let unchanged = decide(&admin, "blocking", "2026-11-20").await;
    assert_eq!(unchanged.status(), 422);
    assert!(
        unchanged
            .text()
            .await
            .unwrap()
            .contains("sudah berada pada tahap")
    );
    let past = decide(&admin, "warning", "2026-11-19").await;
    assert_eq!(past.status(), 422);
    assert!(past.text().await.unwrap().contains("tidak berlaku surut"));
    let key = form_key();
    let silent = [
        ("tahap", "warning"),
        ("sejak", "2026-11-20"),
        ("kunci", &key),
    ];
    let silent = admin.post(RULE, &silent).await;
    assert_eq!(silent.status(), 422);
    let nowhere = admin.get("/aturan/riwayat-kursus/tahap/tak-ada").await;
    assert_eq!(nowhere.status(), 404);
    for role in [Role::Verifier, Role::Auditor] {
        let other = app.staff(role).await;
        assert_eq!(other.get(RULE).await.status(), 200);
        assert_eq!(decide(&other, "warning", "2026-11-20").await.status(), 403);
    }
    let partner = app.partner("Instansi Contoh");
    assert_eq!(app.pic(&partner).await.get(RULE).await.status(), 403);
    assert_eq!(decisions(&app), 0);
}

#[actix_web::test]
async fn a_form_that_is_posted_twice_decides_once() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let key = form_key();
    let form = [
        ("tahap", "warning"),
        ("sejak", "2026-11-25"),
        ("alasan", "Menunggu pembetulan data lama."),
        ("kunci", &key),
    ];
    for _ in 0..2 {
        let answer = admin.post(RULE, &form).await;
        assert_eq!(location(&answer), RULE);
    }
    assert_eq!(decisions(&app), 1);
    assert_eq!(app.audited("rules.stage_decided").len(), 1);
    let page = admin.page(RULE).await;
    assert!(page.contains("belum berlaku"), "{page}");
}

#[actix_web::test]
async fn a_partner_reads_no_rule_about_a_field_that_is_not_granted() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let fields = r#"["id_pns","nip","instansi_id","nama_kursus","jumlah_jam","tanggal_kursus","institusi_penyelenggara","nomor_sertifikat"]"#;
    diesel::update(grants::table.filter(grants::agreement_id.eq(agreement.id)))
        .set(grants::fields.eq(fields))
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();
    let pic = app.pic(&partner).await;
    let version = app.checked(&pic, &agreement, csv([good_row(1)])).await;
    let rules = pic.page(&format!("{version}/aturan")).await;
    assert!(!rules.contains("Tahun kursus"), "{rules}");
    assert!(rules.contains("ID instansi"), "{rules}");
}

#[actix_web::test]
async fn a_file_is_checked_again_under_the_rules_of_today_and_the_old_result_stays() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let first = app
        .checked(&pic, &agreement, csv([good_row(1), other_year(2)]))
        .await;
    let page = pic.page(&first).await;
    assert!(!page.contains("Aturan pemeriksaan sudah berubah"), "{page}");
    assert_eq!(decide(&admin, "warning", "2026-11-20").await.status(), 303);
    let page = pic.page(&first).await;
    assert!(page.contains("Aturan pemeriksaan sudah berubah"), "{page}");

    let key = form_key();
    let again = pic
        .post(&format!("{first}/periksa-kembali"), &[("kunci", &key)])
        .await;
    let second = location(&again);
    let repeated = pic
        .post(&format!("{first}/periksa-kembali"), &[("kunci", &key)])
        .await;
    assert_eq!(location(&repeated), second);
    app.check_uploads().await;
    let page = pic.page(&second).await;
    assert!(page.contains("aturan versi 2</a>"), "{page}");
    assert!(page.contains("Pemeriksaan kembali atas berkas versi 1"));
    assert!(page.contains("1 dari 1 baris kini benar"), "{page}");
    let old = pic.page(&first).await;
    assert!(old.contains("aturan versi 1</a>") && old.contains("Kesalahan</span> Tahun berbeda"));
    assert!(!old.contains("Periksa kembali dengan aturan"), "{old}");
    assert_eq!(app.audited("submissions.checked_again").len(), 1);
}

#[actix_web::test]
async fn what_was_sent_what_is_not_checked_and_what_was_overtaken_is_not_checked_again() {
    let app = TestApp::start(NOW).await;
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let again = |place: String| format!("{place}/periksa-kembali");
    let sent = again(app.sent(&pic, &agreement, 1).await);
    let answer = pic.post(&sent, &[("kunci", &form_key())]).await;
    assert_eq!(answer.status(), 409);
    let open = app.checked(&pic, &agreement, csv([good_row(7)])).await;
    let open = again(open);
    let second = location(&pic.post(&open, &[("kunci", &form_key())]).await);
    let waiting = pic.post(&again(second), &[("kunci", &form_key())]).await;
    assert_eq!(waiting.status(), 409);
    app.check_uploads().await;
    let overtaken = pic.post(&open, &[("kunci", &form_key())]).await;
    assert_eq!(overtaken.status(), 409);
    let other = app.partner("Badan Tetangga");
    let stranger = app.pic(&other).await;
    let foreign = stranger.post(&open, &[("kunci", &form_key())]).await;
    assert_eq!(foreign.status(), 404);
}

const TRY: &str = "/aturan/riwayat-kursus/ujicoba/year-of-date";

#[actix_web::test]
async fn a_rehearsal_tells_how_many_rows_of_which_institutions_a_rule_would_hit() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    assert_eq!(
        decide(&admin, "rehearsal", "2026-11-20").await.status(),
        303
    );
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let rows = [good_row(1), other_year(2), good_row(3), other_year(4)];
    let sent = app.checked(&pic, &agreement, csv(rows)).await;
    let answer = pic
        .post(&format!("{sent}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(answer.status(), 303);
    let unsent = [
        other_year(5),
        other_year(6).replace("Pelatihan Contoh 6", ""),
    ];
    app.checked(&pic, &agreement, csv(unsent)).await;

    let form = [("sejak", "2026-01-01"), ("kunci", &form_key())];
    let result = location(&admin.post(TRY, &form).await);
    let page = admin.page(&result).await;
    assert!(page.contains("Ujicoba berjalan: 0 dari 2 berkas"), "{page}");
    assert!(rehearsals::run_next(&app.db, &app.clock).await.unwrap());
    assert!(!rehearsals::run_next(&app.db, &app.clock).await.unwrap());
    let page = admin.page(&result).await;
    assert!(page.contains("4 dari 6 baris akan terkena"), "{page}");
    assert!(page.contains("2 dari 2 berkas terkena. 3 baris"), "{page}");
    assert!(page.contains("3, 5"), "{page}");
    assert!(page.contains("belum dikirim ke BKN"), "{page}");
    let file = admin.page(&format!("{result}/unduh")).await;
    assert!(file.contains(";4;2;2;3 5"), "{file}");
    assert!(file.contains(";2;2;1;\n"), "{file}");
    assert!(admin.page(TRY).await.contains(&result));
    assert_eq!(app.audited("rules.rehearsal").len(), 2);
}

#[actix_web::test]
async fn a_rehearsal_needs_files_and_an_administrator() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let none = admin
        .post(TRY, &[("sejak", "2026-01-01"), ("kunci", &form_key())])
        .await;
    assert_eq!(none.status(), 422);
    assert!(none.text().await.unwrap().contains("Belum ada berkas"));
    let typo = admin
        .post(TRY, &[("sejak", "kemarin"), ("kunci", &form_key())])
        .await;
    assert_eq!(typo.status(), 422);
    let verifier = app.staff(Role::Verifier).await;
    assert_eq!(verifier.get(TRY).await.status(), 200);
    let refused = verifier.post(TRY, &[("sejak", "2026-01-01")]).await;
    assert_eq!(refused.status(), 403);
    let nowhere = format!("/ujicoba/{}", uuid::Uuid::now_v7());
    assert_eq!(admin.get(&nowhere).await.status(), 404);
}

#[actix_web::test]
async fn bkn_checks_again_what_it_has_and_sees_what_differs() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let verifier = app.staff(Role::Verifier).await;
    assert_eq!(decide(&admin, "warning", "2026-11-20").await.status(), 303);
    let partner = app.sender("Instansi Contoh");
    let agreement = app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let rows = [good_row(1), other_year(2), good_row(3)];
    let version = app.checked(&pic, &agreement, csv(rows)).await;
    let reasons = [
        ("pernyataan", "ya"),
        ("alasan.year-differs:tahun_kursus", "Sesuai sertifikat."),
    ];
    let answer = pic.post(&format!("{version}/kirim"), &reasons).await;
    let page = answer.status();
    assert_eq!(page, 303, "{}", answer.text().await.unwrap());
    let reviewed = version.replace("/pengiriman/", "/tinjauan/");
    let before = verifier.page(&reviewed).await;
    assert!(before.contains("Aturan versi 1</a>"), "{before}");

    let again = format!("{reviewed}/periksa-kembali");
    let same = location(&verifier.post(&again, &[("kunci", &form_key())]).await);
    let waits = verifier.page(&same).await;
    assert!(waits.contains("Pemeriksaan kembali berjalan"), "{waits}");
    assert!(rehearsals::run_next(&app.db, &app.clock).await.unwrap());
    let page = verifier.page(&same).await;
    assert!(page.contains("Hasilnya sama"), "{page}");

    assert_eq!(decide(&admin, "blocking", "2026-11-20").await.status(), 303);
    let other = location(&verifier.post(&again, &[("kunci", &form_key())]).await);
    assert!(rehearsals::run_next(&app.db, &app.clock).await.unwrap());
    let page = admin.page(&other).await;
    assert!(
        page.contains("1 dari 3 baris kini perlu diperbaiki, dahulu 0"),
        "{page}"
    );
    assert!(page.contains("Tahun berbeda dengan tanggal"), "{page}");
    let unchanged = verifier.page(&reviewed).await;
    assert!(unchanged.contains("Aturan versi 1</a>"), "{unchanged}");
    assert_eq!(pic.get(&other).await.status(), 403);
    assert_eq!(admin.post(&again, &[]).await.status(), 403);
    let open = app.checked(&pic, &agreement, csv([good_row(9)])).await;
    let open = open.replace("/pengiriman/", "/tinjauan/");
    let hidden = verifier.post(&format!("{open}/periksa-kembali"), &[]).await;
    assert_eq!(hidden.status(), 404);
}

/// How many indicators each dimension has.
const DIMENSIONS: [(&str, usize); 4] = [("COM", 7), ("TIM", 6), ("ACC", 10), ("CON", 4)];

#[test]
fn every_indicator_is_accounted_for() {
    let page = std::fs::read_to_string("docs/indicators.md").unwrap();
    let lines = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let is_one = cells.len() == 6 && cells[1].contains('_');
        is_one.then(|| (cells[1].to_owned(), cells[3].to_owned(), cells[4].len()))
    });
    let told: BTreeMap<String, (String, usize)> = lines
        .map(|(code, carried, why)| (code, (carried, why)))
        .collect();
    let codes: BTreeSet<String> = DIMENSIONS
        .iter()
        .flat_map(|(name, count)| (1..=*count).map(move |at| format!("{name}_{at}")))
        .collect();
    assert_eq!(codes.len(), 27);
    assert_eq!(told.keys().cloned().collect::<BTreeSet<_>>(), codes);
    let mut carried: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for dataset in datasets::all().unwrap() {
        for indicator in dataset
            .staged_rules()
            .iter()
            .filter_map(|rule| rule.indicator)
        {
            let by = carried.entry(indicator.to_string()).or_default();
            by.insert(&dataset.name);
        }
    }
    for (code, (named, why)) in told {
        let by: Vec<&str> = carried.remove(&code).into_iter().flatten().collect();
        let expected = if by.is_empty() {
            "–".to_owned()
        } else {
            by.join(", ")
        };
        assert_eq!(named, expected, "{code}");
        assert!(why > 5, "{code} has no explanation");
    }
    assert!(carried.is_empty(), "{carried:?}");
}

fn decisions(app: &TestApp) -> i64 {
    rule_decisions::table
        .count()
        .get_result(&mut *app.db.connection().unwrap())
        .unwrap()
}
