//! What changes in drafts.

use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::per_backend;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{draft_cells, draft_rows, drafts, submission_versions};
use crate::platform::files::FileId;
use crate::submissions::model::VersionId;
use crate::submissions::model::drafts::{Draft, DraftCell, DraftId, DraftRow};

/// Adds a draft, unless somebody has just begun the same one.
pub fn insert(conn: &mut DbConn, draft: &Draft) -> QueryResult<bool> {
    per_backend!(conn, |c| diesel::insert_into(drafts::table)
        .values(draft)
        .on_conflict_do_nothing()
        .execute(c))
    .map(|count| count == 1)
}

/// Locks a draft until the transaction ends; `false` when it is open no more.
pub fn hold(conn: &mut DbConn, id: DraftId) -> QueryResult<bool> {
    diesel::update(
        drafts::table
            .find(id)
            .filter(drafts::finished_at.is_null())
            .filter(drafts::discarded_at.is_null()),
    )
    .set(drafts::changes.eq(drafts::changes))
    .execute(conn)
    .map(|count| count == 1)
}

/// Notes a change of a row: adds it, or takes its place.
pub fn put_row(conn: &mut DbConn, row: &DraftRow) -> QueryResult<()> {
    per_backend!(conn, |c| diesel::insert_into(draft_rows::table)
        .values(row)
        .on_conflict((draft_rows::draft_id, draft_rows::row_number))
        .do_update()
        .set((
            draft_rows::revision.eq(row.revision),
            draft_rows::is_removed.eq(row.is_removed),
            draft_rows::verdict.eq(row.verdict.clone()),
            draft_rows::edited_by.eq(row.edited_by),
            draft_rows::edited_at.eq(row.edited_at),
        ))
        .execute(c))
    .map(drop)
}

/// Takes all changed cells of a row away.
pub fn clear_row(conn: &mut DbConn, draft: DraftId, row: i32) -> QueryResult<usize> {
    diesel::delete(
        draft_cells::table
            .filter(draft_cells::draft_id.eq(draft))
            .filter(draft_cells::row_number.eq(row)),
    )
    .execute(conn)
}

/// Takes one changed cell away.
pub fn clear_cell(
    conn: &mut DbConn,
    draft: DraftId,
    (row, field): (i32, &str),
) -> QueryResult<usize> {
    diesel::delete(draft_cells::table.find((draft, row, field.to_owned()))).execute(conn)
}

/// Takes a new record away.
pub fn delete_row(conn: &mut DbConn, draft: DraftId, row: i32) -> QueryResult<usize> {
    diesel::delete(draft_rows::table.find((draft, row))).execute(conn)
}

/// Adds the cells of one row, which has none.
pub fn insert_cells(conn: &mut DbConn, cells: &[DraftCell]) -> QueryResult<()> {
    match conn {
        DbConn::Postgres(c) => diesel::insert_into(draft_cells::table)
            .values(cells)
            .execute(c)
            .map(drop),
        DbConn::Sqlite(c) => diesel::insert_into(draft_cells::table)
            .values(cells)
            .execute(c)
            .map(drop),
    }
}

/// Adds suggested cells where nothing was changed before; how many. SQLite
/// takes one prepared statement row by row, which is faster there than one for
/// many.
pub fn suggest(conn: &mut DbConn, cells: &[DraftCell]) -> QueryResult<usize> {
    match conn {
        DbConn::Postgres(c) => diesel::insert_into(draft_cells::table)
            .values(cells)
            .on_conflict_do_nothing()
            .execute(c),
        DbConn::Sqlite(c) => cells.iter().try_fold(0, |count, cell| {
            let added = diesel::insert_or_ignore_into(draft_cells::table)
                .values(cell)
                .execute(c)?;
            Ok(count + added)
        }),
    }
}

/// Adds the rows of suggested cells where they are missing.
pub fn touch(conn: &mut DbConn, rows: &[DraftRow]) -> QueryResult<()> {
    match conn {
        DbConn::Postgres(c) => diesel::insert_into(draft_rows::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(c)
            .map(drop),
        DbConn::Sqlite(c) => rows.iter().try_for_each(|row| {
            diesel::insert_or_ignore_into(draft_rows::table)
                .values(row)
                .execute(c)
                .map(drop)
        }),
    }
}

/// Counts up the rows among these that were there before, and forgets what
/// their check came to.
pub fn count_up(
    conn: &mut DbConn,
    draft: DraftId,
    rows: &[i32],
    (by, now): (AccountId, Moment),
) -> QueryResult<usize> {
    diesel::update(
        draft_rows::table
            .filter(draft_rows::draft_id.eq(draft))
            .filter(draft_rows::row_number.eq_any(rows)),
    )
    .set((
        draft_rows::revision.eq(draft_rows::revision + 1),
        draft_rows::verdict.eq(None::<String>),
        draft_rows::edited_by.eq(by),
        draft_rows::edited_at.eq(now),
    ))
    .execute(conn)
}

/// Throws an open draft away.
pub fn discard(conn: &mut DbConn, id: DraftId, now: Moment) -> QueryResult<bool> {
    diesel::update(
        drafts::table
            .find(id)
            .filter(drafts::finished_at.is_null())
            .filter(drafts::discarded_at.is_null()),
    )
    .set(drafts::discarded_at.eq(now))
    .execute(conn)
    .map(|count| count == 1)
}

/// Takes the cells of a draft away that was thrown away.
pub fn clear_cells(conn: &mut DbConn, id: DraftId) -> QueryResult<usize> {
    diesel::delete(draft_cells::table.filter(draft_cells::draft_id.eq(id))).execute(conn)
}

/// Takes the rows of a draft away that was thrown away.
pub fn clear_rows(conn: &mut DbConn, id: DraftId) -> QueryResult<usize> {
    diesel::delete(draft_rows::table.filter(draft_rows::draft_id.eq(id))).execute(conn)
}

/// Notes that a draft became a version, and the file if it is made.
pub fn finish(
    conn: &mut DbConn,
    id: DraftId,
    (version, file): (VersionId, Option<FileId>),
    changes: i64,
    now: Moment,
) -> QueryResult<usize> {
    diesel::update(drafts::table.find(id))
        .set((
            drafts::finished_at.eq(now),
            drafts::version_id.eq(version),
            drafts::file_id.eq(file),
            drafts::changes.eq(changes),
        ))
        .execute(conn)
}

/// Notes the file that was made of a draft, once.
pub fn note_file(conn: &mut DbConn, id: DraftId, file: FileId) -> QueryResult<bool> {
    diesel::update(drafts::table.find(id).filter(drafts::file_id.is_null()))
        .set(drafts::file_id.eq(file))
        .execute(conn)
        .map(|count| count == 1)
}

/// Makes a file the file of a version.
pub fn give_file(conn: &mut DbConn, version: VersionId, file: FileId) -> QueryResult<usize> {
    diesel::update(submission_versions::table.find(version))
        .set(submission_versions::file_id.eq(file))
        .execute(conn)
}
