//! Which day's state a delivery shows, and that nothing is received that did
//! not leave.

use super::Scene;
use crate::support::location;
use crate::support::publications::{HOME, fetched, own, profile, publish, rows, sheet};
use diesel::prelude::*;
use padan::platform::db::schema::{deliveries, disclosure_accesses, files, publications};
use reqwest::header::{HeaderMap, HeaderValue};

impl Scene {
    /// An extract that shows the state of a day comes in.
    fn extract_shows(&self, day: &str) {
        let one = profile(4, HOME);
        let head = ["id_pns", "nip", "nama", "instansi_induk_id"];
        let row = vec![one.id_pns, one.nip, one.name, HOME.to_owned()];
        self.app.extract_of("profil-pns", Some(day), &head, &[row]);
    }

    fn received(&self) -> i64 {
        let conn = &mut *self.app.db.connection().unwrap();
        let accesses: i64 = disclosure_accesses::table.count().get_result(conn).unwrap();
        let receipts: i64 = deliveries::table.count().get_result(conn).unwrap();
        accesses + receipts
    }
}

#[actix_web::test]
async fn a_delivery_is_of_the_day_of_the_extract_and_names_the_day_of_the_annex_beside_it() {
    let scene = Scene::begin().await;
    scene.extract_shows("2026-11-01");
    let form = format!("/perjanjian/{}/penyerahan/baru", scene.agreement.id);
    let preview = scene.admin.page(&format!("{form}?data=profil-pns")).await;
    assert!(preview.contains("<dt>Data per tanggal</dt><dd>1 November 2026</dd>"));
    assert!(preview.contains("<dt>Lampiran per tanggal</dt><dd>20 November 2026</dd>"));
    assert!(!preview.contains("type=\"date\""), "no day can be chosen");

    let address = publish(&scene.admin, &scene.agreement, "profil-pns").await;
    // What comes in before the file is made is in it.
    scene.extract_shows("2026-11-15");
    scene.app.work().await;
    let mine = own(&address);
    for page in [
        scene.admin.page(&address).await,
        scene.pic.page(&mine).await,
    ] {
        assert!(page.contains("<dt>Data per tanggal</dt><dd>15 November 2026</dd>"));
        assert!(page.contains("<dt>Lampiran per tanggal</dt><dd>20 November 2026</dd>"));
    }
    let list = scene.pic.page("/data-bkn").await;
    assert!(list.contains("per 15 November 2026"));
    let mails = scene.app.posted_mails();
    let mail = mails.iter().find(|one| one.kind == "deliveries.available");
    let body = &mail.unwrap().body;
    assert!(body.contains("Profil PNS per 15 November 2026"));
    assert!(body.contains("Lampiran per 20 November 2026"));

    let csv = rows(&fetched(&scene.pic, &format!("{mine}/berkas.csv")).await);
    assert_eq!(csv[0].last().unwrap(), "per_tanggal");
    assert_eq!(csv[1].last().unwrap(), "2026-11-15");
    let xlsx = fetched(&scene.pic, &format!("{mine}/berkas.xlsx")).await;
    let said = sheet(xlsx, "Keterangan");
    let line = |name: &str| said.iter().find(|row| row[0] == name).unwrap()[1].clone();
    assert_eq!(line("Data per tanggal"), "15 November 2026");
    assert_eq!(line("Lampiran per tanggal"), "20 November 2026");
    let home = scene.pic.page("/beranda").await;
    assert!(home.contains("Profil PNS per 15 November 2026 (PYD-2026-0001)"));
}

#[actix_web::test]
async fn a_file_that_is_gone_is_not_received() {
    let scene = Scene::begin().await;
    let mine = scene.published().await;
    let conn = &mut *scene.app.db.connection().unwrap();
    let file: String = publications::table
        .inner_join(files::table.on(publications::file_id.eq(files::id.nullable())))
        .select(files::id)
        .first(conn)
        .unwrap();
    let stored = walkdir(scene.app.folder())
        .into_iter()
        .find(|path| path.to_string_lossy().contains(&file));
    std::fs::remove_file(stored.unwrap()).unwrap();
    for part in ["berkas.csv", "berkas.xlsx"] {
        let answer = scene.pic.get(&format!("{mine}/{part}")).await;
        assert_eq!(answer.status(), 500, "{part}");
    }
    assert_eq!(scene.received(), 0);
    assert!(scene.app.recipients("deliveries.recorded").is_empty());
}

fn walkdir(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => walkdir(&path),
            false => vec![path],
        })
        .collect()
}

#[actix_web::test]
async fn a_link_on_another_site_receives_nothing() {
    let scene = Scene::begin().await;
    let csv = format!("{}/berkas.csv", scene.published().await);
    let asked_from = |site: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", HeaderValue::from_static(site));
        let request = scene.pic.request(reqwest::Method::GET, &csv);
        request.headers(headers).send()
    };
    for site in ["cross-site", "same-site"] {
        let answer = asked_from(site).await.unwrap();
        assert_eq!(answer.status(), 409, "{site}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("dibuka dari situs lain"), "{site}");
    }
    assert_eq!(scene.received(), 0);
    assert_eq!(asked_from("same-origin").await.unwrap().status(), 200);
    assert_eq!(scene.received(), 2, "an access and a receipt");
}

#[actix_web::test]
async fn publishing_asks_for_the_password_again() {
    let scene = Scene::begin().await;
    scene.app.at("2026-11-20T02:15:00Z");
    let form = format!("/perjanjian/{}/penyerahan/baru", scene.agreement.id);
    let key = uuid::Uuid::new_v4().to_string();
    let fields = [("kunci", key.as_str()), ("data", "profil-pns")];
    let asked = scene.admin.post(&form, &fields).await;
    assert_eq!(asked.status(), 422);
    assert!(scene.app.audited("delivery.").is_empty());
}

#[actix_web::test]
async fn what_was_taken_back_just_as_its_file_came_is_told() {
    let scene = Scene::begin().await;
    let address = publish(&scene.admin, &scene.agreement, "profil-pns").await;
    scene.app.work().await;
    let answer = scene
        .admin
        .post(
            &format!("{address}/tarik"),
            &[("alasan", "Cakupan keliru.")],
        )
        .await;
    assert_eq!(location(&answer), address);
    let told = scene.app.recipients("deliveries.withdrawn");
    assert_eq!(told, scene.app.recipients("deliveries.available"));
}
