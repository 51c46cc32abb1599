//! Changing drafts: keeping a row, leaving it out, undoing, throwing away.

mod finish;
mod suggestions;

use serde_json::json;

use super::super::desk::{self, Desk, Place};
use super::super::model::drafts::{Draft, DraftCell, DraftId, DraftRow, NEW_RECORDS, Origin};
use super::super::queries::{change, drafted, drafting};
use super::UploadError;
use crate::accounts::{Account, Scope};
use crate::audit::{self, Entry};
use crate::datasets::{MergeError, Verdict};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

pub use finish::{Making, finish_changes, finish_records};
pub use suggestions::{Rule, suggestions_on_from, take_suggestions};

/// Why a draft was not changed, or became no version.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Out of reach, or not granted.
    #[error("no such draft, row or rule")]
    NotFound,
    /// The version may be mended no more: a newer one is there, or BKN has it.
    #[error("the version may be mended no more")]
    NotCurrent,
    /// Somebody else changed the row since it was shown.
    #[error("the row was changed since it was shown")]
    Changed,
    /// As many new records as a draft holds.
    #[error("the draft is full")]
    Full,
    /// There is nothing in it.
    #[error("nothing was changed")]
    Empty,
    /// Records in it have faults.
    #[error("records with faults")]
    Faulty(i64),
    /// The version could not be begun.
    #[error(transparent)]
    Upload(#[from] UploadError),
    /// The file could not be written.
    #[error(transparent)]
    Write(#[from] MergeError),
    /// The file could not be kept.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// A row as a form gives it.
#[derive(Debug, Clone)]
pub struct TypedRow {
    /// Its number; negative for a new record.
    pub row: i32,
    /// The revision that the form showed; 0 where nothing was changed before.
    pub seen: i32,
    /// The cells that differ from the base.
    pub cells: Vec<TypedCell>,
    /// What a check of the row on its own came to.
    pub verdict: Verdict,
}

/// A changed cell as a form gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCell {
    /// The field's name.
    pub field: String,
    /// What stood there before.
    pub before: String,
    /// What is to stand there.
    pub value: String,
    /// Where that comes from.
    pub origin: Origin,
}

/// Keeps a row in the draft of a place; its number. The same row sent twice is
/// kept once.
///
/// # Errors
/// See [`DraftError`].
pub fn keep_row(
    conn: &mut DbConn,
    scope: Scope,
    place: Place,
    typed: &TypedRow,
    (by, now): (&Account, Moment),
) -> Result<i32, DraftError> {
    if typed.row < 0 && typed.cells.is_empty() {
        return Err(DraftError::Empty);
    }
    let (desk, draft) = open(conn, scope, place, (by, now))?;
    let known = drafted::row(conn, draft.id, typed.row)?.map(|(row, _)| row);
    let mut number = typed.row;
    let mut revision = known.as_ref().map_or(0, |row| row.revision);
    if revision != typed.seen {
        if is_kept(conn, draft.id, typed)? {
            return Ok(number);
        }
        if typed.row > 0 || typed.seen != 0 {
            return Err(DraftError::Changed);
        }
        // Two people began a new record at the same time.
        (number, revision) = (next_new(conn, draft.id)?, 0);
    }
    if number < 0 && revision == 0 {
        refuse_full(conn, draft.id)?;
    }
    drafting::clear_row(conn, draft.id, number)?;
    let cells: Vec<DraftCell> = typed
        .cells
        .iter()
        .map(|cell| stored(&draft, number, cell))
        .collect();
    drafting::insert_cells(conn, &cells)?;
    let row = DraftRow {
        draft_id: draft.id,
        row_number: number,
        revision: revision + 1,
        is_removed: false,
        verdict: Some(typed.verdict.as_str().to_owned()),
        edited_by: by.id,
        edited_at: now,
    };
    drafting::put_row(conn, &row)?;
    record(
        conn,
        &desk,
        "submissions.draft_row_kept",
        json!({ "row": number, "cells": cells.len() }),
        (by, now),
    )?;
    Ok(number)
}

fn stored(draft: &Draft, row: i32, cell: &TypedCell) -> DraftCell {
    DraftCell {
        draft_id: draft.id,
        row_number: row,
        field: cell.field.clone(),
        before: cell.before.clone(),
        value: cell.value.clone(),
        origin: cell.origin,
    }
}

/// Whether the row is kept just so.
fn is_kept(conn: &mut DbConn, draft: DraftId, typed: &TypedRow) -> Result<bool, DraftError> {
    let cells = drafted::cells_of_row(conn, draft, typed.row)?;
    let has = |cell: &TypedCell| {
        cells
            .iter()
            .any(|kept| kept.field == cell.field && kept.value == cell.value)
    };
    Ok(cells.len() == typed.cells.len() && typed.cells.iter().all(has))
}

/// The number that the next new record of a draft gets.
pub(in crate::submissions) fn next_new(
    conn: &mut DbConn,
    draft: DraftId,
) -> Result<i32, diesel::result::Error> {
    let last = drafted::new_rows(conn, draft)?;
    Ok(last
        .last()
        .map_or(0, |row| row.row_number)
        .saturating_sub(1))
}

fn refuse_full(conn: &mut DbConn, draft: DraftId) -> Result<(), DraftError> {
    if drafted::new_rows(conn, draft)?.len() >= NEW_RECORDS {
        return Err(DraftError::Full);
    }
    Ok(())
}

/// Leaves a row out of the version that the draft becomes.
///
/// # Errors
/// See [`DraftError`].
pub fn remove_row(
    conn: &mut DbConn,
    scope: Scope,
    place: Place,
    row: i32,
    (by, now): (&Account, Moment),
) -> Result<(), DraftError> {
    let (desk, draft) = open(conn, scope, place, (by, now))?;
    let known = drafted::row(conn, draft.id, row)?.map(|(row, _)| row);
    drafting::clear_row(conn, draft.id, row)?;
    if row < 0 {
        drafting::delete_row(conn, draft.id, row)?;
    } else {
        desk.base_row(conn, row)?.ok_or(DraftError::NotFound)?;
        let left_out = DraftRow {
            draft_id: draft.id,
            row_number: row,
            revision: known.map_or(0, |row| row.revision) + 1,
            is_removed: true,
            verdict: None,
            edited_by: by.id,
            edited_at: now,
        };
        drafting::put_row(conn, &left_out)?;
    }
    record(
        conn,
        &desk,
        "submissions.draft_row_removed",
        json!({ "row": row }),
        (by, now),
    )
}

/// Undoes the change of one cell, or of a whole row where no field is named.
///
/// # Errors
/// See [`DraftError`].
pub fn undo(
    conn: &mut DbConn,
    scope: Scope,
    place: Place,
    (row, field): (i32, &str),
    (by, now): (&Account, Moment),
) -> Result<(), DraftError> {
    let desk = found(conn, scope, place, now)?;
    let Some(draft) = &desk.draft else {
        return Ok(());
    };
    hold(conn, draft.id)?;
    let Some((known, _)) = drafted::row(conn, draft.id, row)? else {
        return Ok(());
    };
    if field.is_empty() {
        drafting::clear_row(conn, draft.id, row)?;
    } else {
        drafting::clear_cell(conn, draft.id, (row, field))?;
    }
    let row = DraftRow {
        revision: known.revision + 1,
        is_removed: known.is_removed && !field.is_empty(),
        verdict: None,
        edited_by: by.id,
        edited_at: now,
        ..known
    };
    drafting::put_row(conn, &row)?;
    let detail = json!({ "row": row.row_number, "field": field });
    record(conn, &desk, "submissions.draft_undone", detail, (by, now))
}

/// Throws the open draft of a place away; done before, it stays so.
///
/// # Errors
/// See [`DraftError`].
pub fn discard(
    conn: &mut DbConn,
    scope: Scope,
    place: Place,
    (by, now): (&Account, Moment),
) -> Result<(), DraftError> {
    let desk = found(conn, scope, place, now)?;
    let Some(draft) = &desk.draft else {
        return Ok(());
    };
    if !drafting::discard(conn, draft.id, now)? {
        return Ok(());
    }
    let cells = drafting::clear_cells(conn, draft.id)?;
    let rows = drafting::clear_rows(conn, draft.id)?;
    let detail = json!({ "cells": cells, "rows": rows });
    record(
        conn,
        &desk,
        "submissions.draft_discarded",
        detail,
        (by, now),
    )
}

fn found(conn: &mut DbConn, scope: Scope, place: Place, now: Moment) -> Result<Desk, DraftError> {
    desk::find(conn, scope, place, now.jakarta_date())?.ok_or(DraftError::NotFound)
}

/// The place and its open draft, begun if need be and held until the
/// transaction ends.
fn open(
    conn: &mut DbConn,
    scope: Scope,
    place: Place,
    (by, now): (&Account, Moment),
) -> Result<(Desk, Draft), DraftError> {
    if let Place::Version(submission, _) = &place {
        change::hold_submission(conn, *submission)?;
    }
    let mut desk = found(conn, scope, place.clone(), now)?;
    if !desk.is_current {
        return Err(DraftError::NotCurrent);
    }
    if desk.draft.is_none() {
        drafting::insert(conn, &begun(&desk, (by, now)))?;
        desk = found(conn, scope, place, now)?;
    }
    let draft = desk.draft.clone().ok_or(DraftError::NotFound)?;
    hold(conn, draft.id)?;
    Ok((desk, draft))
}

fn hold(conn: &mut DbConn, draft: DraftId) -> Result<(), DraftError> {
    if drafting::hold(conn, draft)? {
        Ok(())
    } else {
        Err(DraftError::NotCurrent)
    }
}

fn begun(desk: &Desk, (by, now): (&Account, Moment)) -> Draft {
    let (submission, version) = match &desk.place {
        Place::Version(submission, version) => (Some(*submission), Some(*version)),
        Place::New(..) => (None, None),
    };
    Draft {
        id: DraftId::generate(),
        institution_id: desk.agreement.institution_id,
        agreement_id: desk.agreement.id,
        dataset: desk.dataset.name.clone(),
        submission_id: submission,
        base_version: version,
        created_by: by.id,
        created_at: now,
        finished_at: None,
        discarded_at: None,
        version_id: None,
        changes: 0,
        file_id: None,
    }
}

/// Never with values: which row, and how much.
fn record(
    conn: &mut DbConn,
    desk: &Desk,
    action: &'static str,
    detail: serde_json::Value,
    (by, now): (&Account, Moment),
) -> Result<(), DraftError> {
    let subject = match &desk.place {
        Place::Version(submission, _) => ("submission", submission.to_string()),
        Place::New(agreement, _) => ("agreement", agreement.to_string()),
    };
    let mut detail = detail;
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("dataset".to_owned(), json!(desk.dataset.name));
        if let Place::Version(_, version) = &desk.place {
            detail.insert("version".to_owned(), json!(version));
        }
    }
    let entry = Entry {
        actor: by.id.to_string(),
        institution: Some(desk.agreement.institution_id.to_string()),
        action,
        subject,
        detail,
    };
    Ok(audit::record(conn, entry, now).map(drop)?)
}
