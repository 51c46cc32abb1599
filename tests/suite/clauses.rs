use crate::support::{Actor, TestApp, hidden, location};
use padan::accounts::Role;
use padan::agreements::{AgreementId, Anchor, ClauseKind, Side, Unit};

const NOW: &str = "2026-11-20T02:00:00Z";

const FEEDBACK: [(&str, &str); 8] = [
    ("jenis", "data_feedback"),
    ("jumlah", "6"),
    ("satuan", "months"),
    ("sisi", "after"),
    ("pemicu", "data_received"),
    ("pasal", "Pasal 4 ayat (1) huruf b angka 1)"),
    ("halaman", "4"),
    ("ringkasan", "Data balikan paling lambat 6 bulan."),
];

async fn recorded(admin: &Actor, id: AgreementId) -> String {
    let path = format!("/perjanjian/{id}/klausul/baru");
    let answer = admin.post(&path, &FEEDBACK).await;
    assert_eq!(answer.status(), 303);
    let (_, clause) = location(&answer)
        .split_once("#klausul-")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    format!("/perjanjian/{id}/klausul/{clause}")
}

#[actix_web::test]
async fn the_kind_comes_first_and_its_form_offers_only_what_makes_sense() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = format!("/perjanjian/{id}/klausul/baru");
    assert!(
        admin
            .page(&path)
            .await
            .contains("Klausul apa yang dicatat?")
    );
    let feedback = admin.page(&format!("{path}?jenis=data_feedback")).await;
    assert!(feedback.contains("data diterima instansi") && !feedback.contains("surat dikirim"));
    let cadence = admin.page(&format!("{path}?jenis=periodic_report")).await;
    assert!(cadence.contains("Dalam berapa bulan") && !cadence.contains("Peristiwa"));
    let standing = admin.page(&format!("{path}?jenis=correction_list")).await;
    assert!(!standing.contains("name=\"jumlah\""));
}

#[actix_web::test]
async fn a_clause_is_recorded_once_and_shown_with_its_article_and_page() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let first = recorded(&admin, id).await;
    assert_eq!(recorded(&admin, id).await, first);
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("6 bulan sejak data diterima instansi"));
    assert!(page.contains("Pasal 4 ayat (1) huruf b angka 1)"));
    assert!(page.contains("halaman 4"));
    assert_eq!(
        app.deeds(),
        ["agreement.recorded", "agreement.clause_added"]
    );
}

#[actix_web::test]
async fn a_clause_that_counts_like_another_kind_is_refused() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = format!("/perjanjian/{id}/klausul/baru");
    let cases = [
        (("pemicu", "letter_sent"), "Pilih peristiwa yang tersedia"),
        (
            ("pemicu", "entah"),
            "Pilih salah satu pilihan yang tersedia.",
        ),
        (("satuan", "times"), "Pilih satuan yang tersedia"),
        (("sisi", "before"), "Pilih sebelum atau sejak peristiwanya."),
        (("jumlah", ""), "Isi jumlahnya."),
        (("jumlah", "601"), "Tulis bilangan bulat 1 sampai 600."),
        (("jumlah", "-6"), "Tulis bilangan bulat 1 sampai 9999."),
        (("pasal", ""), "Isi pasal."),
        (("halaman", "nol"), "Tulis bilangan bulat 1 sampai 999."),
        (("ringkasan", ""), "Isi isi klausul."),
    ];
    for (change, sentence) in cases {
        let kept = FEEDBACK.iter().filter(|(name, _)| *name != change.0);
        let fields: Vec<_> = kept.copied().chain([change]).collect();
        let answer = admin.post(&path, &fields).await;
        assert_eq!(answer.status(), 422, "{change:?}");
        assert!(
            answer.text().await.unwrap().contains(sentence),
            "{change:?}"
        );
    }
    assert_eq!(app.deeds(), ["agreement.recorded"]);
}

#[actix_web::test]
async fn a_clause_is_compared_with_the_text_by_a_second_person() {
    let app = TestApp::start(NOW).await;
    let (first, second) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = recorded(&first, id).await;
    let own = first.page(&format!("/perjanjian/{id}")).await;
    assert!(own.contains("Belum diperiksa") && !own.contains("Sesuai naskah"));
    let seen = hidden(&second.page(&format!("/perjanjian/{id}")).await, "dibaca");
    let check = format!("{path}/periksa");
    let refused = first.post(&check, &[("dibaca", &seen)]).await;
    assert_eq!(refused.status(), 409);
    assert!(refused.text().await.unwrap().contains("petugas lain"));
    for _ in 0..2 {
        assert_eq!(
            second.post(&check, &[("dibaca", &seen)]).await.status(),
            303
        );
    }
    let deeds = app.deeds();
    assert_eq!(deeds.last().unwrap(), "agreement.clause_checked");
    assert_eq!(deeds.len(), 3);
}

#[actix_web::test]
async fn a_clause_changed_after_it_was_read_is_not_marked_as_checked() {
    let app = TestApp::start(NOW).await;
    let (first, second) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = recorded(&first, id).await;
    let seen = hidden(&second.page(&format!("/perjanjian/{id}")).await, "dibaca");
    app.at("2026-11-20T02:10:00Z");
    let mut changed = FEEDBACK.to_vec();
    changed[1] = ("jumlah", "3");
    assert_eq!(
        first.post(&format!("{path}/ubah"), &changed).await.status(),
        303
    );
    let late = second
        .post(&format!("{path}/periksa"), &[("dibaca", &seen)])
        .await;
    assert_eq!(late.status(), 409);
    let expected = serde_json::json!({ "amount": { "before": 6, "after": 3 } });
    assert_eq!(app.detail("agreement.clause_amended"), expected);
}

#[actix_web::test]
async fn a_change_takes_the_check_away() {
    let app = TestApp::start(NOW).await;
    let (first, second) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = recorded(&first, id).await;
    let seen = hidden(&second.page(&format!("/perjanjian/{id}")).await, "dibaca");
    second
        .post(&format!("{path}/periksa"), &[("dibaca", &seen)])
        .await;
    assert!(
        !first
            .page(&format!("/perjanjian/{id}"))
            .await
            .contains("Belum diperiksa")
    );
    let mut changed = FEEDBACK.to_vec();
    changed[7] = ("ringkasan", "Bunyi lain.");
    second.post(&format!("{path}/ubah"), &changed).await;
    assert!(
        first
            .page(&format!("/perjanjian/{id}"))
            .await
            .contains("Belum diperiksa")
    );
}

#[actix_web::test]
async fn a_removed_clause_is_gone_and_its_trail_is_not() {
    let app = TestApp::start(NOW).await;
    let admin = app.staff(Role::Admin).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let path = recorded(&admin, id).await;
    for _ in 0..2 {
        assert_eq!(
            admin.post(&format!("{path}/hapus"), &[]).await.status(),
            303
        );
    }
    let page = admin.page(&format!("/perjanjian/{id}")).await;
    assert!(page.contains("Belum ada klausul yang dicatat."));
    assert_eq!(app.detail("agreement.clause_removed")["amount"], 6);
    assert_eq!(admin.get(&format!("{path}/ubah")).await.status(), 404);
    let other = app.signed_agreement(&app.partner("BPS"), "2023-12-04");
    let end = (Side::Before, Anchor::AgreementEnd);
    let clause = app.clause(other, ClauseKind::EndNotice, (1, Unit::Months), end);
    let mixed = format!("/perjanjian/{id}/klausul/{clause}/ubah");
    assert_eq!(admin.get(&mixed).await.status(), 404);
}
