use crate::support::TestApp;
use padan::correspondence::{self, Mail};

const NOW: &str = "2026-11-20T02:00:00Z";

fn mail() -> Mail {
    Mail {
        kind: "accounts.invitation",
        institution: None,
        recipient_name: "Ratna Contoh".to_owned(),
        recipient: "ratna@contoh.example".to_owned(),
        subject: "Undangan".to_owned(),
        body_text: "Buka [[base]]/atur/[[secret]]".to_owned(),
        body_html: "<p>Buka <a href=\"[[base]]/atur/[[secret]]\">tautan</a></p>".to_owned(),
        secret: Some("rahasia-sekali".to_owned()),
    }
}

fn post(app: &TestApp, mail: &Mail) {
    let conn = &mut *app.db.connection().unwrap();
    correspondence::post(conn, mail, app.clock.now()).unwrap();
}

#[actix_web::test]
async fn without_a_mail_server_mail_is_kept_as_files_that_only_the_portal_reads() {
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::start(NOW).await;
    post(&app, &mail());
    assert_eq!(app.work().await, 1);
    assert_eq!(app.work().await, 0);
    let folder = app.parts.config.storage.data_dir.join("mail");
    let files: Vec<_> = folder.read_dir().unwrap().map(Result::unwrap).collect();
    assert_eq!(files.len(), 1);
    assert!(files[0].path().extension().is_some_and(|it| it == "eml"));
    assert_eq!(
        files[0].metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    assert!(text.contains("Auto-Submitted: auto-generated"));
    assert!(
        text.contains("Date: Fri, 20 Nov 2026 02:00:00 +0000"),
        "{text}"
    );
    assert!(text.contains("rahasia-sekali"));
    assert_eq!(
        app.mails()[0].text,
        format!("Buka {}/atur/rahasia-sekali", app.address.clone() + "")
    );
}
