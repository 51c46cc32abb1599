//! One-time links: giving them, and setting a password with one.

use serde_json::json;

use super::entering::{entry_by, own_entry};
use super::reach::within_reach;
use super::{Failure, TryError, takes_failures};
use crate::accounts::link::{AccountLink, LinkPurpose};
use crate::accounts::model::{Account, AccountId, State};
use crate::accounts::{mails, queries};
use crate::audit::{self, Entry, SYSTEM};
use crate::correspondence;
use crate::institutions::Institution;
use crate::platform::clock::Moment;
use crate::platform::counters;
use crate::platform::db::DbConn;
use crate::platform::secret;

/// Reset links an hour for one account.
const RESETS_AN_HOUR: i64 = 3;

/// Gives an account a new link; older ones no longer hold. Returns the secret.
pub(super) fn give_link(
    conn: &mut DbConn,
    account: AccountId,
    purpose: LinkPurpose,
    now: Moment,
) -> Result<String, Failure> {
    let token = secret::token()?;
    queries::withdraw_links(conn, account, now)?;
    queries::insert_link(conn, &AccountLink::new(account, &token, purpose, now))?;
    Ok(token)
}

/// Gives an account its invitation and mails it.
pub(super) fn invite(
    conn: &mut DbConn,
    account: &Account,
    institution: &Institution,
    now: Moment,
) -> Result<(), Failure> {
    let token = give_link(conn, account.id, LinkPurpose::Invitation, now)?;
    let mail = mails::invitation(account, institution, token, now)?;
    correspondence::post(conn, &mail, now)?;
    Ok(())
}

/// Why no new link is sent.
#[derive(Debug, thiserror::Error)]
pub enum SendLinkError {
    /// No such account within reach.
    #[error("no such account")]
    NotFound,
    /// The account is closed.
    #[error("the account is closed")]
    Closed,
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}
takes_failures!(SendLinkError);

/// Sends a person a new link: an invitation to who has no password yet, a link
/// for a new password to who has one. Says which.
///
/// # Errors
/// Why it is not sent.
pub fn send_link(
    conn: &mut DbConn,
    by: &Account,
    id: AccountId,
    now: Moment,
) -> Result<LinkPurpose, SendLinkError> {
    let (account, institution) = within_reach(conn, by, id)?.ok_or(SendLinkError::NotFound)?;
    let (purpose, action) = match account.state() {
        State::Closed => return Err(SendLinkError::Closed),
        State::Invited => {
            invite(conn, &account, &institution, now)?;
            (LinkPurpose::Invitation, "accounts.invited_again")
        }
        State::Open => {
            post_reset(conn, &account, now)?;
            (LinkPurpose::Reset, "accounts.reset_sent")
        }
    };
    audit::record(conn, entry_by(by, &account, action), now)?;
    Ok(purpose)
}

/// Mails a reset link to the owner of a NIP, if there is one. The caller learns
/// nothing about that.
///
/// # Errors
/// How long to wait after too many tries, known NIP or not.
pub fn ask_reset(conn: &mut DbConn, nip: &str, address: &str, now: Moment) -> Result<(), TryError> {
    counters::next(conn, "sign_in_attempts")?;
    let key = secret::sha256_hex(format!("reset {nip}").as_bytes());
    if let Some(seconds) = queries::failures(conn, &key, address, now)?.crowding(now) {
        return Err(TryError::Wait(seconds));
    }
    queries::record_attempt(conn, &key, address, now)?;
    let account = queries::open_by_nip(conn, nip)?;
    if let Some(account) = &account {
        send_reset(conn, account, now)?;
    }
    let subject = account.map_or_else(|| "unknown".to_owned(), |account| account.id.to_string());
    let entry = Entry {
        actor: SYSTEM.to_owned(),
        institution: None,
        action: "accounts.reset_asked",
        subject: ("account", subject),
        detail: json!({}),
    };
    audit::record(conn, entry, now)?;
    Ok(())
}

fn send_reset(conn: &mut DbConn, account: &Account, now: Moment) -> Result<(), Failure> {
    let recent = queries::resets_since(conn, account.id, now.plus_seconds(-3600))?;
    if recent >= RESETS_AN_HOUR {
        return Ok(());
    }
    post_reset(conn, account, now)
}

/// Gives an account a link for a new password and mails it.
fn post_reset(conn: &mut DbConn, account: &Account, now: Moment) -> Result<(), Failure> {
    let token = give_link(conn, account.id, LinkPurpose::Reset, now)?;
    correspondence::post(conn, &mails::reset(account, token, now)?, now)?;
    Ok(())
}

/// Why a password is not set with a link.
#[derive(Debug, thiserror::Error)]
pub enum SetPasswordError {
    /// The link is unknown, used, withdrawn or too old, or its account closed.
    #[error("the link no longer holds")]
    LinkGone,
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}
takes_failures!(SetPasswordError);

/// Sets the password of the account that a link belongs to, uses the link up
/// and ends every session of the account.
///
/// # Errors
/// When the link no longer holds.
pub fn set_password(
    conn: &mut DbConn,
    token: &str,
    hash: &str,
    now: Moment,
) -> Result<(), SetPasswordError> {
    let found = queries::link_by_hash(conn, &secret::sha256_hex(token.as_bytes()))?;
    let (link, account, _) = found.ok_or(SetPasswordError::LinkGone)?;
    if !queries::use_link(conn, link.id, now)? {
        return Err(SetPasswordError::LinkGone);
    }
    replace_password(conn, &account, hash, now)?;
    if link.purpose == LinkPurpose::Reset {
        let mail = mails::password_changed(&account, now).map_err(Failure::from)?;
        correspondence::post(conn, &mail, now)?;
    }
    let entry = Entry {
        detail: json!({ "link": link.purpose.word() }),
        ..own_entry(&account, "accounts.password_set")
    };
    audit::record(conn, entry, now)?;
    Ok(())
}

/// Writes a new password; no older link and no session outlives it.
pub(super) fn replace_password(
    conn: &mut DbConn,
    account: &Account,
    hash: &str,
    now: Moment,
) -> Result<(), Failure> {
    queries::set_password(conn, account.id, hash, now)?;
    queries::withdraw_links(conn, account.id, now)?;
    queries::end_sessions(conn, account.id)?;
    Ok(())
}
