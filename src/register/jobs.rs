//! The job that imports an uploaded extract, in a process of its own.

use std::fs::File;
use std::io;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use tokio::time::timeout;

use super::actions::{self, ChangeError};
use super::import::{ImportError, go_on};
use super::model::{ImportFailure, RegisterImport, RegisterImportId};
use super::queries::imports;
use crate::audit::SYSTEM;
use crate::platform::child;
use crate::platform::clock::{Clock, Moment};
use crate::platform::config::StorageConfig;
use crate::platform::db::{self, Db, DbConn, DbError};
use crate::platform::files::FileStore;
use crate::platform::jobs::{self, Job};

/// The kind of the job; its subject is the import.
pub(super) const IMPORT: &str = "register.import";

/// Seconds that the file of an import that broke off is kept: a week from the
/// upload.
const KEPT_AFTER_BREAK: i64 = 7 * 24 * 3_600;

/// Between two renewals of the claim, well within its lease.
const RENEWAL: Duration = Duration::from_secs(5);

/// Why an import did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// The stored file could not be opened or removed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The import broke off; it goes on when it is tried again.
    #[error(transparent)]
    Import(ImportError),
}

/// Takes up the oldest import that waits and does it; `false` when none waits.
///
/// # Errors
/// The database's. What goes wrong in the import itself is noted on the job.
pub async fn import_next(
    db: &Db,
    clock: &Clock,
    storage: &StorageConfig,
) -> Result<bool, JobError> {
    let now = clock.now();
    let claimed = db
        .write(move |conn| jobs::claim(conn, IMPORT, now))
        .await??;
    let Some(job) = claimed else {
        return Ok(false);
    };
    let fault = match run(db, clock, storage, &job).await? {
        Ok(status) if status.success() => None,
        Ok(status) => Some(status.to_string()),
        Err(error) => Some(error.to_string()),
    };
    let now = clock.now();
    db.write(move |conn| match fault {
        None => jobs::finish(conn, &job, now).map(drop),
        Some(fault) => {
            tracing::warn!(job = %job.id, error = fault, "an import broke off");
            let given_up = jobs::fail(conn, &job, &fault, now)?;
            match RegisterImportId::try_from(job.subject) {
                Ok(id) if given_up => actions::end(conn, id, ImportFailure::BrokenOff, now),
                _ => Ok(()),
            }
        }
    })
    .await??;
    Ok(true)
}

/// Runs the child while the claim is held.
async fn run(
    db: &Db,
    clock: &Clock,
    storage: &StorageConfig,
    job: &Job,
) -> Result<io::Result<ExitStatus>, JobError> {
    let began = clock.now().utc().to_rfc3339();
    let arguments = ["import-upload", job.subject.as_str(), began.as_str()];
    let mut child = match child::command(storage, &arguments).spawn() {
        Ok(child) => child,
        Err(error) => return Ok(Err(error)),
    };
    // Held open: the child ends when it is closed.
    let parent = child.stdin.take();
    let ended = loop {
        if let Ok(ended) = timeout(RENEWAL, child.wait()).await {
            break ended;
        }
        let (held, now) = (job.clone(), clock.now());
        if !db
            .write(move |conn| jobs::renew(conn, &held, now))
            .await??
        {
            // It may have ended by itself meanwhile.
            let _ = child.kill().await;
            break Err(io::Error::other("the claim was lost"));
        }
    };
    drop(parent);
    Ok(ended)
}

/// Ends an import that broke off a week ago and that nobody took up again: its
/// file is not kept for longer. `false` when there is none.
///
/// # Errors
/// The database's.
pub fn end_one_broken_off(conn: &mut DbConn, now: Moment) -> diesel::QueryResult<bool> {
    let before = now.plus_seconds(-KEPT_AFTER_BREAK);
    let Some(id) = imports::broken_off_before(conn, before)? else {
        return Ok(false);
    };
    match actions::cancel(conn, id, SYSTEM, now) {
        Ok(()) => Ok(true),
        Err(ChangeError::Database(error)) => Err(error),
        Err(ChangeError::NotFound | ChangeError::Elsewhere) => Ok(false),
    }
}

/// Imports an uploaded extract, or goes on with it. Its file is removed when
/// the import has come to its end: the register holds what was taken, and
/// nothing else is kept of it (UU 27/2022 Ps 16(2)g). `began` is the moment on
/// the portal's clock.
///
/// # Errors
/// See [`JobError`].
pub fn import_upload(
    db: &Db,
    files: &FileStore,
    id: RegisterImportId,
    began: Moment,
) -> Result<(), JobError> {
    let conn = &mut *db.connection()?;
    let Some(state) = imports::find(conn, id)? else {
        return Ok(());
    };
    if state.is_open() {
        take_rows(conn, files, state, began)?;
    }
    remove_file(conn, files, id)
}

fn take_rows(
    conn: &mut DbConn,
    files: &FileStore,
    state: RegisterImport,
    began: Moment,
) -> Result<(), JobError> {
    let Some(file) = state.file_id else {
        return Ok(());
    };
    let id = state.id;
    let content = File::open(files.path(file))?;
    let (clock, started) = (Clock::fixed(began), Instant::now());
    let mut told = |_: &RegisterImport| {
        let seconds = started.elapsed().as_secs();
        clock.set(began.plus_seconds(i64::try_from(seconds).unwrap_or_default()));
    };
    match go_on(conn, state, content, &clock, &mut told) {
        Ok(_) => Ok(()),
        Err(ImportError::Overtaken) if !is_open(conn, id)? => Ok(()),
        Err(error) if error.is_of_the_file() => {
            tracing::warn!(import = %id, %error, "the file cannot be imported");
            let now = clock.now();
            Ok(db::transaction(conn, |conn| {
                actions::end(conn, id, ImportFailure::Unreadable, now)
            })?)
        }
        Err(error) => Err(JobError::Import(error)),
    }
}

fn is_open(conn: &mut DbConn, id: RegisterImportId) -> Result<bool, JobError> {
    Ok(imports::find(conn, id)?.is_some_and(|state| state.is_open()))
}

fn remove_file(conn: &mut DbConn, files: &FileStore, id: RegisterImportId) -> Result<(), JobError> {
    let Some(file) = imports::find(conn, id)?.and_then(|state| state.file_id) else {
        return Ok(());
    };
    match files.discard(file) {
        // An earlier run may have come this far.
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(db::transaction(conn, |conn| {
            actions::forget_file(conn, file)
        })?),
    }
}
