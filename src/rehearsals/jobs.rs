//! The jobs that run rehearsals and check results again.

use super::model::RehearsalId;
use super::queries;
use super::recheck::{self, RecheckId};
use super::run::{self, RunError};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn, DbError};
use crate::platform::jobs::{self, Job};

/// The kind of the job; its subject is the rehearsal.
pub const REHEARSE: &str = "rules.rehearse";

/// As above; its subject is the recheck.
pub const RECHECK: &str = "rules.recheck";

/// Why no job could be done.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalJobError {
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// What a job does with the subject that it was queued with.
type Work = fn(&Db, &Clock, &Job) -> Result<(), RunError>;

/// Takes up the next rehearsal, or result to be checked again, and runs it to
/// its end; `false` when none waits.
///
/// # Errors
/// The database's. What goes wrong in the work itself is noted on the job.
pub async fn run_next(db: &Db, clock: &Clock) -> Result<bool, RehearsalJobError> {
    Ok(run_one(db, clock, (RECHECK, recheck)).await?
        || run_one(db, clock, (REHEARSE, rehearse)).await?)
}

async fn run_one(
    db: &Db,
    clock: &Clock,
    (kind, work): (&'static str, Work),
) -> Result<bool, RehearsalJobError> {
    let now = clock.now();
    let claimed = db.write(move |conn| jobs::claim(conn, kind, now)).await??;
    let Some(job) = claimed else {
        return Ok(false);
    };
    let (on, with, taken) = (db.clone(), clock.clone(), job.clone());
    let ended = actix_web::rt::task::spawn_blocking(move || work(&on, &with, &taken)).await;
    let fault = match ended {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(error) => Some(error.to_string()),
    };
    let now = clock.now();
    db.write(move |conn| match fault {
        None => jobs::finish(conn, &job, now).map(drop),
        Some(error) => {
            tracing::warn!(job = %job.id, %error, "a rehearsal failed");
            jobs::fail(conn, &job, &error, now).map(drop)
        }
    })
    .await??;
    Ok(true)
}

fn rehearse(db: &Db, clock: &Clock, job: &Job) -> Result<(), RunError> {
    let id = RehearsalId::try_from(job.subject.clone());
    let id = id.map_err(|_no_id| RunError::NotDeclared)?;
    let found = queries::find(&mut *db.connection()?, id)?;
    let (rehearsal, _) = found.ok_or(RunError::NotDeclared)?;
    let mut go_on = |conn: &mut DbConn| jobs::renew(conn, job, clock.now());
    run::run(db, &rehearsal, &mut go_on)?;
    queries::finish(&mut *db.connection()?, id, clock.now())?;
    Ok(())
}

fn recheck(db: &Db, clock: &Clock, job: &Job) -> Result<(), RunError> {
    let id = RecheckId::try_from(job.subject.clone());
    let id = id.map_err(|_no_id| RunError::NotDeclared)?;
    let found = queries::find_recheck(&mut *db.connection()?, id)?;
    let (recheck, _, _, dataset, _) = found.ok_or(RunError::NotDeclared)?;
    let mut go_on = |conn: &mut DbConn| jobs::renew(conn, job, clock.now());
    let outcome = recheck::run(db, (&recheck, &dataset), &mut go_on)?;
    let outcome = serde_json::to_string(&outcome).unwrap_or_default();
    queries::finish_recheck(&mut *db.connection()?, id, &outcome, clock.now())?;
    Ok(())
}
