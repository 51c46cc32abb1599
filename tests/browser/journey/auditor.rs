//! The auditor's part: everything can be read, nothing can be changed.

use fantoccini::Locator;

use super::Exchange;
use crate::page_checks::assert_sound;

pub async fn reads_everything_and_changes_nothing(exchange: &Exchange) {
    let browser = &exchange.browser;
    exchange.sign_in(&exchange.auditor.nip).await;
    let done = exchange.app.deeds();
    let pages = [
        "/ikhtisar".to_owned(),
        "/jejak-audit".to_owned(),
        "/akun".to_owned(),
        "/surel".to_owned(),
        "/tinjauan?keadaan=semua".to_owned(),
        exchange.institution.clone(),
        exchange.agreement.clone(),
        format!("{}/penyerahan", exchange.agreement),
        format!("{}/akses", exchange.agreement),
    ];
    for page in pages {
        exchange.visit(&page).await;
        assert_sound(browser).await;
        let form = Locator::Css("main form[method='post']");
        let forms = browser.client.find_all(form).await.unwrap();
        assert!(
            forms.is_empty(),
            "the auditor can change something on {page}"
        );
    }
    assert_eq!(exchange.app.deeds(), done);
}
