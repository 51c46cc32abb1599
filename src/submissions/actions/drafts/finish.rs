//! A draft becomes a version: the next one of its submission, or the first one
//! of a new submission.

use serde_json::json;
use std::sync::{Arc, OnceLock};

use super::{DraftError, found, hold, record};
use crate::accounts::{Account, Scope};
use crate::datasets::{self, Verdict};
use crate::deliveries::DeliveryId;
use crate::platform::clock::Moment;
use crate::platform::db::{DbConn, grouped};
use crate::platform::files::{FileId, FileStore, StoredFile};
use crate::platform::jobs;
use crate::submissions::actions::{NewUpload, UploadError, begin};
use crate::submissions::desk::{Desk, Place};
use crate::submissions::jobs::CHECK;
use crate::submissions::model::drafts::{Draft, DraftCell, DraftId};
use crate::submissions::model::{SubmissionId, SubmissionVersion};
use crate::submissions::queries::{change, drafted, drafting, find};

/// Where a draft went that was finished before.
fn went(
    conn: &mut DbConn,
    scope: Scope,
    id: DraftId,
) -> Result<Option<(SubmissionId, i32)>, DraftError> {
    let draft = drafted::find(conn, scope, id)?;
    match draft.and_then(|draft| draft.version_id) {
        Some(version) => Ok(find::place_of(conn, version)?),
        None => Ok(None),
    }
}

/// Makes a draft the next version of its submission and queues the check, which
/// makes the file first. The base stays as it is. Finished twice, it leads to
/// the same version.
///
/// # Errors
/// See [`DraftError`].
pub fn finish_changes(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
    id: DraftId,
    (by, now): (&Account, Moment),
) -> Result<(SubmissionId, i32), DraftError> {
    change::hold_submission(conn, submission)?;
    if let Some(place) = went(conn, scope, id)? {
        return Ok(place);
    }
    let desk = found(conn, scope, Place::Version(submission, number), now)?;
    let base = desk.base.as_ref().ok_or(DraftError::NotFound)?;
    let draft = desk.draft.as_ref().filter(|draft| draft.id == id);
    let draft = draft.ok_or(DraftError::NotCurrent)?;
    if !desk.is_current {
        return Err(DraftError::NotCurrent);
    }
    hold(conn, id)?;
    let changes = count(conn, draft)?;
    let versions = find::versions_of(conn, submission)?;
    let last = versions.iter().map(|(version, _)| version.version).max();
    let next = last.unwrap_or(0) + 1;
    let key = id.to_string();
    let version = SubmissionVersion::uploaded(submission, next, base.file.id, &key, by.id, now);
    change::insert_version(conn, &version)?;
    drafting::finish(conn, id, (version.id, None), changes, now)?;
    jobs::enqueue(conn, CHECK, &version.id.to_string(), now)?;
    let detail = json!({ "made": next, "changes": changes });
    record(conn, &desk, "submissions.draft_finished", detail, (by, now))?;
    Ok((submission, next))
}

/// How many changes a draft holds: cells, and rows that are left out.
fn count(conn: &mut DbConn, draft: &Draft) -> Result<i64, DraftError> {
    match drafted::count_changes(conn, draft.id)? {
        0 => Err(DraftError::Empty),
        changes => Ok(changes),
    }
}

/// Where a file is kept that is made within a transaction, and which it was.
#[derive(Debug, Clone)]
pub struct Making {
    files: FileStore,
    made: Arc<OnceLock<FileId>>,
}

impl Making {
    /// Nothing was made yet.
    pub fn new(files: FileStore) -> Self {
        let made = Arc::default();
        Self { files, made }
    }

    /// Removes what was made, when the transaction came to nothing: its row is
    /// not committed, and nobody knows it.
    ///
    /// # Errors
    /// The disk's.
    pub fn discard(&self) -> std::io::Result<()> {
        match self.made.get() {
            Some(file) => self.files.discard(*file),
            None => Ok(()),
        }
    }
}

/// Makes the records of a draft the first version of a new submission and
/// queues its check. Finished twice, it leads to the same version. Whoever calls
/// it has the file discarded when the transaction comes to nothing.
///
/// # Errors
/// See [`DraftError`].
pub fn finish_records(
    conn: &mut DbConn,
    scope: Scope,
    (place, delivery, id): (Place, Option<DeliveryId>, DraftId),
    making: &Making,
    (by, now): (&Account, Moment),
) -> Result<(SubmissionId, i32), DraftError> {
    if let Some(place) = went(conn, scope, id)? {
        return Ok(place);
    }
    let desk = found(conn, scope, place, now)?;
    let draft = desk.draft.as_ref().filter(|draft| draft.id == id);
    let draft = draft.ok_or(DraftError::NotCurrent)?;
    hold(conn, id)?;
    let records = records(conn, draft)?;
    let file = write(&desk, &records, &making.files, now)?;
    let file_id = *making.made.get_or_init(|| file.id);
    let made = begin_with(conn, scope, (&desk, delivery, draft), file, (by, now))?;
    let version = find::id_of(conn, made.0, made.1)?.ok_or(DraftError::NotFound)?;
    let changes = i64::try_from(records.len()).unwrap_or(i64::MAX);
    drafting::finish(conn, id, (version, Some(file_id)), changes, now)?;
    let detail = json!({ "records": changes });
    record(conn, &desk, "submissions.draft_finished", detail, (by, now))?;
    Ok(made)
}

type Texts = Vec<(String, String)>;

/// The records of a draft in their order; none of them has a fault.
fn records(conn: &mut DbConn, draft: &Draft) -> Result<Vec<Texts>, DraftError> {
    let rows = drafted::new_rows(conn, draft.id)?;
    let blocked = Some(Verdict::Blocked.as_str());
    let faulty = rows.iter().filter(|row| row.verdict.as_deref() == blocked);
    match i64::try_from(faulty.count()).unwrap_or(i64::MAX) {
        0 => {}
        faulty => return Err(DraftError::Faulty(faulty)),
    }
    let numbers: Vec<i32> = rows.iter().map(|row| row.row_number).collect();
    let cells = drafted::cells_of_rows(conn, draft.id, &numbers)?;
    let mut cells = grouped(cells, |cell: &DraftCell| cell.row_number);
    let texts = numbers.iter().filter_map(|row| cells.remove(row));
    let texts: Vec<Texts> = texts
        .map(|cells| {
            cells
                .into_iter()
                .map(|cell| (cell.field, cell.value))
                .collect()
        })
        .collect();
    if texts.is_empty() {
        return Err(DraftError::Empty);
    }
    Ok(texts)
}

fn write(
    desk: &Desk,
    records: &[Texts],
    files: &FileStore,
    now: Moment,
) -> Result<StoredFile, DraftError> {
    let mut out = files.begin()?;
    datasets::write_records(desk.dataset, &desk.granted.names(), records, &mut out)?;
    let name = format!("isian-{}-{}.csv", desk.dataset.name, now.jakarta_date());
    Ok(out.keep(&name, "text/csv", now)?)
}

fn begin_with(
    conn: &mut DbConn,
    scope: Scope,
    (desk, delivery, draft): (&Desk, Option<DeliveryId>, &Draft),
    file: StoredFile,
    (by, now): (&Account, Moment),
) -> Result<(SubmissionId, i32), UploadError> {
    let upload = NewUpload {
        file,
        form_key: draft.id.to_string(),
        mends: false,
        by: by.clone(),
    };
    let of = (desk.agreement.id, desk.dataset.name.as_str(), delivery);
    begin(conn, scope, of, &upload, now)
}
