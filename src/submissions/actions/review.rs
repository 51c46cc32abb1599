//! BKN's deeds on a sent version: marking rows, and the one decision.

use serde_json::json;
use std::collections::BTreeSet;

use super::super::mails;
use super::super::model::{Decision, RowCorrection, RowOutcome, SubmissionId};
use super::super::queries::find::Dossier;
use super::super::queries::{change, find, people, rows, taken};
use super::own_codes;
use crate::accounts::{Account, Scope};
use crate::audit::{self, Entry};
use crate::correspondence;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Why a version was not decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Out of reach, or never sent.
    #[error("no such sent version")]
    NotFound,
    /// Somebody decided before.
    #[error("decided before")]
    AlreadyDecided,
    /// Rows are marked for correction, so the whole cannot be taken over.
    #[error("{0} rows are marked for correction")]
    RowsMarked(i64),
    /// No row is marked for correction.
    #[error("no row is marked for correction")]
    NoRowMarked,
    /// A return needs a reason.
    #[error("a return needs a reason")]
    NoReason,
    /// The mail could not be written.
    #[error("mail: {0}")]
    Mail(#[from] askama::Error),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Takes over every row that was sent.
///
/// # Errors
/// See [`DecideError`].
pub fn take_over(
    conn: &mut DbConn,
    scope: Scope,
    place: (SubmissionId, i32),
    (by, now): (&Account, Moment),
) -> Result<(), DecideError> {
    let dossier = open(conn, scope, place)?;
    let marked = rows::count_corrections(conn, dossier.version.id)?;
    if marked > 0 {
        return Err(DecideError::RowsMarked(marked));
    }
    decide(conn, dossier, (Decision::TakenOver, None), (by, now))
}

/// Takes over the rows that are not marked, and asks for the correction of
/// those that are.
///
/// # Errors
/// See [`DecideError`].
pub fn ask_corrections(
    conn: &mut DbConn,
    scope: Scope,
    place: (SubmissionId, i32),
    (by, now): (&Account, Moment),
) -> Result<(), DecideError> {
    let dossier = open(conn, scope, place)?;
    if rows::count_corrections(conn, dossier.version.id)? == 0 {
        return Err(DecideError::NoRowMarked);
    }
    decide(conn, dossier, (Decision::CorrectionAsked, None), (by, now))
}

/// Returns the whole version with a reason.
///
/// # Errors
/// See [`DecideError`].
pub fn return_version(
    conn: &mut DbConn,
    scope: Scope,
    place: (SubmissionId, i32),
    reason: &str,
    (by, now): (&Account, Moment),
) -> Result<(), DecideError> {
    let dossier = open(conn, scope, place)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(DecideError::NoReason);
    }
    decide(conn, dossier, (Decision::Returned, Some(reason)), (by, now))
}

/// The sent version that waits for a decision.
fn open(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
) -> Result<Dossier, DecideError> {
    let found = find::dossier(conn, scope, submission, number)?;
    let dossier = found
        .filter(|dossier| dossier.version.sent_at.is_some())
        .ok_or(DecideError::NotFound)?;
    // Holds the row, so that no mark slips in beside somebody else's decision.
    if change::hold_undecided(conn, dossier.version.id)? {
        Ok(dossier)
    } else {
        Err(DecideError::AlreadyDecided)
    }
}

fn decide(
    conn: &mut DbConn,
    mut dossier: Dossier,
    (decision, reason): (Decision, Option<&str>),
    (by, now): (&Account, Moment),
) -> Result<(), DecideError> {
    let id = dossier.version.id;
    // Two verifiers at once: the condition of this statement lets one through.
    if !change::decide(conn, id, (decision, reason), by.id, now)? {
        return Err(DecideError::AlreadyDecided);
    }
    let (taken, asked) = settle_rows(conn, &dossier, decision)?;
    taken::remember(conn, &dossier.submission, id)?;
    own_codes::hand_on(conn, &dossier, now)?;
    dossier.version.decision = Some(decision);
    dossier.version.decision_reason = reason.map(str::to_owned);
    dossier.version.decided_at = Some(now);
    let entry = Entry {
        actor: by.id.to_string(),
        institution: Some(dossier.institution.id.to_string()),
        action: match decision {
            Decision::TakenOver => "submissions.taken_over",
            Decision::CorrectionAsked => "submissions.correction_asked",
            Decision::Returned => "submissions.returned",
        },
        subject: ("submission", dossier.submission.id.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": dossier.version.version,
            "taken_over": taken, "corrections": asked,
        }),
    };
    audit::record(conn, entry, now)?;
    let people: BTreeSet<_> = [Some(dossier.version.uploaded_by), dossier.version.sent_by]
        .into_iter()
        .flatten()
        .collect();
    let people: Vec<_> = people.into_iter().collect();
    for recipient in people::open_accounts(conn, &people)? {
        let mail = mails::decided(&dossier, (taken, asked), &recipient)?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(())
}

/// Records the decision row by row: how many were taken over, and of how many
/// a correction was asked.
fn settle_rows(
    conn: &mut DbConn,
    dossier: &Dossier,
    decision: Decision,
) -> Result<(usize, usize), DecideError> {
    let id = dossier.version.id;
    Ok(match decision {
        Decision::Returned => {
            change::set_outcome_of_rest(conn, id, RowOutcome::Returned)?;
            (0, 0)
        }
        Decision::TakenOver => (
            change::set_outcome_of_rest(conn, id, RowOutcome::TakenOver)?,
            0,
        ),
        Decision::CorrectionAsked => {
            let asked = change::set_outcome_of_marked(conn, id)?;
            let taken = change::set_outcome_of_rest(conn, id, RowOutcome::TakenOver)?;
            (taken, asked)
        }
    })
}

/// A verifier's note on one row: the correction asked, or none any more.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The row as a spreadsheet shows it.
    pub row: i32,
    /// What is to be corrected; none takes the mark away.
    pub reason: Option<String>,
}

/// Why rows were not marked.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// The version cannot be marked.
    #[error(transparent)]
    Closed(#[from] DecideError),
    /// A row that was not sent.
    #[error("a row that was not sent")]
    UnknownRow,
}

impl From<diesel::result::Error> for MarkError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Closed(error.into())
    }
}

/// Marks rows for correction, or takes marks away. The PIC sees them once the
/// version is decided.
///
/// # Errors
/// See [`MarkError`].
pub fn mark_rows(
    conn: &mut DbConn,
    scope: Scope,
    place: (SubmissionId, i32),
    marks: &[Mark],
    (by, now): (&Account, Moment),
) -> Result<(), MarkError> {
    let dossier = open(conn, scope, place)?;
    let id = dossier.version.id;
    let numbers: Vec<i32> = marks.iter().map(|mark| mark.row).collect();
    if rows::sent_among(conn, id, &numbers)?.len() != numbers.len() {
        return Err(MarkError::UnknownRow);
    }
    change::unmark(conn, id, &numbers)?;
    let corrections: Vec<RowCorrection> = marks
        .iter()
        .filter_map(|mark| {
            Some(RowCorrection {
                version_id: id,
                row_number: mark.row,
                reason: mark.reason.as_deref()?.trim().to_owned(),
                asked_by: by.id,
                asked_at: now,
            })
        })
        .collect();
    change::mark(conn, &corrections)?;
    let entry = Entry {
        actor: by.id.to_string(),
        institution: Some(dossier.institution.id.to_string()),
        action: "submissions.rows_marked",
        subject: ("submission", dossier.submission.id.to_string()),
        detail: json!({
            "number": dossier.submission.number, "version": dossier.version.version,
            "marked": corrections.len(), "unmarked": marks.len() - corrections.len(),
        }),
    };
    Ok(audit::record(conn, entry, now)?)
}
