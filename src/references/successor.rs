//! Naming by hand what took the place of a code that is in force no more.

use serde_json::json;

use super::model::Code;
use super::queries::{change, find};
use crate::audit::{self, Entry};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// What is said to have taken the place of which code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// The list.
    pub list: String,
    /// The code that ended.
    pub ended: String,
    /// The code that took its place.
    pub by: String,
    /// Why it is this one.
    pub reason: String,
}

/// Why a successor was not noted.
#[derive(Debug, thiserror::Error)]
pub enum SuccessorError {
    /// The list never had the code.
    #[error("no such code")]
    NotFound,
    /// The code is in force.
    #[error("the code is in force")]
    InForce,
    /// The successor is not in force.
    #[error("the successor is not in force")]
    NotInForce,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Notes which code took the place of one that ended; an earlier note gives way.
///
/// # Errors
/// See [`SuccessorError`].
pub fn name_successor(
    conn: &mut DbConn,
    order: &Successor,
    actor: &str,
    now: Moment,
) -> Result<(), SuccessorError> {
    let last = find::last_of(conn, &order.list, &order.ended)?;
    let last: Code = last.ok_or(SuccessorError::NotFound)?;
    if last.until.is_none() {
        return Err(SuccessorError::InForce);
    }
    let by = find::last_of(conn, &order.list, &order.by)?;
    if by.is_none_or(|by| by.until.is_some()) {
        return Err(SuccessorError::NotInForce);
    }
    change::note_successor(conn, &last, &order.by)?;
    let entry = Entry {
        actor: actor.to_owned(),
        institution: None,
        action: "references.successor_named",
        subject: ("reference_list", order.list.clone()),
        detail: json!({
            "code": order.ended, "from": last.replaced_by, "to": order.by, "reason": order.reason,
        }),
    };
    Ok(audit::record(conn, entry, now)?)
}
