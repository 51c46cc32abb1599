//! What becomes of files that wait when the Annex changes or access is stopped,
//! and what the lists say of it.

use super::{FOREIGN, Scene};
use crate::support::publications::{HOME, fetched, home_staff, own, publish};
use padan::accounts::Role;
use padan::agreements::Population;

const FIELDS: [&str; 3] = ["id_pns", "nip", "nama"];

fn of(institutions: &[&str]) -> Population {
    let ids = institutions.iter().map(|code| code.parse().unwrap());
    Population {
        institutions: Some(ids.collect()),
        ..Population::default()
    }
}

#[actix_web::test]
async fn an_annex_that_reaches_further_leaves_the_file_and_one_that_reaches_less_does_not() {
    let scene = Scene::begin().await;
    let mine = scene.published().await;
    let wider = (of(&[HOME, FOREIGN]), Some("2026-11-19"));
    scene
        .app
        .give_by(&scene.agreement, "profil-pns", &FIELDS, wider);
    assert!(scene.pic.page(&mine).await.contains("siap diunduh"));
    fetched(&scene.pic, &format!("{mine}/berkas.csv")).await;

    let less = (of(&[FOREIGN]), Some("2026-11-20"));
    scene
        .app
        .give_by(&scene.agreement, "profil-pns", &FIELDS, less);
    let refused = scene.pic.get(&format!("{mine}/berkas.csv")).await;
    assert_eq!(refused.status(), 409);
    let page = scene.pic.page(&mine).await;
    assert!(!page.contains("berkas.csv") && page.contains("Lampiran PKS berubah"));
}

#[actix_web::test]
async fn what_cannot_be_fetched_any_more_is_offered_to_nobody_and_said_on_both_sides() {
    let scene = Scene::begin().await;
    let address = publish(&scene.admin, &scene.agreement, "profil-pns").await;
    scene.app.work().await;
    let mine = own(&address);
    let less = (home_staff(), Some("2026-11-20"));
    scene
        .app
        .give_by(&scene.agreement, "profil-pns", &["id_pns"], less);

    let page = scene.pic.page(&mine).await;
    assert!(page.contains("Profil PNS tidak dapat diunduh lagi"));
    assert!(page.contains("Mintalah penyerahan baru kepada BKN."));
    assert!(!page.contains("berkas.xlsx") && !page.contains("/terima\""));
    let list = scene.pic.page("/data-bkn").await;
    assert!(list.contains("Tidak ada data dari BKN yang menunggu diunduh"));
    assert!(list.contains("Tidak dapat diunduh lagi"));

    let ours = scene.admin.page(&address).await;
    assert!(ours.contains("tidak dapat diunduh instansi lagi"));
    assert!(ours.contains("Serahkan lagi menurut Lampiran yang berlaku."));
    let all = scene.admin.page("/penyerahan-data").await;
    assert!(all.contains("Tidak ada penyerahan yang menunggu diterima instansi"));
    assert!(all.contains("Tidak dapat diunduh lagi"));
}

#[actix_web::test]
async fn the_headings_of_the_lists_say_what_is_so() {
    let scene = Scene::begin().await;
    let (ours, theirs) = ("/penyerahan-data", "/data-bkn");
    let filtered = "/data-bkn?data=pensiun";
    assert!(
        scene
            .pic
            .page(filtered)
            .await
            .contains("Belum ada data dari BKN")
    );
    let empty = scene.admin.page("/penyerahan-data?keadaan=diterima").await;
    assert!(empty.contains("Belum ada data yang diserahkan lewat portal"));

    let address = publish(&scene.admin, &scene.agreement, "profil-pns").await;
    let preparing = scene.admin.page(ours).await;
    assert!(preparing.contains("1 penyerahan sedang disiapkan"));
    let none = scene.pic.page(theirs).await;
    assert!(none.contains("Belum ada data dari BKN"), "not told yet");
    let list = format!("/perjanjian/{}/penyerahan", scene.agreement.id);
    let list = scene.admin.page(&list).await;
    assert!(list.contains("Belum ada data yang diterima instansi"));

    scene.app.work().await;
    assert!(
        scene
            .admin
            .page(ours)
            .await
            .contains("1 penyerahan belum diterima")
    );
    let csv = format!("{}/berkas.csv", own(&address));
    fetched(&scene.pic, &csv).await;
    let done = scene.admin.page(ours).await;
    assert!(done.contains("Semua penyerahan sudah diterima instansi"));
    assert!(
        scene
            .pic
            .page(theirs)
            .await
            .contains("Semua data dari BKN sudah diterima")
    );
}

#[actix_web::test]
async fn bkn_sees_before_it_publishes_that_the_partner_cannot_fetch() {
    let scene = Scene::begin().await;
    scene.app.delivery(&scene.agreement, "2026-04-28");
    let form = format!("/perjanjian/{}/penyerahan/baru", scene.agreement.id);
    let words = "Akses data instansi ini dihentikan sejak 20 November 2026";
    assert!(!scene.admin.page(&form).await.contains(words));
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
    assert!(scene.admin.page(&form).await.contains(words));

    let address = publish(&scene.admin, &scene.agreement, "profil-pns").await;
    scene.app.work().await;
    let verifier = scene.app.staff(Role::Verifier).await;
    assert!(verifier.page(&address).await.contains(words));
    let mails = scene.app.posted_mails();
    let mail = mails.iter().find(|one| one.kind == "deliveries.available");
    let said = "data baru dapat diunduh setelah aksesnya dipulihkan";
    assert!(mail.unwrap().body.contains(said));
}
