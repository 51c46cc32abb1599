//! Who is told by mail.

use diesel::QueryResult;

use super::model::{Agreement, Correspondent, PartySide};
use super::queries;
use crate::accounts::{self, Account};
use crate::correspondence::Mail;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Somebody to whom a mail goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Office, function or name.
    pub name: String,
    /// The address.
    pub email: String,
}

impl Addressee {
    /// A mail about an agreement's affairs to this addressee.
    pub fn mail(
        &self,
        agreement: &Agreement,
        kind: &'static str,
        subject: String,
        (body_text, body_html): (String, String),
    ) -> Mail {
        Mail {
            kind,
            institution: Some(agreement.institution_id.to_string()),
            recipient_name: self.name.clone(),
            recipient: self.email.clone(),
            subject,
            body_text,
            body_html,
            secret: None,
        }
    }
}

impl From<Correspondent> for Addressee {
    fn from(one: Correspondent) -> Self {
        Self {
            name: one.office,
            email: one.email,
        }
    }
}

impl From<Account> for Addressee {
    fn from(one: Account) -> Self {
        Self {
            name: one.name,
            email: one.email,
        }
    }
}

/// BKN's correspondents in force.
///
/// # Errors
/// The database's.
pub fn bkn_addressees(
    conn: &mut DbConn,
    agreement: &Agreement,
    now: Moment,
) -> QueryResult<Vec<Addressee>> {
    offices(conn, agreement, PartySide::Bkn, now)
}

fn offices(
    conn: &mut DbConn,
    agreement: &Agreement,
    side: PartySide,
    now: Moment,
) -> QueryResult<Vec<Addressee>> {
    let day = now.jakarta_date();
    let offices = queries::correspondents_in_force(conn, agreement.id, side, day)?;
    Ok(offices.into_iter().map(Addressee::from).collect())
}

/// The partner's correspondents in force and its PICs, each address once.
///
/// # Errors
/// The database's.
pub fn partner_addressees(
    conn: &mut DbConn,
    agreement: &Agreement,
    now: Moment,
) -> QueryResult<Vec<Addressee>> {
    let offices = offices(conn, agreement, PartySide::Partner, now)?.into_iter();
    let pics = accounts::pics_of(conn, agreement.institution_id)?;
    let pics = pics.into_iter().map(Addressee::from);
    Ok(each_once(offices.chain(pics)))
}

/// The same addressees, each address once.
pub fn each_once(all: impl Iterator<Item = Addressee>) -> Vec<Addressee> {
    let mut once: Vec<Addressee> = Vec::new();
    for addressee in all {
        let seen = once
            .iter()
            .any(|other| other.email.eq_ignore_ascii_case(&addressee.email));
        if !seen {
            once.push(addressee);
        }
    }
    once
}
