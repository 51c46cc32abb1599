//! An import's place and its rejected rows.

use diesel::prelude::*;

use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{register_imports, register_rejects};
use crate::register::model::{RegisterImport, RegisterImportId, Reject};

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

/// Records an import.
pub fn insert(conn: &mut DbConn, import: &RegisterImport) -> QueryResult<()> {
    diesel::insert_into(register_imports::table)
        .values(import)
        .execute(conn)
        .map(drop)
}

/// Moves an import on from byte `before`; `false` when it stands elsewhere.
pub fn advance(conn: &mut DbConn, import: &RegisterImport, before: i64) -> QueryResult<bool> {
    let as_expected = register_imports::table
        .find(import.id)
        .filter(register_imports::position.eq(before))
        .filter(register_imports::finished_at.is_null());
    diesel::update(as_expected)
        .set((
            register_imports::position.eq(import.position),
            register_imports::rows_done.eq(import.rows_done),
            register_imports::added.eq(import.added),
            register_imports::changed.eq(import.changed),
            register_imports::unchanged.eq(import.unchanged),
            register_imports::rejected.eq(import.rejected),
        ))
        .execute(conn)
        .map(|count| count == 1)
}

/// Ends an import.
pub fn finish(conn: &mut DbConn, id: RegisterImportId, now: Moment) -> QueryResult<()> {
    diesel::update(register_imports::table.find(id))
        .set(register_imports::finished_at.eq(now))
        .execute(conn)
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
