//! Recording what an agreement says, and having it compared with the text.

use serde_json::json;

use super::entry;
use crate::agreements::model::{AgreementId, ClauseDetails, ClauseId, TermsFault};
use crate::agreements::queries;
use crate::audit;
use crate::platform::{clock::Moment, db::DbConn};

/// Why a clause is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AddClauseError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// Its figures make no sense for its kind.
    #[error("the terms do not fit the kind: {0:?}")]
    Terms(Vec<TermsFault>),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Records a clause. The same clause posted again leads to the first.
///
/// # Errors
/// Why it is refused.
pub fn add_clause(
    conn: &mut DbConn,
    of: AgreementId,
    details: ClauseDetails,
    actor: &str,
    now: Moment,
) -> Result<ClauseId, AddClauseError> {
    let agreement = queries::lock(conn, of)?.ok_or(AddClauseError::NotFound)?;
    let faults = details.terms.faults(details.kind);
    if !faults.is_empty() {
        return Err(AddClauseError::Terms(faults));
    }
    let others = queries::clauses_of(conn, &[of])?;
    if let Some(same) = others
        .iter()
        .find(|other| ClauseDetails::from(*other) == details)
    {
        return Ok(same.id);
    }
    let clause = details.into_clause(ClauseId::generate(), of, actor, now);
    queries::insert_clause(conn, &clause)?;
    let subject = ("clause", clause.id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.clause_added",
        subject,
        clause.facts(),
    );
    audit::record(conn, entry, now)?;
    Ok(clause.id)
}

/// Why a clause is not changed.
#[derive(Debug, thiserror::Error)]
pub enum AmendClauseError {
    /// There is no such clause of this agreement.
    #[error("no such clause")]
    NotFound,
    /// A clause of one kind does not become one of another.
    #[error("the kind of a clause stays")]
    OtherKind,
    /// Its figures make no sense for its kind.
    #[error("the terms do not fit the kind: {0:?}")]
    Terms(Vec<TermsFault>),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Changes a clause. Whoever changed it recorded it, and it must be compared
/// with the text anew.
///
/// # Errors
/// Why it is refused.
pub fn amend_clause(
    conn: &mut DbConn,
    (of, id): (AgreementId, ClauseId),
    details: ClauseDetails,
    actor: &str,
    now: Moment,
) -> Result<(), AmendClauseError> {
    let agreement = queries::lock(conn, of)?.ok_or(AmendClauseError::NotFound)?;
    let before = queries::clause(conn, of, id)?.ok_or(AmendClauseError::NotFound)?;
    if before.kind != details.kind {
        return Err(AmendClauseError::OtherKind);
    }
    let faults = details.terms.faults(details.kind);
    if !faults.is_empty() {
        return Err(AmendClauseError::Terms(faults));
    }
    if ClauseDetails::from(&before) == details {
        return Ok(());
    }
    let after = details.into_clause(id, of, actor, now);
    queries::update_clause(conn, &after)?;
    let changes = audit::changes(&before.facts(), &after.facts());
    let subject = ("clause", id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.clause_amended",
        subject,
        changes,
    );
    audit::record(conn, entry, now)?;
    Ok(())
}

/// Removes a clause from the record. Removed again, it stays removed.
///
/// # Errors
/// When there is no such agreement (`NotFound`), and the database's.
pub fn remove_clause(
    conn: &mut DbConn,
    (of, id): (AgreementId, ClauseId),
    actor: &str,
    now: Moment,
) -> Result<(), diesel::result::Error> {
    let agreement = queries::lock(conn, of)?.ok_or(diesel::result::Error::NotFound)?;
    let Some(clause) = queries::clause(conn, of, id)? else {
        return Ok(());
    };
    queries::delete_clause(conn, id)?;
    let subject = ("clause", id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.clause_removed",
        subject,
        clause.facts(),
    );
    audit::record(conn, entry, now)
}

/// Why a clause is not marked as compared with the text.
#[derive(Debug, thiserror::Error)]
pub enum CheckClauseError {
    /// There is no such clause of this agreement.
    #[error("no such clause")]
    NotFound,
    /// Whoever recorded it cannot check it.
    #[error("recorded and checked by the same person")]
    SamePerson,
    /// It was changed after the checker saw it.
    #[error("changed since it was read")]
    ChangedSince,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Marks a clause as compared with the text, by another person than the one
/// who recorded it. `seen` is when the clause that was read had been recorded,
/// in microseconds.
///
/// # Errors
/// Why it is refused.
pub fn check_clause(
    conn: &mut DbConn,
    (of, id): (AgreementId, ClauseId),
    seen: i64,
    actor: &str,
    now: Moment,
) -> Result<(), CheckClauseError> {
    let agreement = queries::lock(conn, of)?.ok_or(CheckClauseError::NotFound)?;
    let clause = queries::clause(conn, of, id)?.ok_or(CheckClauseError::NotFound)?;
    if clause.checked_by.is_some() {
        return Ok(());
    }
    if clause.recorded_by == actor {
        return Err(CheckClauseError::SamePerson);
    }
    if clause.version() != seen {
        return Err(CheckClauseError::ChangedSince);
    }
    queries::mark_checked(conn, id, actor, now)?;
    let detail = json!({ "kind": clause.kind, "article": clause.article });
    let subject = ("clause", id.to_string());
    let entry = entry(
        actor,
        &agreement,
        "agreement.clause_checked",
        subject,
        detail,
    );
    audit::record(conn, entry, now)?;
    Ok(())
}
