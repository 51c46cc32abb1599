//! Asking for a rehearsal.

use chrono::NaiveDate;
use serde_json::json;

use super::jobs::{RECHECK, REHEARSE};
use super::model::{Rehearsal, RehearsalId, last_of_each};
use super::queries;
use super::recheck::{Recheck, RecheckId};
use crate::accounts::AccountId;
use crate::audit::{self, Entry};
use crate::datasets::{self, Dataset};
use crate::platform::clock::Moment;
use crate::platform::db::{self, DbConn};
use crate::platform::jobs;
use crate::rulebooks;
use crate::submissions::SubmissionId;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewRehearsal {
    /// The rule's key.
    pub rule: String,
    /// Files that were checked on this day or later.
    pub checked_from: NaiveDate,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why nothing is rehearsed.
#[derive(Debug, thiserror::Error)]
pub enum RehearseError {
    /// The data set has no such rule.
    #[error("no such rule")]
    NotFound,
    /// The rule asks for what can be told of no file of the past.
    #[error("the rule cannot be rehearsed")]
    NotRehearsable,
    /// No file was checked since.
    #[error("no file was checked since")]
    NoFiles,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Queues a rehearsal. A repeated form leads to the first one.
///
/// # Errors
/// See `RehearseError`.
pub fn rehearse(
    conn: &mut DbConn,
    dataset: &Dataset,
    new: NewRehearsal,
    by: AccountId,
    now: Moment,
) -> Result<RehearsalId, RehearseError> {
    let mut rules = dataset.staged_rules().into_iter();
    let rule = rules.find(|rule| rule.key == new.rule);
    if !rule.ok_or(RehearseError::NotFound)?.may_be_rehearsed() {
        return Err(RehearseError::NotRehearsable);
    }
    db::hold_key(conn, &new.form_key)?;
    if let Some(before) = queries::by_form_key(conn, &new.form_key)? {
        return Ok(before);
    }
    let span = (Moment::start_of(new.checked_from), now);
    let versions = last_of_each(&queries::versions_read(conn, &dataset.name, span)?);
    if versions.is_empty() {
        return Err(RehearseError::NoFiles);
    }
    let rehearsal = Rehearsal {
        id: RehearsalId::generate(),
        form_key: new.form_key,
        dataset: dataset.name.clone(),
        rule: new.rule,
        checked_from: new.checked_from,
        asked_by: by,
        asked_at: now,
        rule_set: rulebooks::current(conn, dataset, now)?.number,
        versions_total: i64::try_from(versions.len()).unwrap_or(i64::MAX),
        finished_at: None,
    };
    queries::insert(conn, &rehearsal)?;
    jobs::enqueue(conn, REHEARSE, &rehearsal.id.to_string(), now)?;
    record(conn, &rehearsal, ("rules.rehearsal_asked", by), now)?;
    Ok(rehearsal.id)
}

/// Why a result is not checked again.
#[derive(Debug, thiserror::Error)]
pub enum AskRecheckError {
    /// BKN has no such version.
    #[error("no such version")]
    NotFound,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Queues a version that BKN has to be checked again, under the rules of today.
/// A repeated form leads to the first one.
///
/// # Errors
/// See `AskRecheckError`.
pub fn ask_recheck(
    conn: &mut DbConn,
    (submission, number): (SubmissionId, i32),
    form_key: String,
    by: AccountId,
    now: Moment,
) -> Result<RecheckId, AskRecheckError> {
    db::hold_key(conn, &form_key)?;
    if let Some(before) = queries::recheck_of_key(conn, &form_key)? {
        return Ok(before);
    }
    let found = queries::sent_version(conn, (submission, number))?;
    let (version_id, _, dataset) = found.ok_or(AskRecheckError::NotFound)?;
    let dataset = datasets::find(&dataset).ok_or(AskRecheckError::NotFound)?;
    let recheck = Recheck {
        id: RecheckId::generate(),
        form_key,
        version_id,
        asked_by: by,
        asked_at: now,
        rule_set: rulebooks::current(conn, dataset, now)?.number,
        finished_at: None,
        outcome: None,
    };
    queries::insert_recheck(conn, &recheck)?;
    jobs::enqueue(conn, RECHECK, &recheck.id.to_string(), now)?;
    let of = (submission, number);
    record_recheck(conn, &recheck, ("rules.recheck_asked", of), by, now)?;
    Ok(recheck.id)
}

fn record_recheck(
    conn: &mut DbConn,
    recheck: &Recheck,
    (action, (submission, number)): (&'static str, (SubmissionId, i32)),
    by: AccountId,
    now: Moment,
) -> diesel::QueryResult<()> {
    let entry = Entry {
        actor: by.to_string(),
        institution: None,
        action,
        subject: ("submission", submission.to_string()),
        detail: json!({ "version": number, "rules": recheck.rule_set }),
    };
    audit::record(conn, entry, now)
}

/// Why nothing is begun again.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// There is no such rehearsal or recheck.
    #[error("nothing of this id")]
    NotFound,
    /// It runs, or it is done.
    #[error("it was not given up")]
    NotStopped,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Takes up again a rehearsal that was given up; files that are done stay done.
///
/// # Errors
/// See [`ResumeError`].
pub fn resume_rehearsal(
    conn: &mut DbConn,
    id: RehearsalId,
    by: AccountId,
    now: Moment,
) -> Result<(), ResumeError> {
    let (rehearsal, _) = queries::find(conn, id)?.ok_or(ResumeError::NotFound)?;
    resume(conn, (REHEARSE, id.to_string()), now)?;
    record(conn, &rehearsal, ("rules.rehearsal_resumed", by), now)?;
    Ok(())
}

/// Begins checking a result again that was given up.
///
/// # Errors
/// See [`ResumeError`].
pub fn resume_recheck(
    conn: &mut DbConn,
    id: RecheckId,
    by: AccountId,
    now: Moment,
) -> Result<(), ResumeError> {
    let found = queries::find_recheck(conn, id)?;
    let (recheck, submission, _, _, version) = found.ok_or(ResumeError::NotFound)?;
    resume(conn, (RECHECK, id.to_string()), now)?;
    let of = (submission, version);
    record_recheck(conn, &recheck, ("rules.recheck_resumed", of), by, now)?;
    Ok(())
}

fn resume(
    conn: &mut DbConn,
    (kind, subject): (&str, String),
    now: Moment,
) -> Result<(), ResumeError> {
    if !jobs::is_given_up(conn, kind, &subject)? {
        return Err(ResumeError::NotStopped);
    }
    jobs::enqueue(conn, kind, &subject, now)?;
    Ok(())
}

/// Records that somebody takes the result away.
///
/// # Errors
/// The database's.
pub fn note_export(
    conn: &mut DbConn,
    rehearsal: &Rehearsal,
    by: AccountId,
    now: Moment,
) -> diesel::QueryResult<()> {
    record(conn, rehearsal, ("rules.rehearsal_exported", by), now)
}

fn record(
    conn: &mut DbConn,
    rehearsal: &Rehearsal,
    (action, by): (&'static str, AccountId),
    now: Moment,
) -> diesel::QueryResult<()> {
    let entry = Entry {
        actor: by.to_string(),
        institution: None,
        action,
        subject: ("rehearsal", rehearsal.id.to_string()),
        detail: json!({
            "dataset": rehearsal.dataset, "rule": rehearsal.rule,
            "from": rehearsal.checked_from.to_string(), "files": rehearsal.versions_total,
        }),
    };
    audit::record(conn, entry, now)
}
