//! The people who can sign in to the demo.

use diesel::prelude::*;

use super::DemoError;
use super::facts::{Facts, PersonFact};
use super::partners::World;
use crate::accounts::{Account, Role, password};
use crate::platform::clock::Moment;
use crate::platform::db::{DbConn, schema};

/// The password of every demo account. The demo refuses to run anywhere but
/// on this machine.
pub const PASSWORD: &str = "kain lurik biru pagi hari";

/// A line of the table that is printed at the start.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    /// What the person works as.
    pub role: &'static str,
    /// The person's name.
    pub name: String,
    /// The institution's short name.
    pub institution: String,
    /// The NIP to sign in with.
    pub nip: String,
}

/// The table of accounts.
pub(super) fn accounts(facts: &Facts) -> Vec<DemoAccount> {
    let short_name = |key: &str| {
        facts
            .institutions()
            .find(|institution| institution.key == key)
            .map_or("BKN", |institution| institution.short_name.as_str())
            .to_owned()
    };
    facts
        .fictional
        .people
        .iter()
        .map(|person| DemoAccount {
            role: role(person).label(),
            name: person.name.clone(),
            institution: short_name(&person.institution),
            nip: person.nip.clone(),
        })
        .collect()
}

/// Makes the accounts, each with the demo's password.
pub(super) fn load(
    conn: &mut DbConn,
    facts: &Facts,
    world: &mut World,
    now: Moment,
) -> Result<(), DemoError> {
    let hash = password::hash(PASSWORD).map_err(|error| DemoError::Refused(error.to_string()))?;
    for person in &facts.fictional.people {
        let institution = world.institution(&person.institution)?;
        let mut account = Account::new(
            institution,
            &person.nip,
            &person.name,
            &person.email,
            role(person),
            now,
        );
        account.password_hash = Some(hash.clone());
        account.password_set_at = Some(now);
        account.confidentiality_accepted_at = Some(now);
        diesel::insert_into(schema::accounts::table)
            .values(&account)
            .execute(conn)?;
        world.people.push((person.institution.clone(), account));
    }
    Ok(())
}

fn role(person: &PersonFact) -> Role {
    match person.role.as_str() {
        "lead_pic" => Role::LeadPic,
        "observer" => Role::Observer,
        "bkn_admin" => Role::Admin,
        "bkn_verifier" => Role::Verifier,
        "bkn_auditor" => Role::Auditor,
        _ => Role::Pic,
    }
}
