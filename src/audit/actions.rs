//! Recording, and proving that nothing recorded was changed.

use diesel::QueryResult;

use super::model::{AuditEvent, Entry};
use super::queries;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Events that are checked at a time: memory does not grow with the trail.
const CHUNK: i64 = 1_000;

/// A trail that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many events it has.
    pub events: i64,
    /// The hash of the last; empty when there is none.
    pub head: String,
}

/// Why a trail is not proved whole.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// An event is missing, was changed, or stands where another was.
    #[error("broken at event {sequence}")]
    Broken {
        /// The first place that is not as it was recorded.
        sequence: i64,
    },
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Adds an event to the trail. Runs inside `Db::write`, with the deed itself.
///
/// # Errors
/// The database's.
pub fn record(conn: &mut DbConn, entry: Entry, now: Moment) -> QueryResult<()> {
    let (sequence, previous_hash) = queries::advance_head(conn)?;
    let event = AuditEvent::following(entry, sequence, previous_hash, now);
    queries::append(conn, &event)
}

/// Checks every event up to the present head, one after the other. A trail cut
/// at its end together with its head, or made anew as a whole, shows only
/// against a head that was noted elsewhere.
///
/// # Errors
/// The first place that is broken, or the database's.
pub fn verify(conn: &mut DbConn) -> Result<Verified, VerifyError> {
    let (last, head) = queries::head(conn)?;
    let (mut sequence, mut hash) = (0, String::new());
    while sequence < last {
        let events = queries::chunk(conn, sequence, last, CHUNK)?;
        if events.is_empty() {
            return Err(broken(sequence + 1));
        }
        for event in events {
            if !event.follows(sequence, &hash) {
                return Err(broken(sequence + 1));
            }
            (sequence, hash) = (event.sequence, event.hash);
        }
    }
    if hash != head {
        return Err(broken(last));
    }
    let events = last;
    Ok(Verified { events, head })
}

fn broken(sequence: i64) -> VerifyError {
    VerifyError::Broken { sequence }
}
