//! Ending sessions, the own ones or those of another.

use diesel::QueryResult;
use serde_json::json;

use super::entering::entry_by;
use super::reach::within_reach;
use super::{Failure, takes_failures};
use crate::accounts::model::{Account, AccountId};
use crate::accounts::queries;
use crate::audit::{self, Entry};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Which sessions of an account end. An unknown mark is no session's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The one with this mark.
    One(String),
    /// All but the one with this mark.
    AllBut(String),
    /// All.
    All,
}

impl Ending {
    fn means(&self, mark: &str) -> bool {
        match self {
            Self::One(one) => one == mark,
            Self::AllBut(kept) => kept != mark,
            Self::All => true,
        }
    }
}

/// Ends sessions of the own account.
///
/// # Errors
/// The database's.
pub fn end_own_sessions(
    conn: &mut DbConn,
    account: &Account,
    which: &Ending,
    now: Moment,
) -> QueryResult<()> {
    end(conn, account, account, which, now)
}

/// Why sessions of another are not ended.
#[derive(Debug, thiserror::Error)]
pub enum EndSessionsError {
    /// No such account within reach.
    #[error("no such account")]
    NotFound,
    /// What any deed can meet.
    #[error(transparent)]
    Failed(#[from] Failure),
}
takes_failures!(EndSessionsError);

/// Ends sessions of an account within reach.
///
/// # Errors
/// When it is not.
pub fn end_sessions_of(
    conn: &mut DbConn,
    by: &Account,
    id: AccountId,
    which: &Ending,
    now: Moment,
) -> Result<(), EndSessionsError> {
    let (account, _) = within_reach(conn, by, id)?.ok_or(EndSessionsError::NotFound)?;
    Ok(end(conn, by, &account, which, now)?)
}

fn end(
    conn: &mut DbConn,
    by: &Account,
    account: &Account,
    which: &Ending,
    now: Moment,
) -> QueryResult<()> {
    let sessions = queries::sessions_of(conn, account.id, now)?;
    let keys: Vec<String> = sessions
        .into_iter()
        .filter(|session| which.means(&session.mark()))
        .map(|session| session.key_hash)
        .collect();
    let ended = queries::end_these(conn, &keys)?;
    if ended > 0 {
        let entry = Entry {
            detail: json!({ "sessions": ended }),
            ..entry_by(by, account, "accounts.sessions_ended")
        };
        audit::record(conn, entry, now)?;
    }
    Ok(())
}
