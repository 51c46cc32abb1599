//! The job that makes a publication's file, and the one that publishes what plans
//! have due.

use super::actions;
use super::making::{self, MakeError};
use super::model::DeliveryId;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbError};
use crate::platform::files::FileStore;
use crate::platform::jobs::{self, Job};

/// The kind of the job; its subject is the publication.
pub const MAKE: &str = "deliveries.make";

/// Why no job could be done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// The thread went away.
    #[error(transparent)]
    Thread(#[from] actix_web::error::BlockingError),
}

/// Makes the file of the publication that waits longest; `false` when none
/// does.
///
/// # Errors
/// The database's. What goes wrong in making it is noted on the job.
pub async fn make_next(db: &Db, clock: &Clock, files: &FileStore) -> Result<bool, JobError> {
    let now = clock.now();
    let claimed = db.write(move |conn| jobs::claim(conn, MAKE, now)).await??;
    let Some(job) = claimed else {
        return Ok(false);
    };
    let at = (db.clone(), clock.clone(), files.clone(), job.clone());
    let made = actix_web::web::block(move || making::make(&at.0, &at.1, &at.2, &at.3)).await?;
    let now = clock.now();
    match made {
        Ok(()) => {
            db.write(move |conn| jobs::finish(conn, &job, now))
                .await??;
        }
        Err(MakeError::ClaimLost) => {
            tracing::warn!(job = %job.id, "the claim on a delivery's file was lost");
        }
        Err(error) => fail(db, job, &error, clock).await?,
    }
    Ok(true)
}

async fn fail(db: &Db, job: Job, error: &MakeError, clock: &Clock) -> Result<(), JobError> {
    tracing::warn!(job = %job.id, attempt = job.attempts, %error, "a delivery's file was not made");
    let (now, error) = (clock.now(), error.to_string());
    let given_up = db
        .write(move |conn| {
            let is_given_up = jobs::fail(conn, &job, &error, now)?;
            let id = DeliveryId::try_from(job.subject).ok();
            let id = id.filter(|_| is_given_up);
            if let Some(id) = id {
                actions::give_up(conn, id, now)?;
            }
            diesel::QueryResult::Ok(id)
        })
        .await??;
    if let Some(id) = given_up {
        let forgotten = db.read(move |conn| making::forget(conn, id)).await?;
        forgotten
            .inspect_err(|error| tracing::warn!(%error, "persons stay noted"))
            .ok();
    }
    Ok(())
}

/// Publishes the period that a plan has had due longest; `false` when none is
/// due.
///
/// # Errors
/// The database's.
pub async fn publish_due(db: &Db, clock: &Clock) -> Result<bool, JobError> {
    let now = clock.now();
    let due = db.read(move |conn| actions::due_period(conn, now.jakarta_date()));
    let Some(due) = due.await?? else {
        return Ok(false);
    };
    db.write(move |conn| actions::make_period(conn, due, now))
        .await??;
    Ok(true)
}
