//! Plans of periodic deliveries: entered, rested, ended.

use super::Scene;
use crate::support::location;
use crate::support::plans::{enter, form, planned, typed};
use padan::accounts::Role;
use padan::agreements::Population;

impl Scene {
    /// As `begin`; the Annex grants retirements as well.
    pub async fn retiring() -> Self {
        let scene = Self::begin().await;
        let all = [
            "id_pns",
            "nip",
            "nama",
            "nomor_pertek_pensiun",
            "tanggal_pertek_pensiun",
            "nomor_sk_pensiun",
            "tanggal_sk_pensiun",
            "tmt_pensiun",
        ];
        let home = crate::support::publications::home_staff();
        scene.app.give(&scene.agreement, "pensiun", &all, home);
        scene
    }
}

#[actix_web::test]
async fn a_plan_begins_with_what_the_annex_says_and_shows_its_next_days_to_both() {
    let scene = Scene::retiring().await;
    let page = scene.admin.page(&form(&scene.agreement)).await;
    assert!(page.contains("Lampiran angka I · setiap bulan"));
    assert!(page.contains("data=pensiun&#38;bulan=1&#38;tanggal=1&#38;cakupan=months_ahead"));
    let plan = planned(&scene.admin, &scene.agreement, &[]).await;
    let page = scene.admin.page(&plan).await;
    assert!(page.contains("Pensiun diserahkan lagi 25 November 2026"));
    assert!(page.contains("1 Desember 2026 sampai 31 Desember 2026"));
    assert!(page.contains("25 Desember 2026"));
    assert!(page.contains("TMT pensiun pada bulan berikutnya, setiap bulan, tanggal 25."));
    let all = scene.admin.page("/penyerahan-data/jadwal").await;
    assert!(all.contains("1 jadwal penyerahan berlaku") && all.contains(&plan));
    let mine = scene.pic.page("/data-bkn").await;
    assert!(mine.contains("berikutnya 25 November 2026"));
    let stranger = scene.app.pic(&scene.app.partner("Badan Tetangga")).await;
    let theirs = stranger.page("/data-bkn").await;
    assert!(!theirs.contains("Penyerahan berkala"));
    assert_eq!(
        scene.app.audited("delivery_plan."),
        ["delivery_plan.entered"]
    );
}

#[actix_web::test]
async fn what_no_plan_can_be_is_said_beside_the_field() {
    let scene = Scene::retiring().await;
    let cases = [
        (
            ("data", "unit-kerja"),
            "Lampiran PKS ini tidak memberikan data tersebut.",
        ),
        (("data", ""), "Isi data yang diserahkan."),
        (("bulan", "13"), "Tulis bilangan bulat 1 sampai 12."),
        (("bulan", ""), "Isi jarak antarpenyerahan."),
        (("tanggal", "32"), "Tulis bilangan bulat 1 sampai 31."),
        (("cakupan", ""), "Pilih cakupan masa."),
        (
            ("cakupan", "semua"),
            "Pilih salah satu pilihan yang tersedia.",
        ),
        (("pasal", " "), "Isi dasar penyerahan."),
        (("mulai", "2026-11-19"), "Pilih hari ini atau sesudahnya."),
        (
            ("mulai", "2028-05-01"),
            "PKS berakhir sebelum penyerahan pertama jatuh.",
        ),
        (("data", "profil-pns"), "Data ini tidak bertanggal"),
    ];
    for (changed, sentence) in cases {
        let fields = typed(&scene.admin, &scene.agreement, &[changed]).await;
        let answer = enter(&scene.admin, &scene.agreement, &fields).await;
        assert_eq!(answer.status(), 422, "{changed:?}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence), "{changed:?}: {sentence}");
        assert!(page.contains("Kesalahan: "), "{changed:?}");
    }
    assert!(scene.app.audited("delivery_plan.").is_empty());
    let verifier = scene.app.staff(Role::Verifier).await;
    let form = form(&scene.agreement);
    assert_eq!(verifier.get(&form).await.status(), 403);
}

#[actix_web::test]
async fn a_form_posted_twice_is_one_plan_and_a_second_plan_for_the_same_data_none() {
    let scene = Scene::retiring().await;
    let fields = typed(&scene.admin, &scene.agreement, &[]).await;
    let first = enter(&scene.admin, &scene.agreement, &fields).await;
    let again = enter(&scene.admin, &scene.agreement, &fields).await;
    assert_eq!(location(&first), location(&again));
    let other = typed(&scene.admin, &scene.agreement, &[("bulan", "3")]).await;
    let other = enter(&scene.admin, &scene.agreement, &other).await;
    assert_eq!(other.status(), 422);
    assert!(
        other
            .text()
            .await
            .unwrap()
            .contains("sudah mempunyai jadwal")
    );

    let ended = [("tindakan", "ended"), ("alasan", "Irama berubah.")];
    assert_eq!(
        scene.admin.post(&location(&first), &ended).await.status(),
        303
    );
    planned(&scene.admin, &scene.agreement, &[("bulan", "3")]).await;
}

#[actix_web::test]
async fn a_plan_rests_and_goes_on_with_a_reason_and_its_history_stays() {
    let scene = Scene::retiring().await;
    let plan = planned(&scene.admin, &scene.agreement, &[]).await;
    let silent = [("tindakan", "paused"), ("alasan", "")];
    assert_eq!(scene.admin.post(&plan, &silent).await.status(), 422);
    let pause = [("tindakan", "paused"), ("alasan", "Register dimuat ulang.")];
    let resume = [("tindakan", "resumed"), ("alasan", "Register lengkap.")];
    assert_eq!(scene.admin.post(&plan, &resume).await.status(), 409);
    assert_eq!(scene.admin.post(&plan, &pause).await.status(), 303);
    assert_eq!(scene.admin.post(&plan, &pause).await.status(), 409);
    assert!(scene.pic.page("/data-bkn").await.contains("dijeda BKN"));
    let verifier = scene.app.staff(Role::Verifier).await;
    assert_eq!(verifier.get(&plan).await.status(), 200);
    assert_eq!(verifier.post(&plan, &resume).await.status(), 403);
    assert_eq!(scene.admin.post(&plan, &resume).await.status(), 303);
    let end = [("tindakan", "ended"), ("alasan", "Diganti layanan web.")];
    assert_eq!(scene.admin.post(&plan, &end).await.status(), 303);
    assert_eq!(scene.admin.post(&plan, &pause).await.status(), 409);
    let page = scene.admin.page(&plan).await;
    for said in [
        "Register dimuat ulang.",
        "Register lengkap.",
        "Diganti layanan web.",
    ] {
        assert!(page.contains(said), "{said}");
    }
    scene.app.at("2026-11-25T02:00:00Z");
    scene.app.work().await;
    assert!(scene.app.periods().is_empty(), "it was ended");
    assert_eq!(scene.app.audited("delivery_plan.").len(), 4);
}

#[actix_web::test]
async fn bkn_lists_what_it_published_by_institution_data_and_state() {
    let scene = Scene::begin().await;
    let empty = scene.admin.page("/penyerahan-data").await;
    assert!(empty.contains("Belum ada data yang diserahkan lewat portal"));
    scene.published().await;
    let other = scene.app.partner("Badan Lain Contoh");
    let agreement = scene.app.agreement("lan-2025", &other, "2025-05-07");
    let codes = ["kode", "nama"];
    scene.app.give(
        &agreement,
        "kode-referensi-asn",
        &codes,
        Population::default(),
    );
    let all = scene.admin.page("/penyerahan-data").await;
    assert!(all.contains("1 penyerahan belum diterima instansi") && all.contains("PYD-2026-0001"));
    let own = format!("instansi={}", scene.partner.id);
    let theirs = format!("instansi={}", other.id);
    let cases = [
        (own.as_str(), true),
        (&theirs, false),
        ("data=profil-pns", true),
        ("data=pensiun", false),
        ("keadaan=tersedia", true),
        ("keadaan=diterima", false),
        ("hal=99", true),
    ];
    for (asked, is_there) in cases {
        let page = scene.admin.page(&format!("/penyerahan-data?{asked}")).await;
        assert_eq!(page.contains("PYD-2026-0001"), is_there, "{asked}");
    }
    assert_eq!(scene.pic.get("/penyerahan-data").await.status(), 403);
}
