//! Keeping rows and findings as they are found: they are gathered here and
//! stored by a thread of their own.

use std::io;
use std::time::{Duration, Instant};

use super::store::{Gathered, Storing};
use crate::datasets::{CheckedRow, Dataset, Flow, Outside, Sink};
use crate::platform::clock::Moment;
use crate::platform::db::DbConnection;
use crate::submissions::model::{StoredFinding, StoredRow, VersionId};

/// Rows that are stored together at most; whoever wants to write meanwhile
/// waits that long.
const TOGETHER: usize = 10_000;
/// How long rows are gathered at most: the page shows progress this often, and
/// a cancellation is seen this soon.
const PAUSE: Duration = Duration::from_millis(250);

/// Gathers rows and hands them to whoever stores them.
pub struct Keeping {
    run: (VersionId, Moment),
    dataset: &'static Dataset,
    gathered: Gathered,
    storing: Storing,
    position: i64,
    handed: Instant,
}

impl Keeping {
    /// Keeps the rows of one run over a version.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(
        conn: DbConnection,
        run: (VersionId, Moment),
        dataset: &'static Dataset,
    ) -> io::Result<Self> {
        Ok(Self {
            run,
            dataset,
            gathered: Gathered::default(),
            storing: Storing::begin(conn, run)?,
            position: 0,
            handed: Instant::now(),
        })
    }

    /// When the run began.
    pub fn began(&self) -> Moment {
        self.run.1
    }

    /// Stores what is gathered; nothing when the run was cancelled or
    /// superseded.
    ///
    /// # Errors
    /// The database's.
    pub fn complete(mut self) -> Result<Option<DbConnection>, diesel::result::Error> {
        // When nobody takes it, the end tells why.
        let _ = self.hand_over();
        self.storing.complete()
    }

    /// Drops what is gathered.
    ///
    /// # Errors
    /// The database's, of what was stored before.
    pub fn abandon(self) -> Result<DbConnection, diesel::result::Error> {
        self.storing.end().map(|stored| stored.conn)
    }

    fn is_due(&self) -> bool {
        self.gathered.rows.len() >= TOGETHER || self.handed.elapsed() >= PAUSE
    }

    /// `false` when nobody takes it any more.
    fn hand_over(&mut self) -> bool {
        self.handed = Instant::now();
        self.storing.take(std::mem::take(&mut self.gathered))
    }
}

impl Sink for Keeping {
    fn batch(&mut self, rows: &[CheckedRow]) -> Result<(), Outside> {
        let version = self.run.0;
        for row in rows {
            let stored = StoredRow::of(version, self.dataset, row);
            self.gathered.rows.push(stored);
            for finding in &row.findings {
                let stored = StoredFinding::of(version, self.position, finding);
                self.gathered.findings.push(stored);
                self.position += 1;
            }
        }
        Ok(())
    }

    fn progress(&mut self, done: u64, total: u64) -> Result<Flow, Outside> {
        let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
        self.gathered.progress = (count(done), count(total));
        if !self.is_due() || self.hand_over() {
            Ok(Flow::Continue)
        } else {
            Ok(Flow::Cancel)
        }
    }
}
