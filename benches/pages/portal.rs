//! A full portal, the people who open it, and the places that they open.

use padan::accounts::Role;

use super::volume::{PARTNERS, Volume};
use crate::support::{Actor, TestApp};

const NOW: &str = "2026-11-20T02:00:00Z";

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
        let accounts = [Role::LeadPic, Role::Admin, Role::Auditor].map(|role| {
            let home = role.is_staff().then(|| app.home());
            app.account(&home.unwrap_or_else(|| own.clone()), role)
        });
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
        // Only now: a connection that was idle meanwhile would be closed.
        let mut people = Vec::new();
        for account in &accounts {
            people.push(Person {
                role: account.role,
                actor: app.sign_in(account).await,
            });
        }
        Self {
            app,
            people,
            places,
        }
    }

    /// A route's address with its parameters filled in.
    pub fn address(&self, path: &str) -> String {
        let fill = |path: String, (name, value): &(&str, String)| path.replace(name, value);
        self.places.iter().fold(path.to_owned(), fill)
    }
}
