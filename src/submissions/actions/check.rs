//! Cancelling a check, asking for it again, and what it came to.

use serde_json::json;

use super::super::jobs::CHECK;
use super::super::mails;
use super::super::model::{FindingTotal, SubmissionId, SubmissionState};
use super::super::queries::change::CheckResult;
use super::super::queries::find::Dossier;
use super::super::queries::{bulk, change, find, people};
use super::progress::Compared;
use crate::accounts::{Account, Scope};
use crate::audit::{self, Entry, SYSTEM};
use crate::correspondence;
use crate::datasets::FileRefusal;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::jobs;

/// Why a check was not cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    /// Out of reach.
    #[error("no such version")]
    NotFound,
    /// It has ended, or was cancelled before.
    #[error("the check is over")]
    Over,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Cancels a check that has not ended.
///
/// # Errors
/// See [`CancelError`].
pub fn cancel(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
    by: &Account,
    now: Moment,
) -> Result<(), CancelError> {
    let dossier = find::dossier(conn, scope, submission, number)?.ok_or(CancelError::NotFound)?;
    if !change::cancel(conn, dossier.version.id, now)? {
        return Err(CancelError::Over);
    }
    let actor = by.id.to_string();
    audit::record(
        conn,
        entry(&dossier, actor, "submissions.check_cancelled"),
        now,
    )?;
    Ok(())
}

/// Why a check was not begun again.
#[derive(Debug, thiserror::Error)]
pub enum RecheckError {
    /// Out of reach.
    #[error("no such version")]
    NotFound,
    /// It was neither cancelled nor given up.
    #[error("the check is neither cancelled nor given up")]
    NotStopped,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Begins a check again that was cancelled or given up.
///
/// # Errors
/// See [`RecheckError`].
pub fn recheck(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
    by: &Account,
    now: Moment,
) -> Result<(), RecheckError> {
    let dossier = find::dossier(conn, scope, submission, number)?.ok_or(RecheckError::NotFound)?;
    let version = dossier.version.id;
    let stopped = match dossier.version.state() {
        SubmissionState::Cancelled => change::resume(conn, version)?,
        SubmissionState::Checking => jobs::is_given_up(conn, CHECK, &version.to_string())?,
        _ => false,
    };
    if !stopped {
        return Err(RecheckError::NotStopped);
    }
    jobs::enqueue(conn, CHECK, &version.to_string(), now)?;
    let actor = by.id.to_string();
    audit::record(
        conn,
        entry(&dossier, actor, "submissions.check_repeated"),
        now,
    )?;
    Ok(())
}

/// What a check counted, besides its result.
#[derive(Debug, Default)]
pub(in crate::submissions) struct Found {
    /// Findings by what they are.
    pub totals: Vec<FindingTotal>,
    /// How the version compares with the one before it, if there is one.
    pub compared: Option<Compared>,
}

/// Records what a check came to and tells the uploader. `false` when the check
/// was cancelled or another run took its place: then nothing is recorded.
///
/// # Errors
/// The database's.
pub(in crate::submissions) fn conclude(
    conn: &mut DbConn,
    dossier: &Dossier,
    began: Moment,
    result: &CheckResult,
    found: &Found,
) -> Result<bool, MailedError> {
    let now = result.checked_at.unwrap_or(began);
    if !change::end_check(conn, (dossier.version.id, began), result)? {
        return Ok(false);
    }
    bulk::insert_totals(conn, &found.totals)?;
    if let Some(compared) = &found.compared {
        compared.keep(conn)?;
    }
    let mut entry = entry(dossier, SYSTEM.to_owned(), "submissions.checked");
    entry.detail = json!({
        "number": dossier.submission.number, "version": dossier.version.version,
        "rows": result.rows_total, "ready": result.rows_ready, "warned": result.rows_warned,
        "blocked": result.rows_blocked, "refused": result.refusal.is_some(),
    });
    audit::record(conn, entry, now)?;
    let uploader = people::open_accounts(conn, &[dossier.version.uploaded_by])?;
    for recipient in uploader {
        let mail = mails::checked(dossier, result, &recipient)?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(true)
}

/// Records that the file as a whole cannot be used; rows already written go.
///
/// # Errors
/// The database's.
pub(in crate::submissions) fn refuse_file(
    conn: &mut DbConn,
    dossier: &Dossier,
    began: Moment,
    refusal: &FileRefusal,
    now: Moment,
) -> Result<bool, MailedError> {
    bulk::clear(conn, dossier.version.id)?;
    let result = CheckResult {
        checked_at: Some(now),
        check_millis: None,
        rows_total: Some(0),
        rows_done: 0,
        rows_ready: 0,
        rows_warned: 0,
        rows_blocked: 0,
        refusal: serde_json::to_string(refusal).ok(),
        summary: None,
    };
    conclude(conn, dossier, began, &result, &Found::default())
}

/// Why a deed that ends with a mail failed.
#[derive(Debug, thiserror::Error)]
pub enum MailedError {
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// The mail could not be written.
    #[error("mail: {0}")]
    Mail(#[from] askama::Error),
}

fn entry(dossier: &Dossier, actor: String, action: &'static str) -> Entry {
    Entry {
        actor,
        institution: Some(dossier.institution.id.to_string()),
        action,
        subject: ("submission", dossier.submission.id.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": dossier.version.version,
        }),
    }
}
