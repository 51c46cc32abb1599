//! The third thread of a check: writes rows and findings in short transactions
//! while the next ones are read and judged. Between two of them others write.

use std::io;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use diesel::QueryResult;

use crate::platform::clock::Moment;
use crate::platform::db::{self, DbConn, DbConnection};
use crate::submissions::model::{StoredFinding, StoredKey, StoredRow, VersionId};
use crate::submissions::queries::{bulk, change};

/// Row keys that are written together.
const KEYS: usize = 20_000;
/// Between two transactions: longer than others who wait for SQLite's one
/// writer take to look again.
const GAP: Duration = Duration::from_millis(3);

type Run = (VersionId, Moment);

/// What is written together.
#[derive(Default)]
pub(super) struct Gathered {
    pub rows: Vec<StoredRow>,
    pub findings: Vec<StoredFinding>,
    /// Rows done of rows in the file.
    pub progress: (i64, i64),
}

/// What is left when everything was written, or nobody wants it any more.
pub(super) struct Stored {
    pub conn: DbConnection,
    run: Run,
    /// Key and number of each row.
    keys: Vec<(i64, i32)>,
    progress: (i64, i64),
    /// Neither cancelled nor superseded.
    goes_on: bool,
}

/// The thread that stores, and the way to it.
pub(super) struct Storing {
    way: SyncSender<Gathered>,
    thread: JoinHandle<QueryResult<Stored>>,
}

impl Storing {
    /// Begins to store over a connection.
    pub fn begin(conn: DbConnection, run: Run) -> io::Result<Self> {
        let (way, gathered) = sync_channel(1);
        let stored = Stored {
            conn,
            run,
            keys: Vec::new(),
            progress: (0, 0),
            goes_on: true,
        };
        let thread = thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || stored.all(gathered))?;
        Ok(Self { way, thread })
    }

    /// Hands something over; `false` when it is not taken any more.
    pub fn take(&self, gathered: Gathered) -> bool {
        self.way.send(gathered).is_ok()
    }

    /// Waits until everything is written.
    pub fn end(self) -> QueryResult<Stored> {
        drop(self.way);
        self.thread
            .join()
            .unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// As `end`, and writes the keys of the rows; nothing when the run was
    /// cancelled or superseded.
    pub fn complete(self) -> QueryResult<Option<DbConnection>> {
        let mut stored = self.end()?;
        stored.write_keys()?;
        Ok(stored.goes_on.then_some(stored.conn))
    }
}

impl Stored {
    fn all(mut self, gathered: Receiver<Gathered>) -> QueryResult<Self> {
        for gathered in gathered {
            self.progress = gathered.progress;
            let keys = gathered.rows.iter();
            self.keys
                .extend(keys.filter_map(|row| Some((row.row_key?, row.row_number))));
            self.write(|conn| {
                bulk::insert_rows(conn, &gathered.rows)?;
                bulk::insert_findings(conn, &gathered.findings)
            })?;
            if !self.goes_on {
                break;
            }
        }
        Ok(self)
    }

    fn write_keys(&mut self) -> QueryResult<()> {
        let (mut keys, version) = (std::mem::take(&mut self.keys), self.run.0);
        keys.sort_unstable();
        for some in keys.chunks(KEYS) {
            if !self.goes_on {
                break;
            }
            let key = |(row_key, row_number): &(i64, i32)| StoredKey {
                version_id: version,
                row_key: *row_key,
                row_number: *row_number,
            };
            let some: Vec<StoredKey> = some.iter().map(key).collect();
            self.write(|conn| bulk::insert_keys(conn, &some))?;
        }
        Ok(())
    }

    /// Writes something in a transaction, unless the run is over.
    fn write(&mut self, insert: impl FnOnce(&mut DbConn) -> QueryResult<()>) -> QueryResult<()> {
        let (run, (done, total)) = (self.run, self.progress);
        self.goes_on = db::provisional(&mut self.conn, |conn| {
            let goes_on = change::note_progress(conn, run, done, total)?;
            if goes_on {
                insert(conn)?;
            }
            Ok::<_, diesel::result::Error>(goes_on)
        })?;
        thread::sleep(GAP);
        Ok(())
    }
}
