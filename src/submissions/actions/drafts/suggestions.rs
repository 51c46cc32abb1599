//! Taking what the check suggests for all findings of one rule.

use serde_json::json;
use std::collections::HashSet;

use super::{DraftError, open, record};
use crate::accounts::{Account, Scope};
use crate::datasets::Finding;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::submissions::desk::Place;
use crate::submissions::model::drafts::{Draft, DraftCell, DraftRow, Origin};
use crate::submissions::model::{StoredFinding, SubmissionId, VersionId};
use crate::submissions::queries::{drafted, drafting};

/// Findings that are read and taken at a time.
const BATCH: i64 = 5_000;

/// One rule in one field, as findings name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The code's text form.
    pub code: String,
    /// The field's name.
    pub field: String,
}

/// The suggestions among the findings of a rule after a place, read until so
/// many are there or the findings end: each with the value before.
///
/// # Errors
/// The database's.
pub fn suggestions_on_from(
    conn: &mut DbConn,
    (version, rule): (VersionId, &Rule),
    (after, count): (i64, usize),
) -> Result<Vec<(i64, Finding, String)>, diesel::result::Error> {
    let (mut position, mut found) = (after, Vec::new());
    loop {
        let batch =
            drafted::findings_after(conn, (version, &rule.code, &rule.field), position, BATCH)?;
        let Some(last) = batch.last() else {
            return Ok(found);
        };
        position = last.position;
        found.extend(batch.iter().filter_map(suggested));
        if found.len() >= count {
            found.truncate(count);
            return Ok(found);
        }
    }
}

fn suggested(stored: &StoredFinding) -> Option<(i64, Finding, String)> {
    let finding = stored.finding()?;
    let suggestion = finding.suggestion()?;
    Some((stored.position, finding, suggestion))
}

/// Takes every suggestion for the findings of a rule into the draft, except in
/// some rows. What was changed before stays. How many were taken.
///
/// # Errors
/// See [`DraftError`].
pub fn take_suggestions(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
    (rule, except): (&Rule, &HashSet<i32>),
    (by, now): (&Account, Moment),
) -> Result<usize, DraftError> {
    let place = Place::Version(submission, number);
    let (desk, draft) = open(conn, scope, place, (by, now))?;
    if !desk.granted.has(&rule.field) {
        return Err(DraftError::NotFound);
    }
    let version = desk.base.as_ref().map(|base| base.version.id);
    let version = version.ok_or(DraftError::NotFound)?;
    let (mut position, mut taken) = (-1, 0);
    loop {
        let found =
            drafted::findings_after(conn, (version, &rule.code, &rule.field), position, BATCH)?;
        let Some(last) = found.last() else {
            break;
        };
        position = last.position;
        let fresh = found
            .iter()
            .filter(|found| !except.contains(&found.row_number));
        let mut cells: Vec<DraftCell> = fresh.filter_map(|found| cell(&draft, found)).collect();
        leave_settled(conn, &draft, &rule.field, &mut cells)?;
        taken += take(conn, &draft, &cells, (by, now))?;
    }
    if taken == 0 {
        return Err(DraftError::Empty);
    }
    let detail = json!({ "code": rule.code, "field": rule.field, "cells": taken });
    record(
        conn,
        &desk,
        "submissions.suggestions_taken",
        detail,
        (by, now),
    )?;
    Ok(taken)
}

fn cell(draft: &Draft, found: &StoredFinding) -> Option<DraftCell> {
    let (_, finding, value) = suggested(found)?;
    Some(DraftCell {
        draft_id: draft.id,
        row_number: found.row_number,
        field: found.field.clone(),
        before: finding.value,
        value,
        origin: Origin::Suggested,
    })
}

/// Leaves out the cells that were changed before, and those of rows that the
/// draft leaves out: nothing is taken there, so their rows stay as they are.
fn leave_settled(
    conn: &mut DbConn,
    draft: &Draft,
    field: &str,
    cells: &mut Vec<DraftCell>,
) -> Result<(), DraftError> {
    let rows = || cells.iter().map(|cell| cell.row_number);
    if let (Some(first), Some(last)) = (rows().min(), rows().max()) {
        let settled = drafted::settled_in(conn, (draft.id, field), (first, last))?;
        let settled: HashSet<i32> = settled.into_iter().collect();
        cells.retain(|cell| !settled.contains(&cell.row_number));
    }
    Ok(())
}

fn take(
    conn: &mut DbConn,
    draft: &Draft,
    cells: &[DraftCell],
    (by, now): (&Account, Moment),
) -> Result<usize, DraftError> {
    if cells.is_empty() {
        return Ok(0);
    }
    let numbers: Vec<i32> = cells.iter().map(|cell| cell.row_number).collect();
    let row = |row_number: &i32| DraftRow {
        draft_id: draft.id,
        row_number: *row_number,
        revision: 1,
        is_removed: false,
        verdict: None,
        edited_by: by.id,
        edited_at: now,
    };
    drafting::count_up(conn, draft.id, &numbers, (by.id, now))?;
    drafting::touch(conn, &numbers.iter().map(row).collect::<Vec<_>>())?;
    Ok(drafting::suggest(conn, cells)?)
}
