//! A full portal, the people who open it, and the places that they open.

use padan::accounts::Role;

use super::volume::{PARTNERS, Volume};
use crate::support::submissions::{csv, doubtful_row, faulty_row, good_row};
use crate::support::{Actor, TestApp};

const NOW: &str = "2026-11-20T02:00:00Z";
/// Rows of the one large file.
const LARGE: usize = 20_000;

/// Somebody of a role, signed in.
pub struct Person {
    pub role: Role,
    pub actor: Actor,
}

/// The portal and what is in it.
pub struct Portal {
    pub app: TestApp,
    pub people: Vec<Person>,
    places: Vec<(&'static str, String)>,
}

impl Portal {
    /// Fills a new portal; the people belong to partner 7, or to BKN.
    pub async fn filled() -> Self {
        let app = TestApp::start(NOW).await;
        let own = app.sender("Instansi Ukur 007");
        let mut people = Vec::new();
        for role in [Role::LeadPic, Role::Admin, Role::Auditor] {
            let institution = if role.is_staff() {
                app.home()
            } else {
                own.clone()
            };
            let actor = app.sign_in(&app.account(&institution, role)).await;
            people.push(Person { role, actor });
        }
        let now = app.clock.now();
        let mut volume = Volume::default();
        for number in 0..PARTNERS {
            match number {
                7 => volume.add(&own, number, now),
                _ => volume.add_partner(number, now),
            }
        }
        volume.write(&mut app.db.connection().unwrap(), now);
        let places = volume.places(&own);
        let mut portal = Self {
            app,
            people,
            places,
        };
        portal.upload(volume.agreement_of(&own)).await;
        portal
    }

    /// One large file that is checked, and one that is sent.
    async fn upload(&mut self, agreement: &padan::agreements::Agreement) {
        let pic = &self.people[0].actor;
        let rows = (1..=LARGE).map(|n| match n % 20 {
            0 => faulty_row(n),
            1 => doubtful_row(n),
            _ => good_row(n),
        });
        let checked = self.app.checked(pic, agreement, csv(rows)).await;
        let sent = self.app.sent(pic, agreement, LARGE).await;
        let submission = |address: &str| address.split('/').nth(2).unwrap().to_owned();
        self.places.push((
            "/pengiriman/{submission}",
            format!("/pengiriman/{}", submission(&checked)),
        ));
        self.places.push((
            "/tinjauan/{submission}",
            format!("/tinjauan/{}", submission(&sent)),
        ));
        self.places.push(("{n}", "1".to_owned()));
    }

    /// A route's address with its parameters filled in.
    pub fn address(&self, path: &str) -> String {
        let fill = |path: String, (name, value): &(&str, String)| path.replace(name, value);
        self.places.iter().fold(path.to_owned(), fill)
    }
}
