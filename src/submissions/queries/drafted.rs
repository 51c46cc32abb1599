//! What stands in drafts. Their submission or agreement was found within the
//! reader's reach before.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::rows::has_findings;
use crate::accounts::Scope;
use crate::agreements::AgreementId;
use crate::platform::db::DbConn;
use crate::platform::db::MultiBackend;
use crate::platform::db::schema::{
    accounts, draft_cells, draft_rows, drafts, row_findings, submission_rows,
};
use crate::submissions::model::drafts::{Draft, DraftCell, DraftId, DraftRow, Origin};
use crate::submissions::model::{StoredFinding, StoredRow, SubmissionId, VersionId};

/// Which changed cells to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellFilter {
    /// Only in this field.
    pub field: Option<String>,
    /// Only in this row.
    pub row: Option<i32>,
    /// Only from there.
    pub origin: Option<Origin>,
}

/// The open draft of a version.
pub fn open_of(
    conn: &mut DbConn,
    (submission, version): (SubmissionId, i32),
) -> QueryResult<Option<Draft>> {
    of_version(submission, version)
        .filter(drafts::finished_at.is_null())
        .filter(drafts::discarded_at.is_null())
        .first(conn)
        .optional()
}

type OfVersion<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::dsl::Select<drafts::table, diesel::dsl::AsSelect<Draft, MultiBackend>>,
    MultiBackend,
>;

fn of_version<'a>(submission: SubmissionId, version: i32) -> OfVersion<'a> {
    drafts::table
        .select(Draft::as_select())
        .into_boxed()
        .filter(drafts::submission_id.eq(submission))
        .filter(drafts::base_version.eq(version))
}

/// The open draft of records on their own.
pub fn open_new(
    conn: &mut DbConn,
    (agreement, dataset): (AgreementId, &str),
) -> QueryResult<Option<Draft>> {
    drafts::table
        .filter(drafts::agreement_id.eq(agreement))
        .filter(drafts::dataset.eq(dataset))
        .filter(drafts::submission_id.is_null())
        .filter(drafts::finished_at.is_null())
        .filter(drafts::discarded_at.is_null())
        .select(Draft::as_select())
        .first(conn)
        .optional()
}

/// The draft that became a version, if one did.
pub fn behind(conn: &mut DbConn, version: VersionId) -> QueryResult<Option<Draft>> {
    drafts::table
        .filter(drafts::version_id.eq(version))
        .select(Draft::as_select())
        .first(conn)
        .optional()
}

/// One row of a draft, and the name of who changed it last.
pub fn row(conn: &mut DbConn, draft: DraftId, row: i32) -> QueryResult<Option<(DraftRow, String)>> {
    draft_rows::table
        .inner_join(accounts::table)
        .filter(draft_rows::draft_id.eq(draft))
        .filter(draft_rows::row_number.eq(row))
        .select((DraftRow::as_select(), accounts::name))
        .first(conn)
        .optional()
}

/// The changed cells of one row.
pub fn cells_of_row(conn: &mut DbConn, draft: DraftId, row: i32) -> QueryResult<Vec<DraftCell>> {
    draft_cells::table
        .filter(draft_cells::draft_id.eq(draft))
        .filter(draft_cells::row_number.eq(row))
        .select(DraftCell::as_select())
        .load(conn)
}

/// The changed cells of some rows.
pub fn cells_of_rows(
    conn: &mut DbConn,
    draft: DraftId,
    rows: &[i32],
) -> QueryResult<Vec<DraftCell>> {
    draft_cells::table
        .filter(draft_cells::draft_id.eq(draft))
        .filter(draft_cells::row_number.eq_any(rows))
        .order((draft_cells::row_number, draft_cells::field))
        .select(DraftCell::as_select())
        .load(conn)
}

/// How many changed cells pass the filter.
pub fn count_cells(conn: &mut DbConn, draft: DraftId, filter: &CellFilter) -> QueryResult<i64> {
    filtered(draft, filter).count().get_result(conn)
}

/// How many changes a draft holds: cells, and rows that are left out.
pub fn count_changes(conn: &mut DbConn, draft: DraftId) -> QueryResult<i64> {
    let left_out = draft_rows::table
        .filter(draft_rows::draft_id.eq(draft))
        .filter(draft_rows::is_removed)
        .count()
        .single_value();
    let cells: (i64, Option<i64>) = draft_cells::table
        .filter(draft_cells::draft_id.eq(draft))
        .select((diesel::dsl::count_star(), left_out))
        .first(conn)?;
    Ok(cells.0 + cells.1.unwrap_or_default())
}

/// A page of changed cells, by row and field.
pub fn page_of_cells(
    conn: &mut DbConn,
    draft: DraftId,
    filter: &CellFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<DraftCell>> {
    filtered(draft, filter)
        .order((draft_cells::row_number, draft_cells::field))
        .limit(limit)
        .offset(offset)
        .load(conn)
}

type Filtered<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::dsl::Select<draft_cells::table, diesel::dsl::AsSelect<DraftCell, MultiBackend>>,
    MultiBackend,
>;

fn filtered<'a>(draft: DraftId, filter: &CellFilter) -> Filtered<'a> {
    let mut query = draft_cells::table
        .select(DraftCell::as_select())
        .into_boxed()
        .filter(draft_cells::draft_id.eq(draft));
    if let Some(field) = filter.field.clone() {
        query = query.filter(draft_cells::field.eq(field));
    }
    if let Some(row) = filter.row {
        query = query.filter(draft_cells::row_number.eq(row));
    }
    if let Some(origin) = filter.origin {
        query = query.filter(draft_cells::origin.eq(origin));
    }
    query
}

/// The rows of a draft that are left out, at most so many.
pub fn removed(conn: &mut DbConn, draft: DraftId, limit: i64) -> QueryResult<Vec<i32>> {
    draft_rows::table
        .filter(draft_rows::draft_id.eq(draft))
        .filter(draft_rows::is_removed)
        .order(draft_rows::row_number)
        .select(draft_rows::row_number)
        .limit(limit)
        .offset(0)
        .load(conn)
}

/// How many rows of a draft are left out.
pub fn count_removed(conn: &mut DbConn, draft: DraftId) -> QueryResult<i64> {
    draft_rows::table
        .filter(draft_rows::draft_id.eq(draft))
        .filter(draft_rows::is_removed)
        .count()
        .get_result(conn)
}

/// The new records of a draft, the first first.
pub fn new_rows(conn: &mut DbConn, draft: DraftId) -> QueryResult<Vec<DraftRow>> {
    draft_rows::table
        .filter(draft_rows::draft_id.eq(draft))
        .filter(draft_rows::row_number.lt(0))
        .order(draft_rows::row_number.desc())
        .select(DraftRow::as_select())
        .load(conn)
}

/// The next rows of a draft that are in its base, after one.
pub fn rows_after(
    conn: &mut DbConn,
    draft: DraftId,
    after: i32,
    limit: i64,
) -> QueryResult<Vec<(i32, bool)>> {
    draft_rows::table
        .filter(draft_rows::draft_id.eq(draft))
        .filter(draft_rows::row_number.gt(after.max(0)))
        .order(draft_rows::row_number)
        .limit(limit)
        .offset(0)
        .select((draft_rows::row_number, draft_rows::is_removed))
        .load(conn)
}

/// The rows between two in which a field was changed, or that are left out.
pub fn settled_in(
    conn: &mut DbConn,
    (draft, field): (DraftId, &str),
    (first, last): (i32, i32),
) -> QueryResult<Vec<i32>> {
    let changed = draft_cells::table
        .filter(draft_cells::draft_id.eq(draft_rows::draft_id))
        .filter(draft_cells::row_number.eq(draft_rows::row_number))
        .filter(draft_cells::field.eq(field.to_owned()));
    draft_rows::table
        .filter(draft_rows::draft_id.eq(draft))
        .filter(draft_rows::row_number.between(first, last))
        .filter(draft_rows::is_removed.or(exists(changed)))
        .select(draft_rows::row_number)
        .load(conn)
}

/// One row of a version.
pub fn base_row(conn: &mut DbConn, version: VersionId, row: i32) -> QueryResult<Option<StoredRow>> {
    submission_rows::table
        .filter(submission_rows::version_id.eq(version))
        .filter(submission_rows::row_number.eq(row))
        .select(StoredRow::as_select())
        .first(conn)
        .optional()
}

/// A draft of an institution within reach, open or not.
pub fn find(conn: &mut DbConn, scope: Scope, id: DraftId) -> QueryResult<Option<Draft>> {
    let mut query = drafts::table
        .find(id)
        .select(Draft::as_select())
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(drafts::institution_id.eq(institution));
    }
    query.first(conn).optional()
}

/// The first row with a fault after one that the draft has not put right. A row
/// that was not checked since counts as put right when every cell with a fault
/// was changed.
pub fn next_faulty(
    conn: &mut DbConn,
    version: VersionId,
    draft: Option<DraftId>,
    after: i32,
) -> QueryResult<Option<i32>> {
    let mut query = submission_rows::table
        .select(submission_rows::row_number)
        .into_boxed()
        .filter(submission_rows::version_id.eq(version))
        .filter(submission_rows::verdict.eq("blocked"))
        .filter(has_findings())
        .filter(submission_rows::row_number.gt(after));
    if let Some(draft) = draft {
        let changed = draft_cells::table
            .filter(draft_cells::draft_id.eq(draft))
            .filter(draft_cells::row_number.eq(row_findings::row_number))
            .filter(draft_cells::field.eq(row_findings::field));
        let still_faulty = row_findings::table
            .filter(row_findings::version_id.eq(version))
            .filter(row_findings::row_number.eq(draft_rows::row_number))
            .filter(row_findings::severity.eq("error"))
            .filter(not(exists(changed)));
        let unchecked = draft_rows::verdict.is_null();
        let put_right = draft_rows::table
            .filter(draft_rows::draft_id.eq(draft))
            .filter(draft_rows::row_number.eq(submission_rows::row_number))
            .filter(
                draft_rows::is_removed
                    .or(draft_rows::verdict.ne("blocked").assume_not_null())
                    .or(unchecked.and(not(exists(still_faulty)))),
            );
        query = query.filter(not(exists(put_right)));
    }
    query
        .order(submission_rows::row_number)
        .limit(1)
        .offset(0)
        .first(conn)
        .optional()
}

/// The next findings of one rule after a place, in the order of the file.
pub fn findings_after(
    conn: &mut DbConn,
    (version, code, field): (VersionId, &str, &str),
    position: i64,
    limit: i64,
) -> QueryResult<Vec<StoredFinding>> {
    row_findings::table
        .filter(row_findings::version_id.eq(version))
        .filter(row_findings::code.eq(code.to_owned()))
        .filter(row_findings::field.eq(field.to_owned()))
        .filter(row_findings::position.gt(position))
        .order(row_findings::position)
        .limit(limit)
        .offset(0)
        .select(StoredFinding::as_select())
        .load(conn)
}
