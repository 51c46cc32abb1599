//! The first download or a confirmation is the receipt; every download is on
//! record; while access is suspended nothing leaves.

use super::Scene;
use crate::support::publications::{fetched, home_staff};
use diesel::prelude::*;
use padan::deliveries::Delivery;
use padan::platform::db::schema::{deliveries, disclosed_people, disclosure_accesses, suspensions};

impl Scene {
    fn deliveries(&self) -> Vec<Delivery> {
        deliveries::table
            .select(Delivery::as_select())
            .load(&mut *self.app.db.connection().unwrap())
            .unwrap()
    }

    fn accesses(&self) -> i64 {
        let conn = &mut *self.app.db.connection().unwrap();
        disclosure_accesses::table.count().get_result(conn).unwrap()
    }

    fn disclosed(&self) -> Vec<String> {
        disclosed_people::table
            .select(disclosed_people::id_pns)
            .order(disclosed_people::id_pns)
            .load(&mut *self.app.db.connection().unwrap())
            .unwrap()
    }
}

#[actix_web::test]
async fn the_first_download_starts_the_clock_and_every_download_is_on_record() {
    let scene = Scene::begin().await;
    let mine = scene.published().await;
    assert!(
        scene
            .pic
            .page(&mine)
            .await
            .contains("Tenggat dihitung sejak data diterima")
    );
    assert_eq!(
        scene.disclosed(),
        [format!("{:032X}", 1), format!("{:032X}", 2)]
    );
    assert!(scene.deliveries().is_empty());

    // The last second of the day in Jakarta; what comes after counts no more.
    scene.app.at("2026-11-20T16:59:59Z");
    let pic = scene.app.sign_in(&scene.account).await;
    fetched(&pic, &format!("{mine}/berkas.csv")).await;
    scene.app.at("2026-11-20T17:00:00Z");
    fetched(&pic, &format!("{mine}/berkas.xlsx")).await;
    let received = scene.deliveries();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].received_on.to_string(), "2026-11-20");
    assert_eq!(scene.accesses(), 2);
    assert_eq!(
        scene.app.audited("delivery."),
        [
            "delivery.published",
            "delivery.made",
            "delivery.downloaded",
            "delivery.received",
            "delivery.downloaded"
        ]
    );
    let page = pic.page(&mine).await;
    assert!(page.contains("diterima 20 November 2026"));
    assert!(page.contains("Paling lambat Kamis, 20 Mei 2027"));
    let told = scene.app.recipients("deliveries.recorded");
    assert_eq!(told, [scene.account.email.as_str(), "pusdatin@lan.example"]);
    let home = pic.page("/beranda").await;
    assert!(home.contains("Kirim data balikan: Profil PNS per 20 November 2026 (PYD-2026-0001)"));
}

#[actix_web::test]
async fn a_confirmation_is_a_receipt_too_and_counts_once() {
    let scene = Scene::begin().await;
    let mine = scene.published().await;
    for _ in 0..2 {
        let answer = scene.pic.post(&format!("{mine}/terima"), &[]).await;
        assert_eq!(answer.status(), 303);
    }
    fetched(&scene.pic, &format!("{mine}/berkas.csv")).await;
    let received = scene.deliveries();
    assert_eq!(received.len(), 1);
    assert!(
        received[0]
            .evidence
            .starts_with("Konfirmasi penerimaan di portal oleh")
    );
    assert_eq!(scene.accesses(), 1);
}

#[actix_web::test]
async fn while_access_is_suspended_nothing_leaves_and_the_way_back_is_told() {
    let scene = Scene::begin().await;
    let mine = scene.published().await;
    scene.app.delivery(&scene.agreement, "2026-04-28");
    let path = format!("/perjanjian/{}/penghentian", scene.agreement.id);
    let key = uuid::Uuid::new_v4().to_string();
    let fields = [
        ("nota", "12/ND/2026"),
        ("alasan", ""),
        ("catatan", ""),
        ("setuju", "ya"),
        ("kunci", key.as_str()),
    ];
    assert_eq!(scene.admin.post(&path, &fields).await.status(), 303);
    for part in ["berkas.csv", "berkas.xlsx"] {
        let answer = scene.pic.get(&format!("{mine}/{part}")).await;
        assert_eq!(answer.status(), 403, "{part}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("Pasal 4 ayat (1) huruf b angka 1)"), "{part}");
        assert!(page.contains("href=\"/beranda\""), "{part}");
    }
    let answer = scene.pic.post(&format!("{mine}/terima"), &[]).await;
    assert_eq!(answer.status(), 403);
    assert_eq!((scene.accesses(), scene.deliveries().len()), (0, 1));
    let waiting = scene.pic.page(&mine).await;
    assert!(waiting.contains("Unduhan ditutup sejak 20 November 2026"));
    assert!(waiting.contains("Pasal 4 ayat (1) huruf b angka 1)"));
    assert!(!waiting.contains("berkas.csv") && !waiting.contains("/terima\""));

    diesel::update(suspensions::table)
        .set(suspensions::ended_at.eq(Some(scene.app.clock.now())))
        .execute(&mut *scene.app.db.connection().unwrap())
        .unwrap();
    assert!(scene.pic.page(&mine).await.contains("berkas.csv"));
    fetched(&scene.pic, &format!("{mine}/berkas.csv")).await;
}

#[actix_web::test]
async fn with_the_agreement_and_with_the_grant_the_data_stop() {
    let scene = Scene::begin().await;
    let mine = scene.published().await;
    let csv = format!("{mine}/berkas.csv");
    scene.app.at("2028-05-07T16:59:00Z");
    let pic = scene.app.sign_in(&scene.account).await;
    fetched(&pic, &csv).await;
    scene.app.at("2028-05-07T17:00:00Z");
    let answer = pic.get(&csv).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("PKS telah berakhir"));

    let scene = Scene::begin().await;
    let mine = scene.published().await;
    let less = (home_staff(), Some("2026-11-20"));
    let fields = ["id_pns", "nama"];
    scene
        .app
        .give_by(&scene.agreement, "profil-pns", &fields, less);
    let answer = scene.pic.get(&format!("{mine}/berkas.csv")).await;
    assert_eq!(answer.status(), 409);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Lampiran PKS berubah")
    );
    assert_eq!(scene.accesses(), 0);
}
