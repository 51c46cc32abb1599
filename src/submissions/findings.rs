//! All findings of a version one after the other, read a batch at a time.

use std::collections::VecDeque;

use super::model::{StoredFinding, VersionId};
use super::queries;
use crate::datasets::{Finding, Outside};
use crate::platform::db::DbConnection;

/// Findings read at a time.
const BATCH: i64 = 2_000;

/// The findings of a version in the order of the file.
pub(super) struct Findings {
    conn: DbConnection,
    version: VersionId,
    position: i64,
    ahead: VecDeque<StoredFinding>,
    is_over: bool,
}

impl Findings {
    /// Those of a version, over a connection of their own.
    pub fn of(conn: DbConnection, version: VersionId) -> Self {
        Self {
            conn,
            version,
            position: -1,
            ahead: VecDeque::new(),
            is_over: false,
        }
    }

    fn read_ahead(&mut self) -> Result<(), Outside> {
        let batch = queries::findings::after(&mut self.conn, self.version, self.position, BATCH)?;
        match batch.last() {
            Some(last) => self.position = last.position,
            None => self.is_over = true,
        }
        self.ahead.extend(batch);
        Ok(())
    }
}

impl Iterator for Findings {
    type Item = Result<Finding, Outside>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(stored) = self.ahead.pop_front() {
                match stored.finding() {
                    Some(finding) => return Some(Ok(finding)),
                    None => continue,
                }
            }
            if self.is_over {
                return None;
            }
            if let Err(error) = self.read_ahead() {
                self.is_over = true;
                return Some(Err(error));
            }
        }
    }
}
