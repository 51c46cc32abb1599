//! The first administrator, made from the command line.

use serde_json::json;
use url::Url;

use super::linking::give_link;
use super::{Failure, takes_failures};
use crate::accounts::link::LinkPurpose;
use crate::accounts::model::{Account, Role};
use crate::accounts::{email, queries};
use crate::audit::{self, Entry, SYSTEM};
use crate::institutions::Institution;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::nip::{self, Nip, NipError};

/// Why no administrator is made.
#[derive(Debug, thiserror::Error)]
pub enum CreateAdminError {
    /// The NIP is not one.
    #[error("the NIP is not one: {0}")]
    Nip(#[from] NipError),
    /// The name is empty or too long.
    #[error("a name of 1 to {MAX_NAME} characters is needed")]
    Name,
    /// No mail can be sent to the address.
    #[error("the e-mail address cannot be used")]
    Email,
    /// The NIP has an account already.
    #[error("this NIP has an account already")]
    NipTaken,
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}
takes_failures!(CreateAdminError);

const MAX_NAME: usize = 120;

/// The person who is to administer the portal.
#[derive(Debug, Clone, Copy)]
pub struct FirstAdmin<'a> {
    /// 18 digits, spaces allowed.
    pub nip: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// Where mail to the person goes.
    pub email: &'a str,
}

/// Makes an administrator of BKN, and BKN itself if it is not on record yet.
/// Returns the one-time link that sets the password: whoever may run this
/// command hands it over. Runs inside a transaction.
///
/// # Errors
/// Why none is made.
pub fn create_first_admin(
    conn: &mut DbConn,
    person: FirstAdmin<'_>,
    base_url: &Url,
    now: Moment,
) -> Result<String, CreateAdminError> {
    let nip = nip::typed(person.nip)?.parse::<Nip>()?.to_string();
    let name = person.name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(CreateAdminError::Name);
    }
    let email = email::usable(person.email).ok_or(CreateAdminError::Email)?;
    if queries::by_nip(conn, &nip)?.is_some() {
        return Err(CreateAdminError::NipTaken);
    }
    let home = home(conn, now)?;
    let account = Account::new(home.id, &nip, name, &email, Role::Admin, now);
    queries::insert(conn, &account)?;
    let token = give_link(conn, account.id, LinkPurpose::Invitation, now)?;
    let entry = Entry {
        actor: SYSTEM.to_owned(),
        institution: Some(home.id.to_string()),
        action: "accounts.admin_created",
        subject: ("account", account.id.to_string()),
        detail: json!({ "role": account.role.word() }),
    };
    audit::record(conn, entry, now)?;
    Ok(format!(
        "{}/tautan/{token}",
        base_url.as_str().trim_end_matches('/')
    ))
}

fn home(conn: &mut DbConn, now: Moment) -> Result<Institution, CreateAdminError> {
    if let Some(home) = queries::home(conn)? {
        return Ok(home);
    }
    let home = Institution::home(now);
    queries::insert_institution(conn, &home)?;
    Ok(home)
}
