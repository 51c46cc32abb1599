//! Stages and versions of rules: who decides on them, and what a check does.

mod again;

use crate::support::submissions::{csv, form_key, good_row};
use crate::support::{Actor, TestApp, location};
use diesel::prelude::*;
use padan::accounts::Role;
use padan::datasets;
use padan::platform::db::schema::{grants, rule_decisions};
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
async fn the_page_of_a_data_set_tells_the_stage_of_each_rule_and_what_comes_next() {
    const WORDS: &str = "Tahun kursus sama dengan tahun pada tanggal kursus.";
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let partner = app.sender("Instansi Contoh");
    app.sending_agreement(&partner);
    let pic = app.pic(&partner).await;
    let place = "/set-data/riwayat-kursus";
    let page = pic.page(place).await;
    assert!(
        page.contains(WORDS) && page.contains("Menghalangi</span>"),
        "{page}"
    );
    assert!(!page.contains("sejak 1 Desember 2026"));

    decide(&admin, "warning", "2026-11-20").await;
    decide(&admin, "blocking", "2026-12-01").await;
    let page = pic.page(place).await;
    assert!(page.contains("Peringatan</span>"), "{page}");
    assert!(page.contains("Menghalangi sejak 1 Desember 2026"), "{page}");

    decide(&admin, "rehearsal", "2026-11-20").await;
    let page = pic.page(place).await;
    assert!(!page.contains(WORDS), "left out of every check: {page}");
    let page = admin.page(place).await;
    assert!(
        page.contains(WORDS) && page.contains("/aturan/riwayat-kursus"),
        "{page}"
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
