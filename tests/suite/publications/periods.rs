//! What the schedule makes of plans: each period once, whatever happens, or the
//! reason why not.

use super::Scene;
use crate::support::plans::planned;
use crate::support::publications::{fetched, rows};
use padan::accounts::Role;
use padan::agreements::PartySide;

const FIRST: &str = "199001012015011901";
const SECOND: &str = "199001012015011902";

fn outcomes(all: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(day, outcome): &(&str, &str)| ((*day).to_owned(), (*outcome).to_owned());
    all.iter().map(owned).collect()
}

#[actix_web::test]
async fn each_month_those_who_retire_in_the_next_are_delivered_once() {
    let scene = Scene::retiring().await;
    let app = &scene.app;
    app.retires(1, FIRST, "2026-12-01");
    app.retires(2, SECOND, "2027-01-01");
    let plan = planned(&scene.admin, &scene.agreement, &[]).await;
    app.work().await;
    assert!(app.periods().is_empty(), "not due yet");

    // Midnight of the 25th in Jakarta; two programs at once, then the clock set back.
    app.at("2026-11-24T17:00:00Z");
    futures_util::future::join(app.work(), app.work()).await;
    app.at("2026-11-20T02:00:00Z");
    app.work().await;
    app.at("2026-11-25T03:00:00Z");
    app.work().await;
    assert_eq!(app.periods(), outcomes(&[("2026-11-25", "published")]));
    let made = ["delivery.published", "delivery.made"];
    assert_eq!(app.audited("delivery."), made);

    let admin = app.staff(Role::Admin).await;
    assert!(admin.page(&plan).await.contains("PYD-2026-0001"));
    let pic = app.sign_in(&scene.account).await;
    let list = pic.page("/data-bkn").await;
    let link = list
        .split("href=\"")
        .find(|part| part.starts_with("/data-bkn/"));
    let mine = link.unwrap().split('"').next().unwrap();
    assert!(pic.page(mine).await.contains("1 Desember 2026"));
    let file = rows(&fetched(&pic, &format!("{mine}/berkas.csv")).await);
    assert_eq!((file.len(), file[1][1].as_str()), (2, FIRST));

    app.at("2026-12-25T03:00:00Z");
    app.work().await;
    let both = [("2026-11-25", "published"), ("2026-12-25", "published")];
    assert_eq!(app.periods(), outcomes(&both));
}

#[actix_web::test]
async fn after_a_standstill_the_last_year_is_made_up_for_and_what_is_older_is_noted() {
    let scene = Scene::retiring().await;
    let app = &scene.app;
    app.retires(1, FIRST, "2027-06-01");
    let short = [("tanggal", "31"), ("mulai", "2026-11-20")];
    planned(&scene.admin, &scene.agreement, &short).await;
    app.at("2027-12-31T03:00:00Z");
    app.work().await;
    let all = app.periods();
    assert_eq!(all.len(), 14, "November 2026 to December 2027");
    let of = |word: &str| all.iter().filter(|(_, outcome)| outcome == word).count();
    assert_eq!((of("overtaken"), of("published"), of("empty")), (2, 1, 11));
    assert_eq!(all[3], ("2027-02-28".to_owned(), "empty".to_owned()));
    assert_eq!(all[6], ("2027-05-31".to_owned(), "published".to_owned()));
}

#[actix_web::test]
async fn that_nobody_is_in_a_period_is_told_to_bkn_and_seen_by_the_partner() {
    let scene = Scene::retiring().await;
    let app = &scene.app;
    app.correspondent(
        scene.agreement.id,
        PartySide::Bkn,
        "pertukaran@bkn.example",
        "2025-05-07",
    );
    let plan = planned(&scene.admin, &scene.agreement, &[]).await;
    app.at("2026-11-25T03:00:00Z");
    app.work().await;
    assert_eq!(app.periods(), outcomes(&[("2026-11-25", "empty")]));
    let told = app.recipients("deliveries.skipped");
    assert!(told.contains(&"pertukaran@bkn.example".to_owned()));
    assert!(told.len() > 1, "and whoever entered the plan");
    let mails = app.posted_mails();
    let mail = mails.iter().find(|one| one.kind == "deliveries.skipped");
    let body = &mail.unwrap().body;
    assert!(body.contains("Tidak ada pegawai pada masa ini."));
    assert!(body.contains("1 Desember 2026 sampai 31 Desember 2026"));
    assert!(app.recipients("deliveries.available").is_empty());
    let pic = app.sign_in(&scene.account).await;
    assert!(
        pic.page("/data-bkn")
            .await
            .contains("Tidak ada pegawai pada masa ini.")
    );
    let admin = app.staff(Role::Admin).await;
    assert!(
        admin
            .page(&plan)
            .await
            .contains("Tidak ada pegawai pada masa ini.")
    );
    assert_eq!(app.detail("delivery_plan.skipped")["outcome"], "empty");
}

#[actix_web::test]
async fn what_lasts_is_noted_for_each_period_and_told_once() {
    let scene = Scene::retiring().await;
    let app = &scene.app;
    app.retires(1, FIRST, "2026-12-01");
    let plan = planned(&scene.admin, &scene.agreement, &[]).await;
    let pause = [("tindakan", "paused"), ("alasan", "Register dimuat ulang.")];
    assert_eq!(scene.admin.post(&plan, &pause).await.status(), 303);
    app.at("2026-11-25T03:00:00Z");
    app.work().await;
    let admin = app.staff(Role::Admin).await;
    let resume = [("tindakan", "resumed"), ("alasan", "Register lengkap.")];
    assert_eq!(admin.post(&plan, &resume).await.status(), 303);
    assert!(app.recipients("deliveries.skipped").is_empty(), "BKN knows");

    // An addendum takes all fields back.
    let nobody = crate::support::publications::home_staff();
    let addendum = (nobody, Some("2026-12-01"));
    app.give_by(&scene.agreement, "pensiun", &[], addendum);
    for now in ["2026-12-25T03:00:00Z", "2027-01-25T03:00:00Z"] {
        app.at(now);
        app.work().await;
    }
    // The agreement is over on 6 May 2028.
    app.at("2028-06-25T03:00:00Z");
    app.work().await;
    let all = app.periods();
    assert_eq!(all[0].1, "paused");
    assert_eq!(
        (all[1].1.as_str(), all[2].1.as_str()),
        ("not_granted", "not_granted")
    );
    assert_eq!(all.last().unwrap().1, "not_in_force");
    let mut told: Vec<String> = app
        .mails()
        .into_iter()
        .filter(|mail| mail.kind == "deliveries.skipped")
        .map(|mail| mail.subject)
        .collect();
    // The agreement's correspondent and whoever entered the plan get the same.
    told.dedup();
    assert_eq!(told.len(), 2, "{told:?}");
    for (subject, reason) in told.iter().zip(["Lampiran", "PKS"]) {
        assert!(subject.contains(reason), "{subject}");
    }
    assert!(app.audited("delivery.").is_empty(), "nothing was published");
}

#[actix_web::test]
async fn of_whole_copies_missed_only_the_latest_is_made() {
    let scene = Scene::begin().await;
    let whole = [("data", "profil-pns"), ("cakupan", "everything")];
    planned(&scene.admin, &scene.agreement, &whole).await;
    scene.app.at("2027-01-26T03:00:00Z");
    scene.app.work().await;
    let expected = [
        ("2026-11-25", "overtaken"),
        ("2026-12-25", "overtaken"),
        ("2027-01-25", "published"),
    ];
    assert_eq!(scene.app.periods(), outcomes(&expected));
}

#[actix_web::test]
async fn our_own_check_takes_a_delivered_file_and_only_notes_the_columns_of_its_source() {
    let scene = Scene::retiring().await;
    let app = &scene.app;
    app.retires(1, FIRST, "2026-12-01");
    planned(&scene.admin, &scene.agreement, &[("tanggal", "20")]).await;
    app.work().await;
    let list = scene.pic.page("/data-bkn").await;
    let link = list
        .split("href=\"")
        .find(|part| part.starts_with("/data-bkn/"));
    let mine = link.unwrap().split('"').next().unwrap();
    let file = app.folder().join("pensiun.csv");
    std::fs::write(
        &file,
        fetched(&scene.pic, &format!("{mine}/berkas.csv")).await,
    )
    .unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_padan"))
        .args(["check", "pensiun"])
        .arg(&file)
        .args(["--json", "--on", "2026-11-20"])
        .env_clear()
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(said.lines().count(), 1, "no findings: {said}");
    for column in [
        "sumber_data",
        "nomor_pks",
        "nomor_penyerahan",
        "per_tanggal",
    ] {
        assert!(said.contains(column), "{column} is noted: {said}");
    }
}
