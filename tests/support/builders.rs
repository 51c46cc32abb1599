//! What a test begins with: institutions, people, agreements.

use diesel::prelude::*;
use padan::accounts::{Account, Role, password};
use padan::institutions::Institution;
use padan::platform::db::schema;
use std::sync::LazyLock;

use super::{Actor, TestApp};

static PASSWORD_HASH: LazyLock<String> =
    LazyLock::new(|| password::hash(TestApp::PASSWORD).unwrap());

impl TestApp {
    /// A partner institution.
    pub fn partner(&self, name: &str) -> Institution {
        let partner = Institution::partner(name, name, None, self.clock.now());
        self.insert_institution(partner)
    }

    /// BKN.
    pub fn home(&self) -> Institution {
        let conn = &mut *self.db.connection().unwrap();
        let found = schema::institutions::table
            .filter(schema::institutions::kind.eq("home"))
            .select(Institution::as_select())
            .first(conn)
            .optional()
            .unwrap();
        found.unwrap_or_else(|| self.insert_institution(Institution::home(self.clock.now())))
    }

    fn insert_institution(&self, institution: Institution) -> Institution {
        let conn = &mut *self.db.connection().unwrap();
        diesel::insert_into(schema::institutions::table)
            .values(&institution)
            .execute(conn)
            .unwrap();
        institution
    }

    /// A person who has a password and has accepted the confidentiality statement.
    pub fn account(&self, institution: &Institution, role: Role) -> Account {
        let conn = &mut *self.db.connection().unwrap();
        let count: i64 = schema::accounts::table.count().get_result(conn).unwrap();
        let nip = format!("19900101201501{}{:03}", 1 + count % 2, 900 + count);
        let now = self.clock.now();
        let email = format!("orang{count}@contoh.example");
        let mut account = Account::new(
            institution.id,
            &nip,
            &format!("Orang Contoh {count}"),
            &email,
            role,
            now,
        );
        account.password_hash = Some(PASSWORD_HASH.clone());
        account.password_set_at = Some(now);
        account.confidentiality_accepted_at = Some(now);
        diesel::insert_into(schema::accounts::table)
            .values(&account)
            .execute(conn)
            .unwrap();
        account
    }

    /// Signs a person in.
    pub async fn sign_in(&self, account: &Account) -> Actor {
        let actor = self.visitor();
        let answer = actor
            .post(
                "/masuk",
                &[("nip", &account.nip), ("sandi", Self::PASSWORD)],
            )
            .await;
        assert_eq!(answer.status(), 303);
        actor
    }

    /// A new member of BKN's staff, signed in.
    pub async fn staff(&self, role: Role) -> Actor {
        let account = self.account(&self.home(), role);
        self.sign_in(&account).await
    }

    /// A new PIC of a partner, signed in.
    pub async fn pic(&self, institution: &Institution) -> Actor {
        let account = self.account(institution, Role::Pic);
        self.sign_in(&account).await
    }
}
