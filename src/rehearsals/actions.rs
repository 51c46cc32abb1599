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
use crate::platform::db::DbConn;
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
/// See [`RehearseError`].
pub fn rehearse(
    conn: &mut DbConn,
    dataset: &Dataset,
    new: NewRehearsal,
    by: AccountId,
    now: Moment,
) -> Result<RehearsalId, RehearseError> {
    let has_rule = dataset
        .staged_rules()
        .iter()
        .any(|rule| rule.key == new.rule);
    if !has_rule {
        return Err(RehearseError::NotFound);
    }
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
/// See [`AskRecheckError`].
pub fn ask_recheck(
    conn: &mut DbConn,
    (submission, number): (SubmissionId, i32),
    form_key: String,
    by: AccountId,
    now: Moment,
) -> Result<RecheckId, AskRecheckError> {
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
    let entry = Entry {
        actor: by.to_string(),
        institution: None,
        action: "rules.recheck_asked",
        subject: ("submission", submission.to_string()),
        detail: json!({ "version": number, "rules": recheck.rule_set }),
    };
    audit::record(conn, entry, now)?;
    Ok(recheck.id)
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
