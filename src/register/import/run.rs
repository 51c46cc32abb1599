//! An import from its first byte to its last row.

use csv::{Position, StringRecord};
use diesel::result::DatabaseErrorKind::UniqueViolation;
use diesel::result::Error::DatabaseError;
use std::io::{self, Read, Seek};

use super::batch::{self, Outcome, Rows, Target};
use super::bounded::LONGEST;
use super::cells::Fault;
use super::file::{self, Opened, PEOPLE, UNITS};
use super::people::People;
use super::records::Records;
use super::rejected;
use super::units::Units;
use crate::datasets;
use crate::platform::clock::Clock;
use crate::platform::db::{self, DbConn};
use crate::register::actions;
use crate::register::model::{RegisterImport, RejectReason};
use crate::register::queries::{bulk, holdings, imports};

/// Rows of one transaction: others write between two. SQLite takes 32,766 keys
/// in one question at most.
pub(super) const BATCH: usize = 20_000;
/// KiB of SQLite's pages that are kept at hand meanwhile.
const CACHE: u32 = 128 * 1024;
/// Pages after which SQLite writes its log back: 256 MiB. Keys fall anywhere, so
/// that every batch changes the same pages again.
const LOG: u32 = 64 * 1024;
/// What both are otherwise.
const USUAL: (u32, u32) = (2_000, 1_000);

/// What is imported.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// The data set's name.
    pub dataset: &'a str,
    /// The file's name.
    pub file_name: &'a str,
    /// The form's one-time key.
    pub form_key: &'a str,
    /// Who imports it: an account's id, or the system.
    pub actor: &'a str,
    /// The day whose state the extract shows.
    pub as_of: Option<chrono::NaiveDate>,
    /// Whether the file holds all that there is of the data set: whatever else
    /// is on record is taken out at the end.
    pub complete: bool,
}

/// Why an import came to no end. It can be begun again and then goes on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The register keeps no such data set.
    #[error("the register keeps no data set `{0}`")]
    NoDataset(String),
    /// The header lacks columns.
    #[error("columns are missing: {}", .fields.join(", "))]
    Missing {
        /// The columns.
        fields: Vec<String>,
        /// The data set that the header fits.
        fits: Option<&'static str>,
    },
    /// A workbook.
    #[error("the file is a workbook, not CSV")]
    Workbook,
    /// Not UTF-8 text.
    #[error("the file is no UTF-8 text")]
    NotText,
    /// A header and nothing below it.
    #[error("the file has no rows")]
    NoRows,
    /// A header or a row that does not end: a quote is not closed, mostly.
    #[error("a row goes on past {LONGEST} bytes")]
    Endless,
    /// Another program imports this file, or somebody ended the import.
    #[error("another program is importing this file, or the import was ended")]
    Overtaken,
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The file is no CSV.
    #[error("the file cannot be read as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

impl ImportError {
    /// Whether it is the file's fault: trying again changes nothing.
    pub(in crate::register) fn is_of_the_file(&self) -> bool {
        match self {
            Self::Csv(error) => !error.is_io_error(),
            Self::Overtaken | Self::Io(_) | Self::Database(_) => false,
            _ => true,
        }
    }
}

/// Imports a file, or goes on with it where an earlier run stopped. `told` is
/// told after each batch.
///
/// # Errors
/// See [`ImportError`]; what was done until then is kept.
pub fn import<R: Read + Seek>(
    conn: &mut DbConn,
    source: &Source<'_>,
    mut file: R,
    clock: &Clock,
    told: &mut dyn FnMut(&RegisterImport),
) -> Result<RegisterImport, ImportError> {
    file::open(source.dataset, &mut file)?;
    let (sha256, size) = file::digest(&mut file)?;
    let state = match imports::open(conn, source.dataset, &sha256)? {
        Some(open) => open,
        None => {
            let new =
                RegisterImport::new(source.dataset, source.form_key, source.actor, clock.now());
            let state = RegisterImport {
                file_name: source.file_name.to_owned(),
                sha256,
                size,
                as_of: source.as_of,
                complete: source.complete,
                ..new
            };
            db::transaction(conn, |conn| actions::start(conn, &state))?;
            state
        }
    };
    go_on(conn, state, file, clock, told)
}

/// Imports what is left of a file.
///
/// # Errors
/// See [`ImportError`]; what was done until then is kept.
pub fn go_on<R: Read + Seek>(
    conn: &mut DbConn,
    state: RegisterImport,
    file: R,
    clock: &Clock,
    told: &mut dyn FnMut(&RegisterImport),
) -> Result<RegisterImport, ImportError> {
    let mut file = file::open(&state.dataset, file)?;
    if state.position > 0 {
        let mut position = Position::new();
        position.set_byte(state.position.unsigned_abs());
        file.reader.seek(position)?;
    }
    imports::begin_run(conn, state.id, clock.now())?;
    let name = state.dataset.clone();
    let run = Run { state, file };
    match name.as_str() {
        PEOPLE => run.finish(conn, &People, clock, told),
        UNITS => run.finish(conn, &Units, clock, told),
        name => {
            let records = datasets::find(name).and_then(Records::of);
            let records = records.ok_or_else(|| ImportError::NoDataset(name.to_owned()))?;
            run.finish(conn, &records, clock, told)
        }
    }
}

/// Whether an ended import took nothing out that it may have had to: rows were
/// rejected of which nobody can tell what they are about.
pub fn takes_out_nothing(
    import: &RegisterImport,
    rejected: &[(String, RejectReason, i64)],
) -> bool {
    let (about, by_person) = match import.dataset.as_str() {
        PEOPLE => (People::ABOUT, People::BY_PERSON),
        UNITS => (Units::ABOUT, Units::BY_PERSON),
        _ => (Records::ABOUT, Records::BY_PERSON),
    };
    let is_unnamed = |field: &str| field.is_empty() || field == about;
    let had_some = import.changed + import.unchanged > 0;
    (import.complete || by_person) && had_some && rejected.iter().any(|it| is_unnamed(&it.0))
}

/// An import in its course.
pub(super) struct Run<R> {
    pub(super) state: RegisterImport,
    pub(super) file: Opened<R>,
}

/// What a batch holds: rows by number, and rows that cannot be read.
type Batch<T> = (Vec<(i64, <T as Target>::Row)>, Vec<(i64, Fault)>);

impl<R: Read + Seek> Run<R> {
    /// Imports what is left.
    fn finish<T: Target>(
        mut self,
        conn: &mut DbConn,
        target: &T,
        clock: &Clock,
        told: &mut dyn FnMut(&RegisterImport),
    ) -> Result<RegisterImport, ImportError> {
        bulk::widen_cache(conn, CACHE, LOG)?;
        target.begin(conn)?;
        let written = self.write_all(conn, target, told);
        let ended = target.end(conn);
        written?;
        ended?;
        self.take_again(conn, target)?;
        self.take_out(conn, target, told)?;
        bulk::widen_cache(conn, USUAL.0, USUAL.1)?;
        let now = clock.now();
        let state = &self.state;
        let is_open = db::transaction(conn, |conn| actions::finish(conn, state, now))?;
        if !is_open {
            return Err(ImportError::Overtaken);
        }
        self.state.finished_at = Some(now);
        Ok(self.state)
    }

    fn write_all<T: Target>(
        &mut self,
        conn: &mut DbConn,
        target: &T,
        told: &mut dyn FnMut(&RegisterImport),
    ) -> Result<(), ImportError> {
        loop {
            let before = self.place();
            let batch = self.read(target)?;
            if batch.0.is_empty() && batch.1.is_empty() {
                return Ok(());
            }
            self.write(conn, target, batch, before)?;
            told(&self.state);
        }
    }

    /// Writes a batch that began at a place: as it is while everything before was
    /// new, and compared with what is on record otherwise. It is there for good
    /// when the import is, which after a power cut goes on where it stood.
    fn write<T: Target>(
        &mut self,
        conn: &mut DbConn,
        target: &T,
        (rows, rejected): Batch<T>,
        before: (i64, i64),
    ) -> Result<(), ImportError> {
        let mut rows = Rows::of::<T>(rows);
        if self.state.changed + self.state.unchanged == 0 {
            let new = db::provisional(conn, |conn| {
                let outcome = batch::as_new(target, conn, &mut rows)?;
                self.note(conn, outcome, rejected.clone(), before)
            });
            match new {
                Err(ImportError::Database(DatabaseError(UniqueViolation, _))) => {}
                ended => return ended,
            }
        }
        db::provisional(conn, |conn| {
            let outcome = batch::compared(target, conn, rows)?;
            self.note(conn, outcome, rejected, before)
        })
    }

    /// Notes what came of a batch.
    fn note(
        &mut self,
        conn: &mut DbConn,
        mut outcome: Outcome,
        mut rejected: Vec<(i64, Fault)>,
        before: (i64, i64),
    ) -> Result<(), ImportError> {
        rejected.append(&mut outcome.rejected);
        self.state.rejected += whole(rejected.len());
        bulk::insert_rejects(conn, &rejected::of(self.state.id, rejected))?;
        self.advance(conn, &outcome, before)
    }

    /// Byte and rows taken out, by which two runs know of each other.
    pub(super) fn place(&self) -> (i64, i64) {
        (self.state.position, self.state.removed)
    }

    /// Notes what came of some rows.
    pub(super) fn advance(
        &mut self,
        conn: &mut DbConn,
        outcome: &Outcome,
        before: (i64, i64),
    ) -> Result<(), ImportError> {
        let state = &mut self.state;
        state.added += outcome.added;
        state.changed += outcome.changed;
        state.unchanged += outcome.unchanged;
        holdings::add(conn, &state.dataset, outcome.added)?;
        match imports::advance(conn, state, before)? {
            true => Ok(()),
            false => Err(ImportError::Overtaken),
        }
    }

    /// The next batch: what can be read, and what cannot.
    fn read<T: Target>(&mut self, target: &T) -> Result<Batch<T>, ImportError> {
        let (mut rows, mut faults) = (Vec::new(), Vec::new());
        let mut row = StringRecord::new();
        while rows.len() + faults.len() < BATCH {
            let Some(read) = self.file.next(&mut row)? else {
                break;
            };
            let number = self.state.rows_done + 1;
            let read = read.map_err(of_row);
            match read.and_then(|()| target.read(&self.file.columns.of(&row))) {
                Ok(read) => rows.push((number, read)),
                Err(fault) => faults.push((number, fault)),
            }
            self.state.rows_done = number;
        }
        self.state.position = whole(self.file.reader.position().byte());
        Ok((rows, faults))
    }
}

fn of_row(reason: RejectReason) -> Fault {
    Fault {
        field: "",
        reason,
        value: String::new(),
    }
}

pub(super) fn whole<N: TryInto<i64>>(count: N) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}
