//! Keeping rows and findings as they are found, a batch at a time.

use std::time::{Duration, Instant};

use super::super::actions::MailedError;
use super::super::model::{StoredFinding, StoredRow, VersionId};
use super::super::queries::{bulk, change};
use crate::datasets::{CheckedRow, Dataset, Flow, Outside, Sink};
use crate::platform::clock::Moment;
use crate::platform::db::{self, DbConn, DbConnection};

/// Rows that are gathered at most before they are written.
const GATHERED: usize = 20_000;
/// How long rows are gathered at most: the page shows progress this often, and
/// a cancellation is seen this soon.
const PAUSE: Duration = Duration::from_millis(250);

/// Gathers rows and writes them, each batch in one short transaction: others
/// write between two batches.
pub struct Keeping {
    conn: DbConnection,
    run: (VersionId, Moment),
    dataset: &'static Dataset,
    rows: Vec<StoredRow>,
    findings: Vec<StoredFinding>,
    position: i64,
    written: Instant,
}

impl Keeping {
    /// Keeps the rows of one run over a version.
    pub fn new(conn: DbConnection, run: (VersionId, Moment), dataset: &'static Dataset) -> Self {
        Self {
            conn,
            run,
            dataset,
            rows: Vec::new(),
            findings: Vec::new(),
            position: 0,
            written: Instant::now(),
        }
    }

    /// When the run began.
    pub fn began(&self) -> Moment {
        self.run.1
    }

    /// Writes what is gathered and the result, in one transaction.
    pub fn finish(
        mut self,
        conclude: impl FnOnce(&mut DbConn) -> Result<bool, MailedError>,
    ) -> Result<(), MailedError> {
        let (rows, findings) = (&self.rows, &self.findings);
        db::transaction(&mut self.conn, |conn| {
            bulk::insert_rows(conn, rows)?;
            bulk::insert_findings(conn, findings)?;
            if conclude(conn)? {
                Ok(())
            } else {
                // Cancelled or superseded in the last moment: nothing stays.
                Err(diesel::result::Error::RollbackTransaction.into())
            }
        })
        .or_else(rolled_back)
    }

    /// Drops what is gathered and does something else instead.
    pub fn abandon(
        mut self,
        deed: impl FnOnce(&mut DbConn) -> Result<(), MailedError>,
    ) -> Result<(), MailedError> {
        db::transaction(&mut self.conn, deed)
    }

    fn is_due(&self) -> bool {
        self.rows.len() >= GATHERED || self.written.elapsed() >= PAUSE
    }

    /// `false` when the check was cancelled or superseded.
    fn write(&mut self, done: u64, total: u64) -> Result<bool, diesel::result::Error> {
        let (run, rows, findings) = (self.run, &self.rows, &self.findings);
        let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
        let goes_on = db::transaction(&mut self.conn, |conn| {
            if !change::note_progress(conn, run, count(done), count(total))? {
                return Ok(false);
            }
            bulk::insert_rows(conn, rows)?;
            bulk::insert_findings(conn, findings)?;
            Ok::<_, diesel::result::Error>(true)
        })?;
        self.rows.clear();
        self.findings.clear();
        self.written = Instant::now();
        Ok(goes_on)
    }
}

fn rolled_back(error: MailedError) -> Result<(), MailedError> {
    match error {
        MailedError::Database(diesel::result::Error::RollbackTransaction) => Ok(()),
        error => Err(error),
    }
}

impl Sink for Keeping {
    fn batch(&mut self, rows: &[CheckedRow]) -> Result<(), Outside> {
        let version = self.run.0;
        for row in rows {
            self.rows.push(StoredRow::of(version, self.dataset, row));
            for finding in &row.findings {
                let position = self.position;
                self.findings
                    .push(StoredFinding::of(version, position, finding));
                self.position += 1;
            }
        }
        Ok(())
    }

    fn progress(&mut self, done: u64, total: u64) -> Result<Flow, Outside> {
        if !self.is_due() || self.write(done, total)? {
            Ok(Flow::Continue)
        } else {
            Ok(Flow::Cancel)
        }
    }
}
