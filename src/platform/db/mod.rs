//! One connection type over SQLite and PostgreSQL.

mod conn;
mod grouped;
pub mod schema;
mod search;

pub use conn::{DbConn, MultiBackend};
pub use grouped::grouped;
pub use search::containing;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection, R2D2Connection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::thread;
use std::time::{Duration, Instant};

/// Compiles the body once per backend, for SQL outside the common subset
/// (`on_conflict`, inserting many rows).
#[macro_export]
macro_rules! per_backend {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::platform::db::DbConn::Postgres($c) => $body,
            $crate::platform::db::DbConn::Sqlite($c) => $body,
        }
    };
}

/// Keeps everybody else who asks for the same key waiting until the transaction
/// ends: a form that comes twice at once then sees what the first one did. SQLite
/// has one writer at a time anyway.
///
/// # Errors
/// The database's.
pub fn hold_key(conn: &mut DbConn, key: &str) -> QueryResult<()> {
    match conn {
        DbConn::Postgres(c) => diesel::sql_query(HOLD_KEY)
            .bind::<diesel::sql_types::Text, _>(key)
            .execute(c)
            .map(drop),
        DbConn::Sqlite(_) => Ok(()),
    }
}

const HOLD_KEY: &str = "SELECT pg_advisory_xact_lock(hashtextextended('padan form ' || $1, 0))";

/// Writes many rows, within the caller's transaction: never through the
/// connection over both databases, which costs twice as much. PostgreSQL takes a
/// COPY; SQLite takes one prepared statement row by row, which is faster there
/// than one for many rows.
#[macro_export]
macro_rules! insert_many {
    ($conn:expr, $table:ident, $rows:expr) => {
        match $conn {
            $crate::platform::db::DbConn::Postgres(c) => diesel::copy_from($table::table)
                .from_insertable($rows)
                .execute(c)
                .map(drop),
            $crate::platform::db::DbConn::Sqlite(c) => $rows.iter().try_for_each(|row| {
                diesel::insert_into($table::table)
                    .values(row)
                    .execute(c)
                    .map(drop)
            }),
        }
    };
}

/// `synchronous = FULL`, because in WAL mode NORMAL loses acknowledged commits
/// on power loss; every setting is per connection.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
    PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; \
    PRAGMA journal_size_limit = 67108864;";

/// A statement that runs longer than this is not for a person who waits.
const POSTGRES_SETTINGS: &str = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '120s'; SET TIME ZONE 'UTC';";

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The address begins with neither `sqlite:` nor `postgres:`.
    #[error("the database address must begin with sqlite:// or postgres://")]
    UnknownScheme,
    /// No connection came free in time, or the database is away.
    #[error("no database connection: {0}")]
    Pool(#[from] diesel::r2d2::PoolError),
    /// A single connection could not be made.
    #[error("no database connection: {0}")]
    Connection(#[from] ConnectionError),
    /// A migration did not run.
    #[error("migration: {0}")]
    Migration(String),
    /// SQLite does not work as safely as it must.
    #[error("SQLite runs with {0} instead of wal, full (2) and foreign keys (1)")]
    Settings(String),
    /// The thread that ran the query went away.
    #[error("the database thread stopped")]
    Blocking(#[from] actix_web::error::BlockingError),
}

/// Makes connections; the scheme of the address alone chooses the database.
pub struct Manager {
    url: String,
}

impl Manager {
    fn open(&self) -> Result<DbConn, ConnectionError> {
        let Some(path) = self.url.strip_prefix("sqlite://") else {
            let mut conn = PgConnection::establish(&self.url)?;
            conn.batch_execute(POSTGRES_SETTINGS)
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            return Ok(DbConn::Postgres(conn));
        };
        let mut conn = SqliteConnection::establish(path)?;
        conn.batch_execute(SQLITE_SETTINGS)
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(DbConn::Sqlite(conn))
    }
}

impl ManageConnection for Manager {
    type Connection = DbConn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<DbConn, Self::Error> {
        self.open().map_err(diesel::r2d2::Error::ConnectionError)
    }

    /// A server may have gone since; a file is there as long as it is open.
    fn is_valid(&self, conn: &mut DbConn) -> Result<(), Self::Error> {
        match conn {
            DbConn::Postgres(c) => c.ping().map_err(diesel::r2d2::Error::QueryError),
            DbConn::Sqlite(_) => Ok(()),
        }
    }

    fn has_broken(&self, conn: &mut DbConn) -> bool {
        conn.is_broken()
    }
}

/// A connection taken out of the pool, given back when dropped.
pub type DbConnection = PooledConnection<Manager>;

/// The database: a pool of connections.
#[derive(Clone)]
pub struct Db(Pool<Manager>);

impl Db {
    /// Opens a pool on `sqlite://<path>` or `postgres://…`.
    ///
    /// # Errors
    /// When the scheme is another one, or the database cannot be reached.
    pub fn open(url: &str, connections: u32) -> Result<Self, DbError> {
        if !["sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|s| url.starts_with(s))
        {
            return Err(DbError::UnknownScheme);
        }
        let manager = Manager {
            url: url.to_owned(),
        };
        let pool = Pool::builder()
            .max_size(connections)
            .connection_timeout(Duration::from_secs(5))
            .build(manager)?;
        Ok(Self(pool))
    }

    /// A connection for a thread that may wait: commands, jobs and tests.
    ///
    /// # Errors
    /// When none comes free in time.
    pub fn connection(&self) -> Result<DbConnection, DbError> {
        Ok(self.0.get()?)
    }

    /// Runs queries that only read. The outer error is the database's, the
    /// inner one is the caller's: `db.read(..).await??`.
    ///
    /// # Errors
    /// When there is no connection.
    pub async fn read<T, E>(
        &self,
        queries: impl FnOnce(&mut DbConn) -> Result<T, E> + Send + 'static,
    ) -> Result<Result<T, E>, DbError>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let pool = self.0.clone();
        actix_web::web::block(move || Ok(queries(&mut *pool.get()?))).await?
    }

    /// Runs one deed in one transaction: all of it, or none.
    ///
    /// # Errors
    /// When there is no connection.
    pub async fn write<T, E>(
        &self,
        deed: impl FnOnce(&mut DbConn) -> Result<T, E> + Send + 'static,
    ) -> Result<Result<T, E>, DbError>
    where
        T: Send + 'static,
        E: From<diesel::result::Error> + Send + 'static,
    {
        self.read(move |conn| transaction(conn, deed)).await
    }
}

/// Makes sure that SQLite took its settings, on which it depends that what was
/// acknowledged survives a power cut; some file systems cannot do WAL.
///
/// # Errors
/// What is set instead.
pub fn assert_settings(conn: &mut DbConn) -> Result<(), DbError> {
    let DbConn::Sqlite(conn) = conn else {
        return Ok(());
    };
    let set: String = diesel::dsl::sql::<diesel::sql_types::Text>(
        "SELECT journal_mode || ' ' || synchronous || ' ' || foreign_keys \
         FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys",
    )
    .get_result(conn)
    .map_err(|error| DbError::Settings(error.to_string()))?;
    match set.as_str() {
        "wal 2 1" => Ok(()),
        _ => Err(DbError::Settings(set)),
    }
}

/// Runs `deed` in one transaction, on a connection at hand.
///
/// SQLite must take its write lock at the start (`BEGIN IMMEDIATE`): a read
/// lock upgraded later fails at once with "database is locked".
///
/// # Errors
/// Those of `deed`, after everything was rolled back.
pub fn transaction<T, E: From<diesel::result::Error>>(
    conn: &mut DbConn,
    deed: impl FnOnce(&mut DbConn) -> Result<T, E>,
) -> Result<T, E> {
    type Manager = <DbConn as Connection>::TransactionManager;
    match conn {
        DbConn::Postgres(c) => AnsiTransactionManager::begin_transaction(c)?,
        DbConn::Sqlite(c) => begin_immediate(c)?,
    }
    match deed(conn) {
        Ok(value) => {
            Manager::commit_transaction(conn)?;
            Ok(value)
        }
        Err(error) => {
            // A full disk makes SQLite roll back by itself: the cause is what
            // counts. The pool then drops the connection.
            if let Err(rollback) = Manager::rollback_transaction(conn) {
                tracing::warn!(error = %rollback, "no rollback");
            }
            Err(error)
        }
    }
}

/// As [`transaction`], for one of many whose result counts only once a later
/// transaction has noted it: after a power cut it may be as if the last of them
/// had not been, so that the disk need not be waited for each time. Whatever is
/// committed later by [`transaction`] brings them to the disk with it.
///
/// # Errors
/// Those of `deed`, after everything was rolled back.
pub fn provisional<T, E: From<diesel::result::Error>>(
    conn: &mut DbConn,
    deed: impl FnOnce(&mut DbConn) -> Result<T, E>,
) -> Result<T, E> {
    if let DbConn::Sqlite(c) = conn {
        c.batch_execute("PRAGMA synchronous = NORMAL")?;
    }
    let done = transaction(conn, |conn| {
        if let DbConn::Postgres(c) = conn {
            c.batch_execute("SET LOCAL synchronous_commit = off")?;
        }
        deed(conn)
    });
    if let DbConn::Sqlite(c) = conn {
        c.batch_execute("PRAGMA synchronous = FULL")?;
    }
    done
}

/// How long a writer waits for SQLite's other writers.
const TURN: Duration = Duration::from_secs(5);
/// How soon it looks again.
const LOOK: Duration = Duration::from_millis(1);

/// Waits for the turn to write. SQLite's own waiting looks again after up to a
/// tenth of a second: beside a check that writes one short transaction after
/// the other it would hardly ever hit the gap between two of them.
fn begin_immediate(conn: &mut SqliteConnection) -> QueryResult<()> {
    let until = Instant::now() + TURN;
    conn.batch_execute("PRAGMA busy_timeout = 0")?;
    let begun = loop {
        match AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE") {
            Err(error) if is_locked(&error) && Instant::now() < until => thread::sleep(LOOK),
            begun => break begun,
        }
    };
    conn.batch_execute("PRAGMA busy_timeout = 5000")?;
    begun
}

fn is_locked(error: &diesel::result::Error) -> bool {
    use diesel::result::Error::DatabaseError;
    matches!(error, DatabaseError(_, told) if told.message() == "database is locked")
}

/// Runs queries that all see the database as it is at the first of them, however
/// long they take; nothing is written.
///
/// # Errors
/// Those of `queries`.
pub fn snapshot<T, E: From<diesel::result::Error>>(
    conn: &mut DbConn,
    queries: impl FnOnce(&mut DbConn) -> Result<T, E>,
) -> Result<T, E> {
    type Manager = <DbConn as Connection>::TransactionManager;
    match conn {
        DbConn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )?,
        DbConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED")?,
    }
    let read = queries(conn);
    Manager::rollback_transaction(conn)?;
    read
}

/// Runs `deed` in one transaction while no other program runs one so on this
/// database: programs that start together bring the tables up to date in turn.
///
/// # Errors
/// Those of `deed`, after everything was rolled back; the database's when the
/// others take too long.
pub fn alone<T, E: From<diesel::result::Error>>(
    conn: &mut DbConn,
    deed: impl FnOnce(&mut DbConn) -> Result<T, E>,
) -> Result<T, E> {
    transaction(conn, |conn| {
        // SQLite has one writer at a time by itself.
        if let DbConn::Postgres(c) = conn {
            c.batch_execute(POSTGRES_TURN)?;
        }
        deed(conn)
    })
}

/// Given back with the end of the transaction.
const POSTGRES_TURN: &str = "SET LOCAL lock_timeout = '60s'; \
    SELECT pg_advisory_xact_lock(hashtext('padan ' || current_schema()));";

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Brings the tables up to date; [`alone`], where other programs may start too.
///
/// # Errors
/// When a migration fails; it is then rolled back.
pub fn migrate(conn: &mut DbConn) -> Result<(), DbError> {
    let ran = match conn {
        DbConn::Postgres(c) => c.run_pending_migrations(POSTGRES).map(drop),
        DbConn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(drop),
    };
    ran.map_err(|error| DbError::Migration(error.to_string()))
}
