//! Imports: their place, their lists, their rejected rows.

use diesel::prelude::*;

use crate::per_backend;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{register_imports, register_reject_counts, register_rejects};
use crate::platform::db::{DbConn, MultiBackend};
use crate::platform::files::FileId;
use crate::register::model::{
    ImportFailure, ImportFilter, RegisterImport, RegisterImportId, Reject, RejectReason,
};

/// An import.
pub fn find(conn: &mut DbConn, id: RegisterImportId) -> QueryResult<Option<RegisterImport>> {
    register_imports::table
        .find(id)
        .select(RegisterImport::as_select())
        .first(conn)
        .optional()
}

/// The import that a form made.
pub fn by_key(conn: &mut DbConn, key: &str) -> QueryResult<Option<RegisterImport>> {
    register_imports::table
        .filter(register_imports::form_key.eq(key))
        .select(RegisterImport::as_select())
        .first(conn)
        .optional()
}

/// The import of this file that has not ended, if there is one.
pub fn open(conn: &mut DbConn, dataset: &str, sha256: &str) -> QueryResult<Option<RegisterImport>> {
    register_imports::table
        .filter(register_imports::dataset.eq(dataset))
        .filter(register_imports::sha256.eq(sha256))
        .filter(register_imports::finished_at.is_null())
        .filter(register_imports::failure.is_null())
        .select(RegisterImport::as_select())
        .first(conn)
        .optional()
}

/// The import of a data set that wrote last, whatever became of it.
pub fn last_to_write(conn: &mut DbConn, dataset: &str) -> QueryResult<Option<RegisterImport>> {
    let wrote = register_imports::rows_done
        .gt(0)
        .or(register_imports::finished_at.is_not_null());
    register_imports::table
        .filter(register_imports::dataset.eq(dataset))
        .filter(register_imports::run_began_at.is_not_null())
        .filter(wrote)
        .order((
            register_imports::run_began_at.desc(),
            register_imports::id.desc(),
        ))
        .select(RegisterImport::as_select())
        .first(conn)
        .optional()
}

/// Whether an import of a data set waits or runs.
pub fn any_open(conn: &mut DbConn, dataset: &str) -> QueryResult<bool> {
    let open = register_imports::table
        .filter(register_imports::dataset.eq(dataset))
        .filter(register_imports::finished_at.is_null())
        .filter(register_imports::failure.is_null());
    diesel::select(diesel::dsl::exists(open)).get_result(conn)
}

/// The imports of a file that were finished, the last one first.
pub fn finished_of(
    conn: &mut DbConn,
    dataset: &str,
    sha256: &str,
) -> QueryResult<Option<RegisterImport>> {
    register_imports::table
        .filter(register_imports::dataset.eq(dataset))
        .filter(register_imports::sha256.eq(sha256))
        .filter(register_imports::finished_at.is_not_null())
        .order((
            register_imports::finished_at.desc(),
            register_imports::id.desc(),
        ))
        .select(RegisterImport::as_select())
        .first(conn)
        .optional()
}

/// How many imports there are.
pub fn count(conn: &mut DbConn, filter: &ImportFilter) -> QueryResult<i64> {
    filtered(filter).count().get_result(conn)
}

/// A page of the imports, the latest first.
pub fn list(
    conn: &mut DbConn,
    filter: &ImportFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<RegisterImport>> {
    filtered(filter)
        .order((register_imports::started_at.desc(), register_imports::id))
        .select(RegisterImport::as_select())
        .limit(limit)
        .offset(offset)
        .load(conn)
}

fn filtered(filter: &ImportFilter) -> register_imports::BoxedQuery<'static, MultiBackend> {
    use crate::register::model::ImportStanding as S;
    let mut query = register_imports::table.into_boxed();
    if let Some(dataset) = filter.dataset.clone() {
        query = query.filter(register_imports::dataset.eq(dataset));
    }
    let ended = register_imports::failure.is_not_null();
    match filter.standing {
        None => query,
        Some(S::Open) => query
            .filter(register_imports::finished_at.is_null())
            .filter(register_imports::failure.is_null()),
        Some(S::Finished) => query.filter(register_imports::finished_at.is_not_null()),
        Some(S::Ended) => query.filter(ended),
    }
}

/// Records an import.
pub fn insert(conn: &mut DbConn, import: &RegisterImport) -> QueryResult<()> {
    diesel::insert_into(register_imports::table)
        .values(import)
        .execute(conn)
        .map(drop)
}

/// Notes that an import is begun or taken up again at its place.
pub fn begin_run(conn: &mut DbConn, id: RegisterImportId, now: Moment) -> QueryResult<()> {
    diesel::update(register_imports::table.find(id))
        .set((
            register_imports::run_began_at.eq(now),
            register_imports::run_began_position.eq(register_imports::position),
        ))
        .execute(conn)
        .map(drop)
}

/// Moves an import on from byte `position` and from so many rows taken out;
/// `false` when it stands elsewhere or was ended.
pub fn advance(
    conn: &mut DbConn,
    import: &RegisterImport,
    (position, removed): (i64, i64),
) -> QueryResult<bool> {
    let as_expected = register_imports::table
        .find(import.id)
        .filter(register_imports::position.eq(position))
        .filter(register_imports::removed.eq(removed))
        .filter(register_imports::finished_at.is_null())
        .filter(register_imports::failure.is_null());
    diesel::update(as_expected)
        .set((
            register_imports::position.eq(import.position),
            register_imports::rows_done.eq(import.rows_done),
            register_imports::added.eq(import.added),
            register_imports::changed.eq(import.changed),
            register_imports::unchanged.eq(import.unchanged),
            register_imports::rejected.eq(import.rejected),
            register_imports::removed.eq(import.removed),
        ))
        .execute(conn)
        .map(|count| count == 1)
}

/// Ends an open import whose rows were all read; `false` when it is not open.
pub fn finish(conn: &mut DbConn, id: RegisterImportId, now: Moment) -> QueryResult<bool> {
    let open = register_imports::table
        .find(id)
        .filter(register_imports::finished_at.is_null())
        .filter(register_imports::failure.is_null());
    diesel::update(open)
        .set(register_imports::finished_at.eq(now))
        .execute(conn)
        .map(|count| count == 1)
}

/// Notes why an open import came to no end; `false` when it is not open.
pub fn end(conn: &mut DbConn, id: RegisterImportId, why: ImportFailure) -> QueryResult<bool> {
    let open = register_imports::table
        .find(id)
        .filter(register_imports::finished_at.is_null())
        .filter(register_imports::failure.is_null());
    diesel::update(open)
        .set(register_imports::failure.eq(why))
        .execute(conn)
        .map(|count| count == 1)
}

/// Ends an import for good that is open or broke off; `false` when it is neither.
pub fn cancel(conn: &mut DbConn, id: RegisterImportId) -> QueryResult<bool> {
    let unfinished = register_imports::failure
        .is_null()
        .or(register_imports::failure.eq(ImportFailure::BrokenOff));
    let them = register_imports::table
        .find(id)
        .filter(register_imports::finished_at.is_null())
        .filter(unfinished);
    diesel::update(them)
        .set(register_imports::failure.eq(ImportFailure::Cancelled))
        .execute(conn)
        .map(|count| count == 1)
}

/// An import that was started before a moment and broke off.
pub fn broken_off_before(
    conn: &mut DbConn,
    moment: Moment,
) -> QueryResult<Option<RegisterImportId>> {
    register_imports::table
        .filter(register_imports::failure.eq(ImportFailure::BrokenOff))
        .filter(register_imports::started_at.lt(moment))
        .order(register_imports::started_at)
        .select(register_imports::id)
        .first(conn)
        .optional()
}

/// Opens an import again that broke off; `false` when it did not.
pub fn reopen(conn: &mut DbConn, id: RegisterImportId) -> QueryResult<bool> {
    let broken = register_imports::table
        .find(id)
        .filter(register_imports::failure.eq(ImportFailure::BrokenOff));
    diesel::update(broken)
        .set((
            register_imports::failure.eq(None::<ImportFailure>),
            register_imports::run_began_at.eq(None::<Moment>),
        ))
        .execute(conn)
        .map(|count| count == 1)
}

/// Lets an import forget its file.
pub fn forget_file(conn: &mut DbConn, file: FileId) -> QueryResult<()> {
    diesel::update(register_imports::table.filter(register_imports::file_id.eq(file)))
        .set(register_imports::file_id.eq(None::<FileId>))
        .execute(conn)
        .map(drop)
}

/// Counts the rejected rows of an import that ends: there may be a million.
pub fn count_rejects(conn: &mut DbConn, import: RegisterImportId) -> QueryResult<()> {
    use diesel::dsl::count_star;
    forget_counts(conn, import)?;
    let counted = register_rejects::table
        .filter(register_rejects::import_id.eq(import))
        .group_by((
            register_rejects::import_id,
            register_rejects::field,
            register_rejects::reason,
        ))
        .select((
            register_rejects::import_id,
            register_rejects::field,
            register_rejects::reason,
            count_star(),
        ));
    per_backend!(conn, |c| diesel::insert_into(register_reject_counts::table)
        .values(counted)
        .into_columns((
            register_reject_counts::import_id,
            register_reject_counts::field,
            register_reject_counts::reason,
            register_reject_counts::held,
        ))
        .execute(c))
    .map(drop)
}

/// Forgets how many rows were rejected: an import goes on.
pub fn forget_counts(conn: &mut DbConn, import: RegisterImportId) -> QueryResult<()> {
    let counts = register_reject_counts::table.filter(register_reject_counts::import_id.eq(import));
    diesel::delete(counts).execute(conn).map(drop)
}

/// How many rows an ended import rejected, by field and reason, the most
/// frequent first.
pub fn reject_counts(
    conn: &mut DbConn,
    import: RegisterImportId,
) -> QueryResult<Vec<(String, RejectReason, i64)>> {
    register_reject_counts::table
        .filter(register_reject_counts::import_id.eq(import))
        .select((
            register_reject_counts::field,
            register_reject_counts::reason,
            register_reject_counts::held,
        ))
        .order((
            register_reject_counts::held.desc(),
            register_reject_counts::field,
        ))
        .load(conn)
}

/// Whether rows were rejected of which nobody can tell what they are about:
/// `about` is the field that would.
pub fn has_unnamed(conn: &mut DbConn, import: RegisterImportId, about: &str) -> QueryResult<bool> {
    let unnamed = register_rejects::table
        .filter(register_rejects::import_id.eq(import))
        .filter(register_rejects::field.eq_any(["", about]));
    diesel::select(diesel::dsl::exists(unnamed)).get_result(conn)
}

/// The first rows that were rejected for a reason, in order.
pub fn rows_rejected_for(
    conn: &mut DbConn,
    import: RegisterImportId,
    reason: RejectReason,
    limit: i64,
) -> QueryResult<Vec<i64>> {
    register_rejects::table
        .filter(register_rejects::import_id.eq(import))
        .filter(register_rejects::reason.eq(reason))
        .order(register_rejects::row_number)
        .select(register_rejects::row_number)
        .limit(limit)
        .offset(0)
        .load(conn)
}

/// Rejects rows no more.
pub fn drop_rejects(conn: &mut DbConn, import: RegisterImportId, rows: &[i64]) -> QueryResult<()> {
    per_backend!(conn, |c| diesel::delete(register_rejects::table)
        .filter(register_rejects::import_id.eq(import))
        .filter(register_rejects::row_number.eq_any(rows))
        .execute(c))
    .map(drop)
}

/// Rejected rows after a row, in the order of the file.
pub fn rejects_after(
    conn: &mut DbConn,
    import: RegisterImportId,
    row: i64,
    limit: i64,
) -> QueryResult<Vec<Reject>> {
    register_rejects::table
        .filter(register_rejects::import_id.eq(import))
        .filter(register_rejects::row_number.gt(row))
        .order(register_rejects::row_number)
        .select(Reject::as_select())
        .limit(limit)
        .load(conn)
}
