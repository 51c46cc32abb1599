//! The job that checks an upload, in a process of its own.

use std::process::ExitStatus;
use std::time::Duration;
use tokio::time::{Instant, timeout};

use super::{queries, queue};
use crate::platform::child;
use crate::platform::clock::{Clock, Moment};
use crate::platform::config::StorageConfig;
use crate::platform::db::{Db, DbError};
use crate::platform::jobs::{self, Job};

/// The kind of the job; its subject is the version.
pub const CHECK: &str = "submissions.check";

/// After this a check is ended.
const WALL_TIME: Duration = Duration::from_secs(600);
/// Between two renewals of the claim, well within its lease.
const RENEWAL: Duration = Duration::from_secs(5);

/// Why no job could be done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// How the child came to its end.
enum End {
    Exited(ExitStatus),
    NotStarted(std::io::Error),
    TooLong,
    ClaimLost,
}

/// Takes up the check whose turn it is and does it; `false` when none waits.
/// Ends when the check has ended.
///
/// # Errors
/// The database's. What goes wrong in the check itself is noted on the job.
pub async fn check_next(db: &Db, clock: &Clock, storage: &StorageConfig) -> Result<bool, JobError> {
    if !db.read(queries::queue::is_any_open).await?? {
        return Ok(false);
    }
    let now = clock.now();
    let claimed = db.write(move |conn| queue::claim_next(conn, now)).await??;
    let Some(job) = claimed else {
        return Ok(false);
    };
    let end = run(db, clock, storage, &job).await?;
    let now = clock.now();
    match end {
        End::Exited(status) if status.success() => {
            db.write(move |conn| jobs::finish(conn, &job, now))
                .await??;
        }
        End::Exited(status) => fail(db, job, status.to_string(), now).await?,
        End::NotStarted(error) => fail(db, job, error.to_string(), now).await?,
        End::TooLong => fail(db, job, format!("longer than {WALL_TIME:?}"), now).await?,
        End::ClaimLost => tracing::warn!(job = %job.id, "the claim on a check was lost"),
    }
    Ok(true)
}

async fn run(db: &Db, clock: &Clock, storage: &StorageConfig, job: &Job) -> Result<End, JobError> {
    let began = clock.now().utc().to_rfc3339();
    let arguments = ["check-upload", job.subject.as_str(), began.as_str()];
    let mut child = match child::command(storage, &arguments).spawn() {
        Ok(child) => child,
        Err(error) => return Ok(End::NotStarted(error)),
    };
    // Held open: the child ends when it is closed.
    let parent = child.stdin.take();
    let started = Instant::now();
    let end = loop {
        match timeout(RENEWAL, child.wait()).await {
            Ok(Ok(status)) => break End::Exited(status),
            Ok(Err(error)) => break End::NotStarted(error),
            Err(_) if started.elapsed() > WALL_TIME => break End::TooLong,
            Err(_) if !renew(db, job, clock.now()).await? => break End::ClaimLost,
            Err(_) => {}
        }
    };
    drop(parent);
    if matches!(end, End::TooLong | End::ClaimLost) {
        // It may have ended by itself meanwhile.
        let _ = child.kill().await;
    }
    Ok(end)
}

async fn renew(db: &Db, job: &Job, now: Moment) -> Result<bool, JobError> {
    let job = job.clone();
    Ok(db.write(move |conn| jobs::renew(conn, &job, now)).await??)
}

async fn fail(db: &Db, job: Job, error: String, now: Moment) -> Result<(), JobError> {
    tracing::warn!(job = %job.id, attempt = job.attempts, %error, "a check failed");
    db.write(move |conn| jobs::fail(conn, &job, &error, now))
        .await??;
    Ok(())
}
