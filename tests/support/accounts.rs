//! What tests of accounts and guards need besides the builders.

use diesel::prelude::*;
use padan::accounts::{Account, AccountId};
use padan::institutions::Institution;
use padan::platform::db::schema::{accounts, audit_events, mails, sessions};

use super::{Actor, TestApp};

/// A mail in the outbox.
pub struct Outgoing {
    pub kind: String,
    pub recipient: String,
    pub body: String,
    pub secret: Option<String>,
}

impl TestApp {
    /// Every mail posted so far, in order.
    pub fn outbox(&self) -> Vec<Outgoing> {
        let conn = &mut *self.db.connection().unwrap();
        let rows: Vec<(String, String, String, Option<String>)> = mails::table
            .order((mails::created_at, mails::id))
            .select((
                mails::kind,
                mails::recipient,
                mails::body_text,
                mails::secret,
            ))
            .load(conn)
            .unwrap();
        rows.into_iter()
            .map(|(kind, recipient, body, secret)| Outgoing {
                kind,
                recipient,
                body,
                secret,
            })
            .collect()
    }

    /// The path of the one-time link in the latest mail that has one.
    pub fn latest_link(&self) -> String {
        let secret = self.outbox().into_iter().rev().find_map(|mail| mail.secret);
        format!("/tautan/{}", secret.unwrap())
    }

    /// The actions on the audit trail whose name begins with a prefix.
    pub fn audited(&self, prefix: &str) -> Vec<String> {
        let conn = &mut *self.db.connection().unwrap();
        audit_events::table
            .filter(audit_events::action.like(format!("{prefix}%")))
            .order(audit_events::sequence)
            .select(audit_events::action)
            .load(conn)
            .unwrap()
    }

    /// Actor, subject and detail of every event: what a leak would show.
    pub fn audit_text(&self) -> String {
        let conn = &mut *self.db.connection().unwrap();
        let rows: Vec<(String, String, String)> = audit_events::table
            .select((
                audit_events::actor,
                audit_events::subject_id,
                audit_events::detail,
            ))
            .load(conn)
            .unwrap();
        rows.into_iter()
            .map(|(actor, subject, detail)| format!("{actor} {subject} {detail}\n"))
            .collect()
    }

    /// An account as it stands now.
    pub fn reload(&self, id: AccountId) -> Account {
        let conn = &mut *self.db.connection().unwrap();
        accounts::table
            .find(id)
            .select(Account::as_select())
            .first(conn)
            .unwrap()
    }

    /// The account of a NIP.
    pub fn account_of(&self, nip: &str) -> Option<Account> {
        let conn = &mut *self.db.connection().unwrap();
        accounts::table
            .filter(accounts::nip.eq(nip))
            .select(Account::as_select())
            .first(conn)
            .optional()
            .unwrap()
    }

    /// The account of the person whom [`nomination`] names.
    pub fn ratna(&self) -> Account {
        self.account_of("198704122010122903").unwrap()
    }

    /// Makes an account one that has not accepted the statement.
    pub fn forget_statement(&self, id: AccountId) {
        let conn = &mut *self.db.connection().unwrap();
        diesel::update(accounts::table.find(id))
            .set(accounts::confidentiality_accepted_at.eq(None::<padan::platform::clock::Moment>))
            .execute(conn)
            .unwrap();
    }

    /// Gives an account another hash of its password.
    pub fn set_hash(&self, id: AccountId, hash: &str) {
        let conn = &mut *self.db.connection().unwrap();
        diesel::update(accounts::table.find(id))
            .set(accounts::password_hash.eq(hash))
            .execute(conn)
            .unwrap();
    }

    /// How many sessions are kept.
    pub fn session_count(&self) -> i64 {
        let conn = &mut *self.db.connection().unwrap();
        sessions::table.count().get_result(conn).unwrap()
    }

    /// Somebody's try to sign in; the status of the answer.
    pub async fn try_sign_in(&self, who: &Actor, nip: &str, password: &str) -> u16 {
        let answer = who
            .post("/masuk", &[("nip", nip), ("sandi", password)])
            .await;
        answer.status().as_u16()
    }
}

/// What is typed to nominate somebody.
pub struct Nomination {
    pub institution: String,
    pub nip: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub role: &'static str,
    pub key: String,
}

/// A nomination of Ratna Contoh as a PIC.
pub fn nomination(institution: &Institution) -> Nomination {
    Nomination {
        institution: institution.id.to_string(),
        nip: "19870412 201012 2 903",
        name: "Ratna Contoh",
        email: "ratna@contoh.example",
        role: "pic",
        key: uuid::Uuid::new_v4().to_string(),
    }
}

/// Sends a nomination.
pub async fn nominate(by: &Actor, path: &str, form: &Nomination) -> reqwest::Response {
    let fields = [
        ("instansi", form.institution.as_str()),
        ("nip", form.nip),
        ("nama", form.name),
        ("surel", form.email),
        ("peran", form.role),
        ("kunci", form.key.as_str()),
    ];
    by.post(path, &fields).await
}
