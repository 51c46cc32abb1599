//! Uploaded and made files: one folder, one file per id, never changed.
//!
//! An acknowledged file must survive a power cut: it is written beside its
//! place, synced, renamed, and its folder synced, before its row is committed.

use diesel::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::clock::Moment;
use super::db::{DbConn, schema::files};

/// Files that are asked for in one statement.
const ASKED_AT_ONCE: usize = 1_000;
/// Files without a row that programs ended at the wrong moment may have left.
const MOST_UNKNOWN: usize = 100;

super::ids::id!(
    /// A stored file.
    FileId
);

/// What is known of a stored file.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = files)]
pub struct StoredFile {
    /// Names the row and the file in the folder.
    pub id: FileId,
    /// SHA-256 of the content, lower-case hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// The name the sender gave it: shown, never used as a path.
    pub name: String,
    /// The type found from the content.
    pub media_type: String,
    /// When it was stored.
    pub stored_at: Moment,
}

impl StoredFile {
    /// Records the file. Runs inside `Db::write`, after the content is kept.
    ///
    /// # Errors
    /// The database's.
    pub fn insert(&self, conn: &mut DbConn) -> QueryResult<()> {
        diesel::insert_into(files::table)
            .values(self)
            .execute(conn)
            .map(drop)
    }

    /// Reads what is known of a file.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub fn find(conn: &mut DbConn, id: FileId) -> QueryResult<Self> {
        files::table.find(id).select(Self::as_select()).first(conn)
    }

    /// Forgets a file that nothing names any more; its content is discarded
    /// after that.
    ///
    /// # Errors
    /// The database's.
    pub fn remove(conn: &mut DbConn, id: FileId) -> QueryResult<()> {
        diesel::delete(files::table.find(id))
            .execute(conn)
            .map(drop)
    }
}

/// The folder of stored files.
#[derive(Debug, Clone)]
pub struct FileStore {
    folder: PathBuf,
}

impl FileStore {
    /// Opens the folder, making it if need be, and removes what unfinished
    /// uploads left.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let store = Self {
            folder: folder.to_owned(),
        };
        store.clear_parts()?;
        Ok(store)
    }

    /// Removes what unfinished uploads left a day ago or earlier.
    fn clear_parts(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "part") && is_stale(&path) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// The files whose content is a day old at least.
    fn stale(&self) -> io::Result<Vec<FileId>> {
        let mut stale = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().into_string().unwrap_or_default();
            if let Ok(id) = FileId::try_from(name) {
                stale.extend(is_stale(&entry.path()).then_some(id));
            }
        }
        Ok(stale)
    }

    /// Where the content of a file lies.
    pub fn path(&self, id: FileId) -> PathBuf {
        self.folder.join(id.to_string())
    }

    /// A free place for a file that is made, sent and removed again; if it is
    /// forgotten, a later start clears it.
    pub fn scratch_path(&self) -> PathBuf {
        self.folder.join(format!("{}.part", FileId::generate()))
    }

    /// Removes the content of a file whose row was not committed after all.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn discard(&self, id: FileId) -> io::Result<()> {
        fs::remove_file(self.path(id))
    }

    /// Begins a new file.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn begin(&self) -> io::Result<NewFile> {
        let id = FileId::generate();
        let path = self.folder.join(format!("{id}.part"));
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        Ok(NewFile {
            id,
            store: self.clone(),
            file,
            path,
            digest: Sha256::new(),
            size: 0,
            kept: false,
        })
    }
}

/// Removes what nobody knows of: unfinished uploads, and content without a row,
/// a day old. Such is left by a program that was ended between the two. Where
/// more of it lies than that leaves, the rows are another portal's: all stays.
///
/// # Errors
/// The database's or the disk's.
pub fn clear_unknown(conn: &mut DbConn, store: &FileStore) -> Result<(), ClearError> {
    store.clear_parts()?;
    let stale = store.stale()?;
    let mut unknown: Vec<FileId> = Vec::new();
    for some in stale.chunks(ASKED_AT_ONCE) {
        let known: Vec<FileId> = files::table
            .filter(files::id.eq_any(some))
            .select(files::id)
            .load(conn)?;
        let known: HashSet<FileId> = known.into_iter().collect();
        unknown.extend(some.iter().filter(|id| !known.contains(id)));
    }
    if unknown.len() > MOST_UNKNOWN {
        return Err(ClearError::TooMany(unknown.len()));
    }
    for id in unknown {
        store.discard(id)?;
    }
    Ok(())
}

/// Why content without a row was not removed.
#[derive(Debug, thiserror::Error)]
pub enum ClearError {
    /// So many: rather are the rows missing than the files left over.
    #[error("{0} stored files have no row: is this another portal's database?")]
    TooMany(usize),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// The disk's.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// What another process may still be writing is left alone.
fn is_stale(path: &Path) -> bool {
    const ONE_DAY: u64 = 24 * 3600;
    let age = fs::metadata(path)
        .and_then(|m| m.modified())
        .map(|at| at.elapsed());
    matches!(age, Ok(Ok(age)) if age.as_secs() > ONE_DAY)
}

/// A file being written; dropped before `keep`, it leaves nothing.
pub struct NewFile {
    id: FileId,
    store: FileStore,
    file: File,
    path: PathBuf,
    digest: Sha256,
    size: i64,
    kept: bool,
}

impl NewFile {
    /// Bytes written so far.
    pub fn size(&self) -> i64 {
        self.size
    }

    /// Where the content lies while it is being written.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the content durable under its final name.
    ///
    /// # Errors
    /// When the disk does not confirm it.
    pub fn keep(mut self, name: &str, media_type: &str, now: Moment) -> io::Result<StoredFile> {
        self.file.sync_all()?;
        fs::rename(&self.path, self.store.path(self.id))?;
        self.kept = true;
        File::open(&self.store.folder)?.sync_all()?;
        Ok(StoredFile {
            id: self.id,
            sha256: super::secret::hex(&std::mem::take(&mut self.digest).finalize()),
            size: self.size,
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            stored_at: now,
        })
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.size += i64::try_from(written).unwrap_or(i64::MAX);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing more can be done here; the next start clears it.
            let _ = fs::remove_file(&self.path);
        }
    }
}
