//! A connection to either database.
#![allow(missing_docs, reason = "the derive writes public items without them")]

use diesel::prelude::*;

/// A connection to either database. SQL in the common subset is written once.
#[derive(diesel::MultiConnection)]
pub enum DbConn {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}
