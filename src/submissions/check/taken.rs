//! What was taken over before, as checking asks for it: one query a batch.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::run::CheckUploadError;
use crate::datasets::{Outside, RowKey, TakenRow, TakenRows};
use crate::institutions::InstitutionId;
use crate::platform::db::{Db, DbConn, DbConnection};
use crate::submissions::model::{Submission, SubmissionId, VersionId};
use crate::submissions::queries::taken::{self, TakenVersion};

/// The rows that BKN took over from one institution and of one data set, under whichever agreement.
pub(super) struct TakenBefore {
    conn: DbConnection,
    stream: (InstitutionId, String),
    /// The submission at hand.
    submission: SubmissionId,
    versions: HashMap<VersionId, Known>,
}

/// What is told of a version.
struct Known {
    number: Arc<str>,
    on: NaiveDate,
    submission: SubmissionId,
}

impl TakenBefore {
    /// What was taken over before a submission's file is checked; none when
    /// nothing was. The questions get a connection of their own.
    ///
    /// # Errors
    /// The database's.
    pub fn of(
        db: &Db,
        conn: &mut DbConn,
        submission: &Submission,
    ) -> Result<Option<Self>, CheckUploadError> {
        let stream = (submission.institution_id, submission.dataset.clone());
        let versions = taken::versions(conn, (stream.0, &stream.1))?;
        if versions.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self {
            conn: db.connection()?,
            stream,
            submission: submission.id,
            versions: versions.into_iter().filter_map(known).collect(),
        }))
    }

    fn row(&self, version: VersionId, cells: &str) -> Option<TakenRow> {
        let known = self.versions.get(&version)?;
        let values: Vec<Option<String>> = serde_json::from_str(cells).ok()?;
        Some(TakenRow {
            values: values.iter().map(Option::as_deref).collect(),
            on: known.on,
            submission: Arc::clone(&known.number),
            is_same_submission: known.submission == self.submission,
        })
    }
}

fn known(version: TakenVersion) -> Option<(VersionId, Known)> {
    let known = Known {
        number: version.number.into(),
        on: version.decided_at?.jakarta_date(),
        submission: version.submission_id,
    };
    Some((version.id, known))
}

impl TakenRows for TakenBefore {
    fn find(&mut self, keys: &[RowKey]) -> Result<Vec<Option<TakenRow>>, Outside> {
        let mut sorted: Vec<i64> = keys.iter().map(|key| key.as_i64()).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let stream = (self.stream.0, self.stream.1.as_str());
        let mut found = HashMap::with_capacity(keys.len());
        for (key, version, cells) in taken::rows(&mut self.conn, stream, &sorted)? {
            found.insert(key, (version, cells));
        }
        let row = |key: &RowKey| {
            let (version, cells) = found.get(&key.as_i64())?;
            self.row(*version, cells.as_deref()?)
        };
        Ok(keys.iter().map(row).collect())
    }
}
