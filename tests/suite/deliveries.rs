use crate::support::{TestApp, hidden, location};
use padan::accounts::Role;
use padan::agreements::PartySide;

const NOW: &str = "2026-11-20T02:00:00Z";

fn fields<'a>(key: &'a str, received: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("kunci", key),
        ("uraian", "Profil PNS"),
        ("diterima", received),
        ("bukti", "Log web service"),
    ]
}

#[actix_web::test]
async fn a_delivery_is_recorded_once_and_the_partner_is_told() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("LAN");
    let pic = app.account(&partner, Role::Pic);
    app.account(&partner, Role::Observer);
    let id = app.signed_agreement(&partner, "2025-05-07");
    app.correspondent(id, PartySide::Partner, "pusdatin@lan.example", "2025-05-07");
    app.correspondent(id, PartySide::Partner, "nanti@lan.example", "2027-01-01");
    app.correspondent(id, PartySide::Bkn, "data@bkn.example", "2025-05-07");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{id}/penyerahan");
    let key = hidden(&admin.page(&path).await, "kunci");
    for _ in 0..2 {
        let answer = admin.post(&path, &fields(&key, "2026-11-20")).await;
        assert_eq!(location(&answer), path);
    }
    let page = admin.page(&path).await;
    assert!(page.contains("1 penyerahan data tercatat"));
    assert!(page.contains("20 November 2026"));
    assert_eq!(
        app.deeds()
            .iter()
            .filter(|deed| *deed == "delivery.recorded")
            .count(),
        1
    );
    let mails = app.posted_mails();
    let to: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(to, [pic.email.as_str(), "pusdatin@lan.example"]);
    assert!(mails[0].body.contains("pada 20 November 2026"));
    assert!(mails[0].body.contains("[[base]]/beranda"));
}

#[actix_web::test]
async fn a_delivery_cannot_lie_ahead_or_outside_the_agreement() {
    let app = TestApp::start(NOW).await;
    let id = app.signed_agreement(&app.partner("LAN"), "2025-05-07");
    let admin = app.staff(Role::Admin).await;
    let path = format!("/perjanjian/{id}/penyerahan");
    let key = hidden(&admin.page(&path).await, "kunci");
    let cases = [
        (
            "2026-11-21",
            "Tanggal diterima tidak boleh setelah hari ini.",
        ),
        ("2025-05-06", "PKS ini tidak berlaku pada tanggal tersebut."),
        ("2026-02-30", "2026-02-30 tidak ada dalam kalender."),
        ("", "Isi tanggal diterima."),
    ];
    for (day, sentence) in cases {
        let answer = admin.post(&path, &fields(&key, day)).await;
        assert_eq!(answer.status(), 422, "{day}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence), "{day}");
        assert!(page.contains("Log web service"), "{day}");
    }
    let no_key = admin.post(&path, &fields("", "2026-11-20")).await;
    assert_eq!(no_key.status(), 422);
    assert_eq!(app.deeds(), ["agreement.recorded"]);
    assert!(app.posted_mails().is_empty());
}

#[actix_web::test]
async fn only_an_admin_records_deliveries() {
    let app = TestApp::start(NOW).await;
    let partner = app.partner("LAN");
    let id = app.signed_agreement(&partner, "2025-05-07");
    let path = format!("/perjanjian/{id}/penyerahan");
    let verifier = app.staff(Role::Verifier).await;
    assert!(!verifier.page(&path).await.contains("Catat penyerahan"));
    let pic = app.pic(&partner).await;
    for actor in [&verifier, &pic] {
        assert_eq!(
            actor.post(&path, &fields("x", "2026-11-20")).await.status(),
            403
        );
    }
    assert_eq!(pic.get(&path).await.status(), 403);
}
