//! One real exchange, from the agreement to the data that BKN took over, and
//! from a late answer to access given back, all by people with a browser.

mod admin;
mod auditor;
mod pic;
mod verifier;

use std::time::Duration;

use padan::accounts::{Account, Role};

use crate::page_checks::assert_sound;
use crate::session::{Browser, DESKTOP};
use crate::support::TestApp;

/// A Monday on which the agreement is a fortnight old.
const BEGINNING: &str = "2026-04-06T02:00:00Z";
/// Data received on the first day must be answered by 6 October: six months.
const TOO_LATE: &str = "2026-10-12T02:00:00Z";

/// The portal, the browser at which all of them sit in turn, and BKN's people.
struct Exchange {
    app: TestApp,
    browser: Browser,
    admin: Account,
    verifier: Account,
    auditor: Account,
    /// The agreement's page among BKN's, once it is recorded.
    agreement: String,
    /// The institution's page, once it is recorded.
    institution: String,
}

impl Exchange {
    async fn begin() -> Self {
        let app = TestApp::start(BEGINNING).await;
        let home = app.home();
        Self {
            admin: app.account(&home, Role::Admin),
            verifier: app.account(&home, Role::Verifier),
            auditor: app.account(&home, Role::Auditor),
            browser: Browser::open(DESKTOP).await,
            app,
            agreement: String::new(),
            institution: String::new(),
        }
    }

    async fn visit(&self, path: &str) {
        self.browser
            .visit(&format!("{}{path}", self.app.address))
            .await;
    }

    /// Somebody else sits down and signs in, with the NIP as it was typed.
    async fn sign_in(&self, nip: &str) {
        self.browser.client.delete_all_cookies().await.unwrap();
        self.visit("/masuk").await;
        self.browser.fill("nip", nip).await;
        self.browser.fill("sandi", TestApp::PASSWORD).await;
        self.browser.press("Masuk").await;
        while self.browser.path().await == "/masuk" {
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The page says so in its heading and passes every check.
    async fn soundly_sees(&self, heading: &str) {
        self.browser.see(heading).await;
        assert_sound(&self.browser).await;
    }

    /// How many mails of a kind were posted.
    fn mails_of(&self, kind: &str) -> usize {
        self.app
            .posted()
            .iter()
            .filter(|(posted, _)| posted == kind)
            .count()
    }
}

#[actix_web::test]
async fn an_exchange_goes_from_the_agreement_to_data_taken_over_and_access_given_back() {
    let mut exchange = Exchange::begin().await;
    admin::records_institution_and_agreement(&mut exchange).await;
    admin::nominates_the_pic(&exchange).await;

    pic::opens_the_account(&exchange).await;
    let first = pic::uploads_mends_and_sends(&exchange).await;
    verifier::asks_to_correct_a_row(&exchange, &first).await;
    let second = pic::answers_with_a_new_version(&exchange, &first).await;
    verifier::takes_over_whole(&exchange, &second).await;
    pic::sees_what_became_of_each_version(&exchange, &first).await;

    admin::records_a_delivery(&exchange).await;
    exchange.app.at(TOO_LATE);
    admin::suspends_after_looking(&exchange).await;
    pic::learns_why_and_cures(&exchange).await;
    admin::restores(&exchange).await;
    pic::has_access_again(&exchange).await;
    auditor::reads_everything_and_changes_nothing(&exchange).await;
}
