//! Recording.

use diesel::QueryResult;

use super::model::{AuditEvent, Entry};
use super::queries;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Adds an event to the trail. Runs inside `Db::write`, with the deed itself.
///
/// # Errors
/// The database's.
pub fn record(conn: &mut DbConn, entry: Entry, now: Moment) -> QueryResult<()> {
    let (sequence, previous_hash) = queries::advance_head(conn)?;
    let event = AuditEvent::following(entry, sequence, previous_hash, now);
    queries::append(conn, &event)
}
