//! Bringing extracts in: what is recorded of it from the upload to the end.

use chrono::NaiveDate;
use diesel::QueryResult;
use serde_json::json;

use super::jobs;
use super::model::{ImportFailure, RegisterImport, RegisterImportId};
use super::queries::{holdings, imports};
use crate::audit::{self, Entry};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::files::{FileId, StoredFile};
use crate::platform::jobs::enqueue;

/// What was uploaded.
#[derive(Debug, Clone)]
pub(super) struct NewUpload {
    pub dataset: String,
    pub as_of: NaiveDate,
    /// The file holds all that there is of the data set.
    pub complete: bool,
    /// An extract of an earlier day than the last one is meant.
    pub older: bool,
    pub file: StoredFile,
    pub form_key: String,
    pub actor: String,
}

/// Why an extract is not put into the queue. The stored file is of no use then.
#[derive(Debug, thiserror::Error)]
pub(super) enum QueueError {
    /// The form was sent before; this came of it.
    #[error("the form was sent before")]
    Repeated(RegisterImportId),
    /// It waits or is being imported already.
    #[error("the file is being imported already")]
    Open(RegisterImportId),
    /// The register stands as this file has it.
    #[error("the file is the last one that was imported")]
    Latest(Box<RegisterImport>),
    /// The register stands as of a later day.
    #[error("an extract of a later day was imported")]
    Older(NaiveDate),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Puts an extract into the queue. Whether the same file was imported before,
/// though not last, is told with it.
pub(super) fn queue(
    conn: &mut DbConn,
    upload: &NewUpload,
    now: Moment,
) -> Result<(RegisterImportId, Option<RegisterImport>), QueueError> {
    let (dataset, sha256) = (&upload.dataset, &upload.file.sha256);
    if let Some(before) = imports::by_key(conn, &upload.form_key)? {
        return Err(QueueError::Repeated(before.id));
    }
    if let Some(open) = imports::open(conn, dataset, sha256)? {
        return Err(QueueError::Open(open.id));
    }
    if let Some(last) = standing_as(conn, upload)? {
        return Err(QueueError::Latest(Box::new(last)));
    }
    let later = holdings::as_of(conn, dataset)?.filter(|day| *day > upload.as_of);
    if let Some(day) = later.filter(|_| !upload.older) {
        return Err(QueueError::Older(day));
    }
    let before = imports::finished_of(conn, dataset, sha256)?;
    upload.file.insert(conn)?;
    let state = state_of(upload, now);
    start(conn, &state)?;
    enqueue(conn, jobs::IMPORT, &state.id.to_string(), now)?;
    Ok((state.id, before))
}

/// The import after which the register stands as the file has it, and nothing
/// waits that would change that.
fn standing_as(conn: &mut DbConn, upload: &NewUpload) -> QueryResult<Option<RegisterImport>> {
    let is_it = |last: &RegisterImport| {
        let is_as_complete = last.complete || !upload.complete;
        last.finished_at.is_some() && last.sha256 == upload.file.sha256 && is_as_complete
    };
    let last = imports::last_to_write(conn, &upload.dataset)?.filter(is_it);
    match last {
        Some(last) if !imports::any_open(conn, &upload.dataset)? => Ok(Some(last)),
        _ => Ok(None),
    }
}

fn state_of(upload: &NewUpload, now: Moment) -> RegisterImport {
    RegisterImport {
        file_name: upload.file.name.clone(),
        file_id: Some(upload.file.id),
        sha256: upload.file.sha256.clone(),
        size: upload.file.size,
        as_of: Some(upload.as_of),
        complete: upload.complete,
        ..RegisterImport::new(&upload.dataset, &upload.form_key, &upload.actor, now)
    }
}

/// Why an import is not ended or taken up again.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChangeError {
    /// There is no such import.
    #[error("no such import")]
    NotFound,
    /// It has come to its end, or runs.
    #[error("the import does not stand so")]
    Elsewhere,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Ends an import for good: what was taken stays, the file goes.
pub(super) fn cancel(
    conn: &mut DbConn,
    id: RegisterImportId,
    actor: &str,
    now: Moment,
) -> Result<(), ChangeError> {
    let state = imports::find(conn, id)?.ok_or(ChangeError::NotFound)?;
    if !imports::cancel(conn, id)? {
        return Err(ChangeError::Elsewhere);
    }
    imports::count_rejects(conn, id)?;
    // The job removes the file.
    enqueue(conn, jobs::IMPORT, &id.to_string(), now)?;
    let detail = json!({ "import": id.to_string(), "rows": state.rows_done });
    record(
        conn,
        (&state, actor),
        "register.import_cancelled",
        detail,
        now,
    )?;
    Ok(())
}

/// Takes an import up again that broke off, where it stopped.
pub(super) fn resume(
    conn: &mut DbConn,
    id: RegisterImportId,
    actor: &str,
    now: Moment,
) -> Result<(), ChangeError> {
    let state = imports::find(conn, id)?.ok_or(ChangeError::NotFound)?;
    if !imports::reopen(conn, id)? {
        return Err(ChangeError::Elsewhere);
    }
    imports::forget_counts(conn, id)?;
    enqueue(conn, jobs::IMPORT, &id.to_string(), now)?;
    let detail = json!({ "import": id.to_string(), "rows": state.rows_done });
    record(
        conn,
        (&state, actor),
        "register.import_resumed",
        detail,
        now,
    )?;
    Ok(())
}

/// Notes that an import can come to no end.
pub(super) fn end(
    conn: &mut DbConn,
    id: RegisterImportId,
    why: ImportFailure,
    now: Moment,
) -> QueryResult<()> {
    let Some(state) = imports::find(conn, id)? else {
        return Ok(());
    };
    if !imports::end(conn, id, why)? {
        return Ok(());
    }
    imports::count_rejects(conn, id)?;
    let detail = json!({ "import": id.to_string(), "why": why, "rows": state.rows_done });
    record(
        conn,
        (&state, audit::SYSTEM),
        "register.import_failed",
        detail,
        now,
    )
}

/// Lets an import forget its file; the content can be removed then.
pub(super) fn forget_file(conn: &mut DbConn, file: FileId) -> QueryResult<()> {
    imports::forget_file(conn, file)?;
    StoredFile::remove(conn, file)
}

/// Records an import that begins.
pub(super) fn start(conn: &mut DbConn, state: &RegisterImport) -> QueryResult<()> {
    imports::insert(conn, state)?;
    let detail = json!({
        "dataset": state.dataset,
        "import": state.id.to_string(),
        "sha256": state.sha256,
        "size": state.size,
    });
    let by = (state, state.started_by.as_str());
    record(
        conn,
        by,
        "register.import_started",
        detail,
        state.started_at,
    )
}

/// Records an import that has come to its end; `false` when it was ended
/// meanwhile.
pub(super) fn finish(conn: &mut DbConn, state: &RegisterImport, now: Moment) -> QueryResult<bool> {
    if !imports::finish(conn, state.id, now)? {
        return Ok(false);
    }
    imports::count_rejects(conn, state.id)?;
    holdings::add(conn, &state.dataset, 0)?;
    holdings::note_extract(conn, &state.dataset, state.id)?;
    let detail = json!({
        "dataset": state.dataset,
        "import": state.id.to_string(),
        "rows": state.rows_done,
        "added": state.added,
        "changed": state.changed,
        "unchanged": state.unchanged,
        "rejected": state.rejected,
        "removed": state.removed,
    });
    let by = (state, state.started_by.as_str());
    record(conn, by, "register.import_finished", detail, now)?;
    Ok(true)
}

/// Records that the rejected rows of an import were downloaded.
pub(super) fn note_download(
    conn: &mut DbConn,
    id: RegisterImportId,
    actor: &str,
    now: Moment,
) -> Result<RegisterImport, ChangeError> {
    let state = imports::find(conn, id)?.ok_or(ChangeError::NotFound)?;
    let detail = json!({ "import": id.to_string(), "rows": state.rejected });
    let action = "register.rejects_downloaded";
    record(conn, (&state, actor), action, detail, now)?;
    Ok(state)
}

fn record(
    conn: &mut DbConn,
    (state, actor): (&RegisterImport, &str),
    action: &'static str,
    detail: serde_json::Value,
    now: Moment,
) -> QueryResult<()> {
    let entry = Entry {
        actor: actor.to_owned(),
        institution: None,
        action,
        subject: ("register", state.dataset.clone()),
        detail,
    };
    audit::record(conn, entry, now)
}
