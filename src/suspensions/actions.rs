//! Suspending and restoring.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use serde_json::json;

use super::case::{self, Case};
use super::letters;
use super::model::{AccessState, Ground, Suspension, SuspensionId};
use super::{queries, text};
use crate::accounts::Scope;
use crate::agreements::AgreementId;
use crate::audit::{self, Entry};
use crate::correspondence;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// What an admin decided.
#[derive(Debug, Clone)]
pub struct Order {
    /// Whose access.
    pub agreement: AgreementId,
    /// Who decides.
    pub actor: String,
    /// Number of the memo that approved it.
    pub memo_number: String,
    /// Why, where a late cure is accepted; else empty.
    pub reason: String,
    /// A note for BKN alone; may be empty.
    pub internal_note: String,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why access is not suspended.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No such agreement within reach.
    #[error("no such agreement")]
    NotFound,
    /// The agreement does not let BKN suspend.
    #[error("the agreement has no suspension clause")]
    NoClause,
    /// The agreement is over.
    #[error("the agreement has ended")]
    Ended,
    /// Nothing is overdue that would allow it.
    #[error("nothing is overdue")]
    NoGround,
    /// Somebody did it before.
    #[error("access is already suspended")]
    AlreadySuspended,
    /// The mail could not be written.
    #[error(transparent)]
    Template(#[from] askama::Error),
    /// The database's.
    #[error(transparent)]
    Database(DieselError),
}

impl From<DieselError> for StartError {
    /// Of two admins at once both pass the guard on PostgreSQL; the second
    /// insert then meets the index that allows one open suspension.
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Self::AlreadySuspended
            }
            other => Self::Database(other),
        }
    }
}

/// Why access is not restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// No such agreement within reach.
    #[error("no such agreement")]
    NotFound,
    /// Access is not suspended, or no longer.
    #[error("access is not suspended")]
    NotSuspended,
    /// A condition is not met.
    #[error("feedback and report are not both in")]
    NotReady,
    /// The cure came late and no reason was given.
    #[error("a late cure needs a reason")]
    NoReason,
    /// The mail could not be written.
    #[error(transparent)]
    Template(#[from] askama::Error),
    /// The database's.
    #[error(transparent)]
    Database(#[from] DieselError),
}

/// Whether access may be suspended now, and on which grounds.
///
/// # Errors
/// Why it may not.
pub fn grounds_to_start(case: &Case) -> Result<Vec<Ground>, StartError> {
    if !case.has_clause() {
        return Err(StartError::NoClause);
    }
    match case.access() {
        AccessState::Suspended => return Err(StartError::AlreadySuspended),
        AccessState::Ended => return Err(StartError::Ended),
        AccessState::Active => {}
    }
    let grounds = case.grounds();
    if grounds.is_empty() {
        return Err(StartError::NoGround);
    }
    Ok(grounds)
}

/// Suspends an agreement's access and tells the partner. Runs inside `Db::write`.
///
/// # Errors
/// Why it was refused.
pub fn start(
    conn: &mut DbConn,
    scope: Scope,
    order: &Order,
    now: Moment,
) -> Result<(), StartError> {
    let case = case::case_of(conn, scope, order.agreement, now)?;
    let case = case.ok_or(StartError::NotFound)?;
    if case
        .history
        .iter()
        .any(|one| one.form_key == order.form_key)
    {
        return Ok(());
    }
    let grounds = grounds_to_start(&case)?;
    let suspension = begun(&case, &grounds, order, now);
    queries::insert(conn, &suspension)?;
    for mail in letters::started(&case, &grounds, now)? {
        correspondence::post(conn, &mail, now)?;
    }
    let detail = json!({
        "agreement": order.agreement.to_string(),
        "article": suspension.article,
        "memo_number": suspension.memo_number,
        "addressees": case.addressees.len(),
    });
    record(
        conn,
        order,
        &suspension,
        ("suspension.started", detail),
        now,
    )?;
    Ok(())
}

fn begun(case: &Case, grounds: &[Ground], order: &Order, now: Moment) -> Suspension {
    Suspension {
        id: SuspensionId::generate(),
        agreement_id: order.agreement,
        institution_id: case.institution.id,
        article: text::articles(grounds),
        reason: text::reason(grounds),
        memo_number: order.memo_number.clone(),
        internal_note: order.internal_note.clone(),
        form_key: order.form_key.clone(),
        started_at: now,
        started_by: order.actor.clone(),
        ended_at: None,
        ended_by: None,
        end_reason: None,
        end_memo_number: None,
        end_note: None,
        end_form_key: None,
    }
}

/// Gives a suspended access back and tells the partner. Runs inside `Db::write`.
///
/// # Errors
/// Why it was refused.
pub fn restore(
    conn: &mut DbConn,
    scope: Scope,
    order: &Order,
    now: Moment,
) -> Result<(), RestoreError> {
    let case = case::case_of(conn, scope, order.agreement, now)?;
    let case = case.ok_or(RestoreError::NotFound)?;
    let same_form = |one: &Suspension| one.end_form_key.as_ref() == Some(&order.form_key);
    if case.history.iter().any(same_form) {
        return Ok(());
    }
    let suspension = case.open().ok_or(RestoreError::NotSuspended)?;
    let restoration = case.restoration(suspension);
    if !restoration.is_ready() {
        return Err(RestoreError::NotReady);
    }
    if restoration.is_late() && order.reason.is_empty() {
        return Err(RestoreError::NoReason);
    }
    let end = queries::End {
        ended_at: now,
        ended_by: &order.actor,
        end_reason: &order.reason,
        end_memo_number: &order.memo_number,
        end_note: &order.internal_note,
        end_form_key: &order.form_key,
    };
    if queries::end(conn, suspension.id, &end)? == 0 {
        return Err(RestoreError::NotSuspended);
    }
    for mail in letters::ended(&case, suspension, now)? {
        correspondence::post(conn, &mail, now)?;
    }
    let detail = json!({
        "agreement": order.agreement.to_string(),
        "late": restoration.is_late(),
        "memo_number": order.memo_number,
        "addressees": case.addressees.len(),
    });
    record(conn, order, suspension, ("suspension.ended", detail), now)?;
    Ok(())
}

fn record(
    conn: &mut DbConn,
    order: &Order,
    suspension: &Suspension,
    (action, detail): (&'static str, serde_json::Value),
    now: Moment,
) -> diesel::QueryResult<()> {
    let entry = Entry {
        actor: order.actor.clone(),
        institution: Some(suspension.institution_id.to_string()),
        action,
        subject: ("suspension", suspension.id.to_string()),
        detail,
    };
    audit::record(conn, entry, now)
}
