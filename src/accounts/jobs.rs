//! Work of the schedule: forgetting what no longer counts.

use diesel::QueryResult;

use super::queries;
use super::slowdown::WINDOW_SECONDS;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::web::SessionRules;

/// Links are kept for this long after they ran out: 30 days.
const LINK_SECONDS: i64 = 30 * 24 * 3600;

/// Removes sessions that are over, tries to sign in that no longer count (they
/// hold addresses of people), and links that ran out long ago. Once an hour is
/// enough.
///
/// # Errors
/// The database's.
pub fn forget_what_is_over(conn: &mut DbConn, now: Moment) -> QueryResult<()> {
    queries::forget_sessions_before(conn, now.plus_seconds(-SessionRules::TOTAL_SECONDS))?;
    queries::forget_anonymous_before(conn, now.plus_seconds(-SessionRules::IDLE_SECONDS))?;
    queries::forget_attempts_before(conn, now.plus_seconds(-WINDOW_SECONDS))?;
    queries::forget_links_before(conn, now.plus_seconds(-LINK_SECONDS))?;
    Ok(())
}
