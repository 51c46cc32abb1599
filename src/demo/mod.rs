//! The demo: a portal worth looking at from the first minute.
//!
//! It loads the five agreements as they are recorded in `demo/agreements.json`,
//! six invented institutions, invented people, a register of invented civil
//! servants, and what happened between them, dated relative to the day of
//! loading, so that every state of the overview can be seen. Every address is
//! under a reserved domain: nobody real is ever written to.

mod codes;
mod events;
mod facts;
mod lists;
mod partners;
mod people;
mod published;
mod register;
mod reports;
mod rows;
mod rules;
mod samples;
mod submissions;
mod unfinished;

pub use people::{DemoAccount, PASSWORD};
pub use samples::write_samples;

use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{DbConn, transaction};
use crate::references;
use crate::server::Parts;

/// Why the demo could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file of the demo is not what it should be.
    #[error("{file}: {reason}")]
    File {
        /// The file's name under `demo/`.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A query failed.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] crate::platform::db::DbError),
    /// A file could not be kept.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A deed of the demo was refused by the portal.
    #[error("refused: {0}")]
    Refused(String),
}

impl DemoError {
    fn refused(reason: impl std::fmt::Display) -> Self {
        Self::Refused(reason.to_string())
    }
}

/// Whether the portal holds anything yet.
///
/// # Errors
/// The database's.
pub fn is_empty(conn: &mut DbConn) -> diesel::QueryResult<bool> {
    use crate::platform::db::schema::institutions;
    use diesel::prelude::*;
    institutions::table
        .count()
        .get_result::<i64>(conn)
        .map(|count| count == 0)
}

/// Loads the demo into an empty portal.
///
/// # Errors
/// Names the file or the deed that failed; what came before it stays.
pub async fn load(parts: &Parts, now: Moment) -> Result<(), DemoError> {
    let facts = facts::Facts::read()?;
    let mut world = begin(&mut *parts.db.connection()?, &facts, now)?;
    events::replay(parts, &facts, &mut world, now).await?;
    rules::tend(parts, &world, now).await
}

/// Loads what is there before anything happens. Partners come first: where they
/// are there already the load is refused and nothing changes.
fn begin(
    conn: &mut DbConn,
    facts: &facts::Facts,
    now: Moment,
) -> Result<partners::World, DemoError> {
    transaction(conn, |conn| references::load_embedded(conn, now)).map_err(DemoError::refused)?;
    let world = transaction(conn, |conn| partners::load(conn, facts, now))?;
    lists::renew(conn, &world, now)?;
    register::load(conn, facts, &Clock::fixed(now))?;
    Ok(world)
}

/// Who can sign in, in the order of the file.
///
/// # Errors
/// When the file is not what it should be.
pub fn accounts() -> Result<Vec<DemoAccount>, DemoError> {
    Ok(people::accounts(&facts::Facts::read()?))
}
