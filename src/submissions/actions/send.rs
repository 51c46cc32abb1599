//! Sending a checked version to BKN.

use serde_json::json;

use super::super::mails;
use super::super::model::{Hindrance, SubmissionId, SubmissionState, WarningReason};
use super::super::queries::find::Dossier;
use super::super::queries::{bulk, change, confirmed, find, people};
use super::reasons;
use crate::accounts::{Account, Scope};
use crate::audit::{self, Entry};
use crate::correspondence;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// What the PIC stated when sending.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// A reason for each kind of warning that still lacks one: code, field, reason.
    pub reasons: Vec<(String, String, String)>,
    /// That rows with faults are left out.
    pub leaves_out_blocked: bool,
}

/// Why a version was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Out of reach.
    #[error("no such version")]
    NotFound,
    /// Its state does not allow it.
    #[error(transparent)]
    Hindered(Hindrance),
    /// BKN still has an earlier version.
    #[error("version {0} waits for BKN's decision")]
    EarlierWaits(i32),
    /// A newer version took its place.
    #[error("version {0} took its place")]
    Superseded(i32),
    /// Rows have faults, and nothing was said of leaving them out.
    #[error("rows with faults")]
    BlockedRows,
    /// A warning without a reason.
    #[error("a warning without a reason")]
    ReasonMissing,
    /// The mail could not be written.
    #[error("mail: {0}")]
    Mail(#[from] askama::Error),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Sends a version to BKN: every row without a fault. A version that was sent
/// before is left as it is, whatever the order says.
///
/// # Errors
/// See [`SendError`].
pub fn send(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
    order: &Order,
    (by, now): (&Account, Moment),
) -> Result<(), SendError> {
    change::hold_submission(conn, submission)?;
    let mut dossier = find::dossier(conn, scope, submission, number)?.ok_or(SendError::NotFound)?;
    match dossier.version.sending_hindrance() {
        Some(Hindrance::AlreadySent) => return Ok(()),
        Some(hindrance) => return Err(SendError::Hindered(hindrance)),
        None => refuse_second(conn, submission, number)?,
    }
    if dossier.version.rows_blocked > 0 && !order.leaves_out_blocked {
        return Err(SendError::BlockedRows);
    }
    let reasons = reasons_of(conn, &dossier, order)?;
    reasons::confirm_kinds(conn, &dossier, &reasons, (by, now))?;
    let rows = dossier.version.rows_sendable();
    if !change::send(conn, dossier.version.id, by.id, rows, now)? {
        return Ok(());
    }
    change::leave_out_blocked(conn, dossier.version.id)?;
    bulk::insert_reasons(conn, &reasons)?;
    dossier.version.sent_at = Some(now);
    dossier.version.sent_by = Some(by.id);
    dossier.version.sent_rows = Some(rows);
    record(conn, &dossier, reasons.len(), by, now)?;
    tell(conn, &dossier, by, now)
}

/// BKN has one version of a submission at a time, and gets the newest one.
///
/// # Errors
/// [`SendError::Superseded`] and [`SendError::EarlierWaits`].
pub(in crate::submissions) fn refuse_second(
    conn: &mut DbConn,
    submission: SubmissionId,
    number: i32,
) -> Result<(), SendError> {
    let versions = find::versions_of(conn, submission)?;
    let newer = versions.iter().map(|(version, _)| version);
    let newer = newer.filter(|version| version.supersedes(number));
    if let Some(newer) = newer.map(|version| version.version).max() {
        return Err(SendError::Superseded(newer));
    }
    let waiting = versions
        .iter()
        .find(|(version, _)| version.state() == SubmissionState::Sent);
    match waiting {
        Some((version, _)) => Err(SendError::EarlierWaits(version.version)),
        None => Ok(()),
    }
}

fn reasons_of(
    conn: &mut DbConn,
    dossier: &Dossier,
    order: &Order,
) -> Result<Vec<WarningReason>, SendError> {
    let kinds = confirmed::kinds(conn, dossier)?.into_iter();
    kinds
        .filter(|kind| kind.open > 0)
        .map(|kind| {
            let given = order.reasons.iter().find(|(code, field, reason)| {
                *code == kind.code && *field == kind.field && !reason.trim().is_empty()
            });
            let (_, _, reason) = given.ok_or(SendError::ReasonMissing)?;
            Ok(WarningReason {
                version_id: dossier.version.id,
                code: kind.code,
                field: kind.field,
                reason: reason.trim().to_owned(),
            })
        })
        .collect()
}

fn record(
    conn: &mut DbConn,
    dossier: &Dossier,
    reasons: usize,
    by: &Account,
    now: Moment,
) -> Result<(), SendError> {
    let entry = Entry {
        actor: by.id.to_string(),
        institution: Some(dossier.institution.id.to_string()),
        action: "submissions.sent",
        subject: ("submission", dossier.submission.id.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": dossier.version.version,
            "rows": dossier.version.sent_rows, "left_out": dossier.version.rows_blocked,
            "reasons": reasons, "sha256": dossier.file.sha256,
        }),
    };
    Ok(audit::record(conn, entry, now)?)
}

fn tell(conn: &mut DbConn, dossier: &Dossier, by: &Account, now: Moment) -> Result<(), SendError> {
    for recipient in people::open_accounts(conn, &[by.id])? {
        correspondence::post(conn, &mails::receipt(dossier, &recipient)?, now)?;
    }
    for recipient in people::verifiers(conn)? {
        correspondence::post(conn, &mails::arrived(dossier, &recipient)?, now)?;
    }
    Ok(())
}
