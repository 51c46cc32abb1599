//! People appointed from elsewhere than BKN's screen: by a lead PIC, by command.

use crate::support::accounts::{Nomination, nominate, nomination};
use crate::support::{TestApp, location};
use padan::accounts::{FirstAdmin, Role, create_first_admin};
use padan::platform::db::transaction;

const NOW: &str = "2026-11-20T02:00:00Z";

#[actix_web::test]
async fn a_lead_pic_nominates_and_removes_people_of_the_own_institution() {
    let app = TestApp::start(NOW).await;
    let (own, other) = (app.partner("Instansi Contoh"), app.partner("Instansi Lain"));
    let lead = app.sign_in(&app.account(&own, Role::LeadPic)).await;
    let form = Nomination {
        institution: other.id.to_string(),
        ..nomination(&own)
    };
    assert_eq!(location(&nominate(&lead, "/pic/baru", &form).await), "/pic");
    let account = app.ratna();
    assert_eq!(account.institution_id, own.id, "whatever was posted");
    let page = lead.page("/pic").await;
    assert!(page.contains("2 orang bekerja untuk instansi Anda"));
    assert_eq!(
        lead.post(&format!("/pic/{}/undangan", account.id), &[])
            .await
            .status(),
        303
    );
    let path = format!("/pic/{}/tutup", account.id);
    assert_eq!(
        lead.post(&path, &[("alasan", "Diganti.")]).await.status(),
        303
    );
    assert!(app.ratna().deactivated_at.is_some());
}

#[actix_web::test]
async fn a_lead_pic_reaches_neither_other_institutions_nor_other_lead_pics() {
    let app = TestApp::start(NOW).await;
    let (own, other) = (app.partner("Instansi Contoh"), app.partner("Instansi Lain"));
    let lead = app.sign_in(&app.account(&own, Role::LeadPic)).await;
    let stranger = app.account(&other, Role::Pic);
    let equal = app.account(&own, Role::LeadPic);
    for account in [&stranger, &equal] {
        for deed in ["tutup", "undangan"] {
            let path = format!("/pic/{}/{deed}", account.id);
            assert_eq!(
                lead.post(&path, &[("alasan", "x")]).await.status(),
                404,
                "{path}"
            );
        }
    }
    assert!(!lead.page("/pic").await.contains(&stranger.name));
    let as_lead = Nomination {
        role: "lead_pic",
        ..nomination(&own)
    };
    assert_eq!(nominate(&lead, "/pic/baru", &as_lead).await.status(), 422);
    assert!(app.reload(stranger.id).deactivated_at.is_none());
}

#[actix_web::test]
async fn the_first_administrator_is_made_from_the_command_line() {
    let app = TestApp::start(NOW).await;
    let base = "https://padan.example/".parse().unwrap();
    let make = |nip: &str, email: &str| {
        let conn = &mut *app.db.connection().unwrap();
        let person = FirstAdmin {
            nip,
            name: "Rina Contoh",
            email,
        };
        transaction(conn, |conn| {
            create_first_admin(conn, person, &base, crate::support::moment(NOW))
        })
    };
    assert!(make("123", "rina@contoh.example").is_err());
    assert!(make("198704122010122903", "rina@contoh").is_err());
    let link = make("19870412 201012 2 903", "rina@contoh.example").unwrap();
    let path = link.strip_prefix("https://padan.example").unwrap();
    let password = "tujuh gajah minum kopi pahit";
    let form = [("sandi", password), ("ulangi", password)];
    assert_eq!(app.visitor().post(path, &form).await.status(), 303);
    let visitor = app.visitor();
    assert_eq!(
        app.try_sign_in(&visitor, "198704122010122903", password)
            .await,
        303
    );
    visitor
        .post("/pernyataan-kerahasiaan", &[("setuju", "ya")])
        .await;
    assert!(visitor.page("/akun").await.contains("1 akun terdaftar"));
    assert!(
        make("198704122010122903", "rina@contoh.example").is_err(),
        "taken"
    );
}
