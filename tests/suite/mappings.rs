//! Partners' own codes: proposed, decided, and recognised in checks.

use diesel::prelude::*;
use padan::accounts::Role;
use padan::platform::db::schema::institutions;

use crate::support::submissions::{SENDER, form_key};
use crate::support::{Actor, TestApp, location};

const NOW: &str = "2026-11-20T02:00:00Z";
/// PPUPD Ahli Muda and Ahli Madya in BKN's list.
const MUDA: &str = "FF80808135AD75000135BCF4E80B769C";
const MADYA: &str = "FF80808135AD75000135BCF3B83C75DC";
const PPUPD: &str = "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah";

/// Uploads and checks a file of a data set; the version's address.
async fn checked(app: &TestApp, pic: &Actor, place: &str, rows: &str) -> String {
    let key = form_key();
    let file = rows.as_bytes().to_vec();
    let answer = pic
        .upload(place, "kode.csv", file, &[("kunci", &key)])
        .await;
    assert_eq!(answer.status(), 303);
    app.check_uploads().await;
    location(&answer)
}

#[actix_web::test]
async fn codes_that_bkn_takes_over_come_with_proposals() {
    let app = TestApp::start(NOW).await;
    app.lists();
    let partner = app.sender("Inspektorat Contoh");
    let agreement = app.sending_agreement(&partner);
    app.grant_to_send(&agreement, "kode-referensi-jf-binaan");
    let (pic, verifier) = (app.pic(&partner).await, app.staff(Role::Verifier).await);
    let place = format!("/pengiriman/baru/{}/kode-referensi-jf-binaan", agreement.id);
    let rows = format!(
        "kode,nama,kelompok,jenjang,nomenklatur_lama,jabatan_fungsional_id,berlaku_sejak,berlaku_sampai\n\
         P-02,{PPUPD} Muda,,,,,,\nP-03,Pengawas Urusan Pemerintahan Daerah Ahli Madya,,,,,,\n\
         P-04,Sesuatu,,,,{MUDA},,\nP-05,Juru Masak Kapal Selam,,,,,,\n"
    );
    let version = checked(&app, &pic, &place, &rows).await;
    let sent = pic
        .post(&format!("{version}/kirim"), &[("pernyataan", "ya")])
        .await;
    assert_eq!(sent.status(), 303);
    assert!(
        verifier
            .page("/pemetaan-kode")
            .await
            .contains("Tidak ada kode yang menunggu")
    );
    let review = version.replace("/pengiriman/", "/tinjauan/");
    let taken = verifier.post(&format!("{review}/ambil-alih"), &[]).await;
    assert_eq!(taken.status(), 303);
    let list = verifier.page("/pemetaan-kode").await;
    assert!(list.contains("4 kode menunggu pemetaan"), "{list}");
    for (ground, code) in [
        ("nama", "P-02"),
        ("mirip", "P-03"),
        ("kode", "P-04"),
        ("tidak-ada", "P-05"),
    ] {
        let narrowed = verifier
            .page(&format!("/pemetaan-kode?usulan={ground}"))
            .await;
        assert!(narrowed.contains("1 kode menunggu pemetaan"), "{ground}");
        assert!(narrowed.contains(code), "{ground}");
    }
}

#[actix_web::test]
async fn many_proposals_are_confirmed_at_once_and_the_rest_is_left() {
    let app = TestApp::start(NOW).await;
    app.lists();
    let partner = app.partner("Inspektorat Contoh");
    let one = app.mapping(&partner, "P-02", &format!("{PPUPD} Muda"));
    let two = app.mapping(&partner, "P-03", &format!("{PPUPD} Madya"));
    let none = app.mapping(&partner, "P-05", "Juru Masak Kapal Selam");
    let verifier = app.staff(Role::Verifier).await;
    let all = verifier.page("/pemetaan-kode?pilih=semua").await;
    assert_eq!(all.matches("name=\"pilih\"").count(), 2);
    assert_eq!(all.matches("checked").count(), 2);
    let back = "/pemetaan-kode?keadaan=semua";
    let [one, two, none] = [one, two, none].map(|id| format!("{id}:0"));
    let chosen = [
        ("pilih", one.as_str()),
        ("pilih", &two),
        ("pilih", &none),
        ("kembali", back),
    ];
    let answer = verifier.post("/pemetaan-kode", &chosen).await;
    assert_eq!(location(&answer), back);
    let list = verifier.page(back).await;
    assert!(
        list.contains("2 usulan padanan dikonfirmasi. 1 kode tidak diubah"),
        "{list}"
    );
    assert_eq!(list.matches("Dipetakan</span>").count(), 2);
    assert_eq!(app.recorded("mappings.proposals_accepted").len(), 1);
    let elsewhere = [("kembali", "https://jahat.example/")];
    assert_eq!(
        location(&verifier.post("/pemetaan-kode", &elsewhere).await),
        "/pemetaan-kode"
    );
}

#[actix_web::test]
async fn one_code_is_decided_and_decided_again_and_both_stay_on_record() {
    let app = TestApp::start(NOW).await;
    app.lists();
    let partner = app.partner("Inspektorat Contoh");
    let place = format!(
        "/pemetaan-kode/{}",
        app.mapping(&partner, "P-02", &format!("{PPUPD} Muda"))
    );
    let verifier = app.staff(Role::Verifier).await;
    assert!(verifier.page(&place).await.contains(MUDA));
    let chosen = format!("kode:{MADYA}");
    let first = [
        ("putusan", chosen.as_str()),
        ("catatan", "Jenjang disetarakan."),
        ("dilihat", "0"),
    ];
    assert_eq!(verifier.post(&place, &first).await.status(), 303);
    assert_eq!(
        verifier.post(&place, &first).await.status(),
        409,
        "looked at before"
    );
    let none = [("putusan", "tanpa"), ("dilihat", "1")];
    assert_eq!(verifier.post(&place, &none).await.status(), 303);
    let page = verifier.page(&place).await;
    assert!(page.contains("tanpa padanan") && page.contains("Jenjang disetarakan."));
    assert_eq!(app.recorded("mappings.decided").len(), 2);
    for wrong in [
        &[("putusan", "kode"), ("kode", "TIDAK-ADA"), ("dilihat", "2")][..],
        &[("dilihat", "2")],
    ] {
        let answer = verifier.post(&place, wrong).await;
        assert_eq!(answer.status(), 422);
    }
    let typed = MUDA.to_lowercase();
    let own = [
        ("putusan", "kode"),
        ("kode", typed.as_str()),
        ("dilihat", "2"),
    ];
    assert_eq!(verifier.post(&place, &own).await.status(), 303);
    assert_eq!(app.recorded("mappings.decided").len(), 3);
}

#[actix_web::test]
async fn a_partner_reads_its_own_mappings_and_decides_nothing() {
    let app = TestApp::start(NOW).await;
    app.lists();
    let (own, other) = (
        app.partner("Inspektorat Contoh"),
        app.partner("Badan Tetangga"),
    );
    let mine = app.mapping(&own, "P-02", &format!("{PPUPD} Muda"));
    let theirs = app.mapping(&other, "B-77", "Statistisi Ahli Muda");
    let pic = app.pic(&own).await;
    let list = pic.page("/pemetaan-kode").await;
    assert!(list.contains("P-02") && !list.contains("B-77"));
    assert!(!list.contains("Konfirmasi usulan"));
    let page = pic.page(&format!("/pemetaan-kode/{mine}")).await;
    assert!(page.contains("belum diputuskan BKN") && !page.contains("Simpan pemetaan"));
    assert_eq!(
        pic.get(&format!("/pemetaan-kode/{theirs}")).await.status(),
        404
    );
    let decision = [("putusan", "tanpa"), ("dilihat", "0")];
    for place in [
        format!("/pemetaan-kode/{mine}"),
        "/pemetaan-kode".to_owned(),
    ] {
        assert_eq!(pic.post(&place, &decision).await.status(), 403, "{place}");
    }
}

#[actix_web::test]
async fn a_code_with_a_new_title_waits_for_a_decision_again() {
    let app = TestApp::start(NOW).await;
    app.lists();
    let partner = app.partner("Inspektorat Contoh");
    let id = app.mapping(&partner, "P-02", &format!("{PPUPD} Muda"));
    let verifier = app.staff(Role::Verifier).await;
    let chosen = format!("{id}:0");
    verifier.post("/pemetaan-kode", &[("pilih", &chosen)]).await;
    assert_eq!(app.mapping(&partner, "P-02", &format!("{PPUPD} Muda")), id);
    assert!(
        verifier
            .page("/pemetaan-kode")
            .await
            .contains("Tidak ada kode yang menunggu")
    );
    assert_eq!(app.mapping(&partner, "P-02", &format!("{PPUPD} Madya")), id);
    assert!(
        verifier
            .page("/pemetaan-kode")
            .await
            .contains("1 kode menunggu pemetaan")
    );
    let page = verifier.page(&format!("/pemetaan-kode/{id}")).await;
    assert!(page.contains(MADYA) && page.contains("Dipetakan"));
}

#[actix_web::test]
async fn a_partners_own_code_is_recognised_in_a_check_once_it_is_mapped() {
    let app = TestApp::start(NOW).await;
    app.lists();
    let partner = app.sender("Inspektorat Contoh");
    let agreement = app.sending_agreement(&partner);
    app.grant_to_send(&agreement, "riwayat-jabatan");
    let (pic, verifier) = (app.pic(&partner).await, app.staff(Role::Verifier).await);
    let id = app.mapping(&partner, "PPUPD-02", &format!("{PPUPD} Muda"));
    let place = format!("/pengiriman/baru/{}/riwayat-jabatan", agreement.id);
    let person = format!("{:032X}", 7);
    let row = |number: u32| {
        format!(
            "id_pns,nip,jabatan_fungsional_umum_id,jabatan_fungsional_id,unit_kerja_id,instansi_id,jenis_jabatan_id,tmt_jabatan,nomor_sk,tanggal_sk\n\
         {person},,,ppupd-02,F1C90000000000000000000000000001,{SENDER},2,2026-04-01,SK-{number},2026-03-17\n"
        )
    };
    let before = checked(&app, &pic, &place, &row(1)).await;
    let found = pic.page(&format!("{before}/temuan.csv")).await;
    assert!(!found.contains(MUDA), "{found}");
    let chosen = format!("{id}:0");
    verifier.post("/pemetaan-kode", &[("pilih", &chosen)]).await;
    let after = checked(&app, &pic, &place, &row(2)).await;
    let found = pic.page(&format!("{after}/temuan.csv")).await;
    assert!(
        found.contains("adalah kode instansi Anda, bukan kode BKN"),
        "{found}"
    );
    assert!(found.contains(MUDA));
}

#[actix_web::test]
async fn a_proposal_that_changed_since_it_was_looked_at_is_not_confirmed() {
    let app = TestApp::start(NOW).await;
    app.lists();
    let partner = app.partner("Inspektorat Contoh");
    let id = app.mapping(&partner, "P-02", &format!("{PPUPD} Muda"));
    let verifier = app.staff(Role::Verifier).await;
    let seen = format!("{id}:0");
    let list = verifier.page("/pemetaan-kode").await;
    assert!(list.contains(&format!("value=\"{seen}\"")), "{list}");
    app.mapping(&partner, "P-02", &format!("{PPUPD} Madya"));
    verifier.post("/pemetaan-kode", &[("pilih", &seen)]).await;
    let list = verifier.page("/pemetaan-kode").await;
    assert!(list.contains("1 kode tidak diubah"), "{list}");
    assert!(list.contains("1 kode menunggu pemetaan"), "{list}");
    assert!(app.recorded("mappings.proposals_accepted").is_empty());
}

#[actix_web::test]
async fn where_only_a_partners_own_code_stands_its_mapping_is_used() {
    let app = TestApp::start(NOW).await;
    app.lists();
    // An institution that the embedded list has.
    let office = "F1C70000000000000000000000000001";
    let partner = app.sender("Inspektorat Contoh");
    diesel::update(institutions::table.find(partner.id))
        .set(institutions::reference_code.eq(office))
        .execute(&mut *app.db.connection().unwrap())
        .unwrap();
    let agreement = app.sending_agreement(&partner);
    app.grant_to_send(&agreement, "jf-binaan");
    let (pic, verifier) = (app.pic(&partner).await, app.staff(Role::Verifier).await);
    let mapped = app.mapping(&partner, "PPUPD-02", &format!("{PPUPD} Muda"));
    app.mapping(&partner, "PPUPD-05", "Juru Masak Kapal Selam");
    let chosen = format!("{mapped}:0");
    verifier.post("/pemetaan-kode", &[("pilih", &chosen)]).await;
    let place = format!("/pengiriman/baru/{}/jf-binaan", agreement.id);
    let row = |number: u32, own: &str, bkn: &str| {
        format!(
            "{number:032X},,{office},,{bkn},{own},Nama Jabatan,,,,2026-04-01,SK-{number},2026-03-17\n"
        )
    };
    let header = "id_pns,nip,instansi_id,unit_kerja_id,jabatan_fungsional_id,kode_jf_binaan,nama_jabatan,jabatan_fungsional_lama_id,nomenklatur_lama,jenjang,tmt_jabatan,nomor_sk,tanggal_sk\n";
    let rows = [
        row(1, "ppupd-02", ""),
        row(2, "PPUPD-05", ""),
        row(3, "PPUPD2", ""),
        row(4, "PPUPD-02", MADYA),
    ];
    let faulty = checked(&app, &pic, &place, &format!("{header}{}", rows.concat())).await;
    let found = pic.page(&format!("{faulty}/temuan.csv")).await;
    assert!(!found.contains("\n2;"), "mapped already: {found}");
    assert!(found.contains("belum dipetakan BKN"), "{found}");
    assert!(found.contains("Mungkin maksud Anda PPUPD-02."), "{found}");
    assert!(found.contains("bukan padanan kode PPUPD-02"), "{found}");

    let sound = checked(&app, &pic, &place, &format!("{header}{}", rows[0])).await;
    pic.post(&format!("{sound}/kirim"), &[("pernyataan", "ya")])
        .await;
    let review = sound.replace("/pengiriman/", "/tinjauan/");
    let taken = verifier.post(&format!("{review}/ambil-alih"), &[]).await;
    assert_eq!(taken.status(), 303);
    let exported = verifier.page(&format!("{review}/ekspor")).await;
    assert!(exported.contains(MUDA), "{exported}");
}

#[actix_web::test]
async fn a_search_that_finds_nothing_does_not_say_that_nothing_waits() {
    let app = TestApp::start(NOW).await;
    app.lists();
    app.mapping(
        &app.partner("Inspektorat Contoh"),
        "P-05",
        "Juru Masak Kapal Selam",
    );
    let verifier = app.staff(Role::Verifier).await;
    let list = verifier.page("/pemetaan-kode?cari=xyz").await;
    assert!(
        list.contains("<h1>0 kode menunggu pemetaan dengan saringan ini</h1>"),
        "{list}"
    );
    let all = verifier.page("/pemetaan-kode").await;
    assert!(all.contains("<h1>1 kode menunggu pemetaan</h1>"), "{all}");
}
