//! Bringing a list in: staging what it would change, then taking it.

use diesel::QueryResult;
use serde_json::json;

use super::changes::changes;
use super::model::{Change, ChangeKind, Code, List, ReferenceImport, ReferenceImportId, Version};
use super::queries::{change, find};
use super::reading::{self, ReadError};
use crate::audit::{self, Entry};
use crate::platform::clock::Moment;
use crate::platform::db::{self, DbConn};

/// Rows written by one statement.
const BATCH: usize = 500;

/// A file that somebody brings.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Who brings it: an account's id, or the system.
    pub actor: &'a str,
    /// Its name; it names the list where the content does not.
    pub file_name: &'a str,
    /// What is in it.
    pub content: &'a [u8],
    /// What the version is to be called, where the file does not say; year and
    /// month of `now` where this does not either.
    pub label: Option<&'a str>,
    /// The form's one-time key.
    pub form_key: &'a str,
}

/// Why a file was not staged.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// It is no list.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Says what a file would change, and keeps nothing.
///
/// # Errors
/// A file that is no list; the database's.
pub fn compare(
    conn: &mut DbConn,
    order: Order<'_>,
    now: Moment,
) -> Result<ReferenceImport, StageError> {
    compared(conn, order, now).map(|(import, _)| import)
}

/// Compares a file with the version in force and keeps what it would change. A
/// repeated key leads to the first import.
///
/// # Errors
/// A file that is no list; the database's.
pub fn stage(
    conn: &mut DbConn,
    order: Order<'_>,
    now: Moment,
) -> Result<ReferenceImport, StageError> {
    db::hold_key(conn, order.form_key)?;
    if let Some(before) = find::import_of_key(conn, order.form_key)? {
        return Ok(before);
    }
    let import = keep(conn, order, now)?;
    record(conn, &import, order.actor, "references.staged", now)?;
    Ok(import)
}

fn keep(conn: &mut DbConn, order: Order<'_>, now: Moment) -> Result<ReferenceImport, StageError> {
    let (import, found) = compared(conn, order, now)?;
    change::insert_import(conn, &import)?;
    for batch in found.chunks(BATCH) {
        change::insert_changes(conn, batch)?;
    }
    Ok(import)
}

/// Brings in a list that comes with the program: nobody's deed, no event.
pub(super) fn load(conn: &mut DbConn, order: Order<'_>, now: Moment) -> Result<(), StageError> {
    let import = keep(conn, order, now)?;
    enforce(conn, &import, order.actor, now)?;
    Ok(())
}

fn compared(
    conn: &mut DbConn,
    order: Order<'_>,
    now: Moment,
) -> Result<(ReferenceImport, Vec<Change>), StageError> {
    let file = reading::read(order.file_name, order.content)?;
    let standing = find::list(conn, &file.list)?;
    let id = ReferenceImportId::generate();
    let found = changes(id, find::standing(conn, &file.list)?, &file);
    let month = now.jakarta_date().format("%Y-%m").to_string();
    let label = file.label.or(order.label.map(str::to_owned));
    let import = ReferenceImport {
        id,
        form_key: order.form_key.to_owned(),
        base_version: standing.map_or(0, |list| list.current_version),
        label: label.filter(|label| !label.is_empty()).unwrap_or(month),
        file_name: order.file_name.to_owned(),
        staged_by: order.actor.to_owned(),
        staged_at: now,
        codes: whole(file.codes.len()),
        added: count(&found, ChangeKind::Added),
        changed: count(&found, ChangeKind::Changed),
        ended: count(&found, ChangeKind::Ended),
        repeated: whole(file.repeated),
        list: file.list,
        title: file.title,
        source: file.source,
        taken_at: None,
    };
    Ok((import, found))
}

fn count(changes: &[Change], kind: ChangeKind) -> i64 {
    whole(changes.iter().filter(|change| change.kind == kind).count())
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What taking an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The list has this version now.
    Version(i32),
    /// The file said what stands already: the version is as it was.
    Nothing(i32),
}

/// Why an import was not taken.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// It was taken before.
    #[error("the import was taken before")]
    Before,
    /// The list has another version by now than it was compared with.
    #[error("the list has changed since the file was compared with it")]
    Overtaken,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Takes an import: the list gets a new version, codes that are gone end with
/// the one before. Nothing is deleted.
///
/// # Errors
/// When it was taken before or was overtaken; the database's.
pub fn take(
    conn: &mut DbConn,
    import: &ReferenceImport,
    actor: &str,
    now: Moment,
) -> Result<Taken, TakeError> {
    if !change::mark_taken(conn, import.id, now)? {
        return Err(TakeError::Before);
    }
    if !import.changes_something() {
        return Ok(Taken::Nothing(import.base_version));
    }
    if !enforce(conn, import, actor, now)? {
        return Err(TakeError::Overtaken);
    }
    record(conn, import, actor, "references.taken", now)?;
    Ok(Taken::Version(import.base_version + 1))
}

/// Makes an import the version in force; `false` when the list has another
/// version by now than it was compared with.
fn enforce(
    conn: &mut DbConn,
    import: &ReferenceImport,
    actor: &str,
    now: Moment,
) -> QueryResult<bool> {
    let number = import.base_version + 1;
    let list = List {
        name: import.list.clone(),
        title: import.title.clone(),
        current_version: number,
    };
    let is_first = match import.base_version {
        0 => change::insert_list(conn, &list)?,
        before => change::advance(conn, &list, before)?,
    };
    if is_first {
        change::insert_version(conn, &version(import, number, actor, now))?;
        apply(conn, import)?;
    }
    Ok(is_first)
}

fn version(import: &ReferenceImport, number: i32, actor: &str, now: Moment) -> Version {
    Version {
        list: import.list.clone(),
        number,
        label: import.label.clone(),
        source: import.source.clone(),
        taken_by: actor.to_owned(),
        taken_at: now,
        codes: import.codes,
        added: import.added,
        changed: import.changed,
        ended: import.ended,
    }
}

/// Writes the changes into the list, some hundreds at a time.
fn apply(conn: &mut DbConn, import: &ReferenceImport) -> QueryResult<()> {
    let (list, last) = (import.list.as_str(), import.base_version);
    let mut from = 0;
    loop {
        let batch = find::changes_from(conn, import.id, from, whole(BATCH))?;
        let Some(end) = batch.last().map(|change| change.position) else {
            break;
        };
        from = end.saturating_add(1);
        let over = batch.iter().filter(|it| it.kind != ChangeKind::Added);
        let over: Vec<&str> = over.map(|change| change.code.as_str()).collect();
        if !over.is_empty() {
            change::end_codes(conn, list, &over, last)?;
        }
        let coming = batch.iter().filter(|it| it.kind != ChangeKind::Ended);
        let coming: Vec<Code> = coming.map(|it| code_of(it, list, last + 1)).collect();
        if !coming.is_empty() {
            change::insert_codes(conn, &coming)?;
        }
    }
    change::note_replacements(conn, list, import.id, last)
}

fn code_of(change: &Change, list: &str, since: i32) -> Code {
    Code {
        list: list.to_owned(),
        code: change.code.clone(),
        since,
        until: None,
        name: change.name.clone(),
        attributes: change.attributes.clone(),
        replaced_by: None,
        search_text: format!("{} {}", change.code, change.name).to_lowercase(),
    }
}

fn record(
    conn: &mut DbConn,
    import: &ReferenceImport,
    actor: &str,
    action: &'static str,
    now: Moment,
) -> QueryResult<()> {
    let entry = Entry {
        actor: actor.to_owned(),
        institution: None,
        action,
        subject: ("reference_list", import.list.clone()),
        detail: json!({
            "import": import.id.to_string(),
            "version": import.base_version + 1,
            "codes": import.codes,
            "added": import.added,
            "changed": import.changed,
            "ended": import.ended,
        }),
    };
    audit::record(conn, entry, now)
}
