//! Making the file of a version that came out of forms, ahead of the check.

use std::collections::VecDeque;
use std::io::BufWriter;

use super::super::model::VersionId;
use super::super::model::drafts::{Draft, DraftCell, DraftId};
use super::super::queries::find::Dossier;
use super::super::queries::{drafted, drafting};
use super::merge::{MergeUploadError, made_of};
use crate::datasets::{self, Amending, Dataset, Limits, Outside, RowChange, RowEdit, Upload};
use crate::platform::clock::Moment;
use crate::platform::db::{self, DbConn, grouped};
use crate::platform::files::{FileStore, StoredFile};

/// Changed rows that are read at a time.
const BATCH: i64 = 1_000;

/// Writes the file of a version that came out of a draft: that of its base with
/// the changes. None when it came out of none, or the file was made in a run
/// that broke off later.
pub(super) fn amend(
    conn: &mut DbConn,
    files: &FileStore,
    (dossier, dataset, granted): (&Dossier, &Dataset, &[String]),
    now: Moment,
) -> Result<Option<StoredFile>, MergeUploadError> {
    let draft = drafted::behind(conn, dossier.version.id)?;
    let Some(draft) = draft.filter(|draft| draft.file_id.is_none()) else {
        return Ok(None);
    };
    let path = files.path(dossier.file.id);
    let amending = Amending {
        base: Upload {
            path: &path,
            original_name: &dossier.file.name,
        },
        dataset,
        granted: Some(granted),
        limits: Limits::default(),
        today: now.jakarta_date(),
    };
    let mut out = files.begin_as(made_of(dossier.version.id))?;
    let edits = Edits::of(conn, draft.id);
    datasets::amend(&amending, edits, BufWriter::new(&mut out))?;
    let made = out.keep(&made_name(&dossier.file.name), "text/csv", now)?;
    take(conn, (&draft, dossier.version.id), &made)?;
    Ok(Some(made))
}

/// The name of the made file: that of its base, which people know.
fn made_name(base: &str) -> String {
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let stem = stem.strip_prefix(MADE).unwrap_or(stem);
    format!("{MADE}{stem}.csv")
}

/// How the names of made files begin.
const MADE: &str = "perbaikan-";

fn take(
    conn: &mut DbConn,
    (draft, version): (&Draft, VersionId),
    made: &StoredFile,
) -> Result<(), diesel::result::Error> {
    db::transaction(conn, |conn| {
        made.insert(conn)?;
        if !drafting::note_file(conn, draft.id, made.id)? {
            return Err(diesel::result::Error::RollbackTransaction);
        }
        drafting::give_file(conn, version, made.id).map(drop)
    })
}

/// The changes of a draft in the order of the rows, new records last, read a
/// batch at a time.
struct Edits<'c> {
    conn: &'c mut DbConn,
    draft: DraftId,
    row: i32,
    ahead: VecDeque<RowEdit>,
    is_over: bool,
}

impl<'c> Edits<'c> {
    fn of(conn: &'c mut DbConn, draft: DraftId) -> Self {
        Self {
            conn,
            draft,
            row: 0,
            ahead: VecDeque::new(),
            is_over: false,
        }
    }

    fn read_ahead(&mut self) -> Result<(), Outside> {
        let rows = drafted::rows_after(self.conn, self.draft, self.row, BATCH)?;
        let Some((last, _)) = rows.last() else {
            self.is_over = true;
            let new = drafted::new_rows(self.conn, self.draft)?;
            let new = new.into_iter().map(|row| (row.row_number, row.is_removed));
            return self.add(new.collect());
        };
        self.row = *last;
        self.add(rows)
    }

    fn add(&mut self, rows: Vec<(i32, bool)>) -> Result<(), Outside> {
        let numbers: Vec<i32> = rows.iter().map(|(row, _)| *row).collect();
        let cells = drafted::cells_of_rows(self.conn, self.draft, &numbers)?;
        let mut cells = grouped(cells, |cell: &DraftCell| cell.row_number);
        for (row, is_removed) in rows {
            let cells = cells.remove(&row).unwrap_or_default();
            if !is_removed && cells.is_empty() {
                continue;
            }
            let change = if is_removed {
                RowChange::Remove
            } else {
                let texts = cells.into_iter().map(|cell| (cell.field, cell.value));
                RowChange::Cells(texts.collect())
            };
            let row = u32::try_from(row).ok();
            self.ahead.push_back(RowEdit { row, change });
        }
        Ok(())
    }
}

impl Iterator for Edits<'_> {
    type Item = Result<RowEdit, Outside>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(edit) = self.ahead.pop_front() {
                return Some(Ok(edit));
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
