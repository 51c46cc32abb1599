//! Signing in and out.

use diesel::QueryResult;
use serde_json::json;

use super::{Failure, takes_failures};
use crate::accounts::model::Account;
use crate::accounts::queries::{self, AttemptId};
use crate::accounts::session::{MOST_SESSIONS, OwnSession};
use crate::audit::{self, Entry, SYSTEM};
use crate::platform::clock::Moment;
use crate::platform::counters;
use crate::platform::db::DbConn;
use crate::platform::secret::sha256_hex;

/// Why a try to sign in is not taken now.
#[derive(Debug, thiserror::Error)]
pub enum TryError {
    /// Too many failures before; seconds to wait.
    #[error("too many failures, wait {0} s")]
    Wait(i64),
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}
takes_failures!(TryError);

/// Takes a try to sign in under a typed NIP, or says how long it must wait. The
/// try counts as a failure until [`succeed`], so that many tries sent at once
/// count too.
///
/// # Errors
/// How long to wait.
pub fn begin_try(
    conn: &mut DbConn,
    nip: &str,
    address: &str,
    now: Moment,
) -> Result<AttemptId, TryError> {
    // Taking the number makes tries at the same moment queue up here.
    counters::next(conn, "sign_in_attempts")?;
    let nip_hash = sha256_hex(nip.as_bytes());
    let history = queries::failures(conn, &nip_hash, address, now)?;
    match history.wait(now) {
        Some(seconds) => Err(TryError::Wait(seconds)),
        None => Ok(queries::record_attempt(conn, &nip_hash, address, now)?),
    }
}

/// Records that somebody signed in, keeps the stronger hash of the password if
/// there is one, and makes room for one more session. Returns whether a session
/// in use was ended for that.
///
/// # Errors
/// The database's.
pub fn succeed(
    conn: &mut DbConn,
    attempt: AttemptId,
    account: &Account,
    stronger: Option<&str>,
    now: Moment,
) -> QueryResult<bool> {
    queries::mark_succeeded(conn, attempt)?;
    if let (Some(old), Some(new)) = (&account.password_hash, stronger) {
        queries::replace_hash(conn, account.id, old, new)?;
    }
    let ended = make_room(conn, account, now)?;
    let entry = Entry {
        detail: json!({ "role": account.role.word(), "sessions_ended": ended.len() }),
        ..own_entry(account, "accounts.signed_in")
    };
    audit::record(conn, entry, now)?;
    Ok(ended.iter().any(|session| session.is_live(now)))
}

/// Ends the sessions used longest ago, until one more is allowed.
fn make_room(conn: &mut DbConn, account: &Account, now: Moment) -> QueryResult<Vec<OwnSession>> {
    let mut sessions = queries::sessions_of(conn, account.id, now)?;
    let kept = sessions.len().min(MOST_SESSIONS - 1);
    let ended = sessions.split_off(kept);
    let keys: Vec<String> = ended.iter().map(|one| one.key_hash.clone()).collect();
    queries::end_these(conn, &keys)?;
    Ok(ended)
}

/// Records that a try failed. An unknown NIP is recorded without the NIP.
///
/// # Errors
/// The database's.
pub fn fail_try(conn: &mut DbConn, account: Option<&Account>, now: Moment) -> QueryResult<()> {
    let entry = Entry {
        actor: SYSTEM.to_owned(),
        institution: account.map(|account| account.institution_id.to_string()),
        action: "accounts.sign_in_failed",
        subject: (
            "account",
            account.map_or_else(|| "unknown".to_owned(), |account| account.id.to_string()),
        ),
        detail: json!({}),
    };
    audit::record(conn, entry, now)
}

/// Records that a signed-in person gave a wrong password.
///
/// # Errors
/// The database's.
pub fn fail_check(conn: &mut DbConn, account: &Account, now: Moment) -> QueryResult<()> {
    audit::record(
        conn,
        own_entry(account, "accounts.password_check_failed"),
        now,
    )
}

/// Records that somebody signed out.
///
/// # Errors
/// The database's.
pub fn sign_out(conn: &mut DbConn, account: &Account, now: Moment) -> QueryResult<()> {
    audit::record(conn, own_entry(account, "accounts.signed_out"), now)
}

/// What a person did to the own account.
pub(super) fn own_entry(account: &Account, action: &'static str) -> Entry {
    entry_by(account, account, action)
}

/// What one person did to the account of another.
pub(super) fn entry_by(by: &Account, account: &Account, action: &'static str) -> Entry {
    Entry {
        actor: by.id.to_string(),
        institution: Some(account.institution_id.to_string()),
        action,
        subject: ("account", account.id.to_string()),
        detail: json!({ "role": account.role.word() }),
    }
}
