//! An import from its first byte to its report.

use csv::{Position, Reader, ReaderBuilder, StringRecord};
use diesel::QueryResult;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::batch::{self, Target};
use super::cells::{Columns, Fault};
use super::people::{self, People};
use super::records::Records;
use super::units::{self, Units};
use crate::audit::{self, Entry};
use crate::datasets;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{self, DbConn};
use crate::platform::files::FileId;
use crate::platform::web::csv_cell;
use crate::register::model::{RegisterImport, RegisterImportId, Reject, RejectReason};
use crate::register::queries::{bulk, imports};
use crate::register::text;

/// Rows of one transaction: others write between two.
const BATCH: usize = 20_000;
/// KiB of SQLite's pages that are kept at hand meanwhile.
const CACHE: u32 = 64 * 1024;
/// Rejected rows that are read at a time.
const CHUNK: i64 = 2_000;

/// What is imported.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// The data set's name.
    pub dataset: &'a str,
    /// The file's name.
    pub file_name: &'a str,
    /// The stored file, where it was uploaded.
    pub file_id: Option<FileId>,
    /// The form's one-time key.
    pub form_key: &'a str,
    /// Who imports it: an account's id, or the system.
    pub actor: &'a str,
}

/// Why an import came to no end. It can be begun again and then goes on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The register keeps no such data set.
    #[error("the register keeps no data set `{0}`")]
    NoDataset(String),
    /// The header lacks columns.
    #[error("columns are missing: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// Another program imports this file.
    #[error("another program is importing this file")]
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

/// Imports a file, or goes on with it where an earlier run stopped. `told` is
/// told after each batch.
///
/// # Errors
/// See [`ImportError`]; what was done until then is kept.
pub fn import<R: Read + Seek>(
    conn: &mut DbConn,
    source: &Source<'_>,
    file: R,
    clock: &Clock,
    told: &mut dyn FnMut(&RegisterImport),
) -> Result<RegisterImport, ImportError> {
    let dataset = datasets::find(source.dataset);
    match source.dataset {
        "profil-pns" => {
            let fields = (&people::FIELDS[..], &people::NEEDED[..]);
            let run = Run::begin(conn, source, file, fields, clock)?;
            run.go_on(conn, &People, clock, told)
        }
        "unit-kerja" => {
            let fields = (&units::FIELDS[..], &units::NEEDED[..]);
            let run = Run::begin(conn, source, file, fields, clock)?;
            run.go_on(conn, &Units, clock, told)
        }
        name => {
            let records = dataset.and_then(Records::of);
            let records = records.ok_or_else(|| ImportError::NoDataset(name.to_owned()))?;
            let names = records.fields();
            let run = Run::begin(conn, source, file, (&names, &["id_pns"]), clock)?;
            run.go_on(conn, &records, clock, told)
        }
    }
}

/// An import in its course.
struct Run<R> {
    state: RegisterImport,
    reader: Reader<R>,
    columns: Columns,
    width: usize,
}

impl<R: Read + Seek> Run<R> {
    /// Reads the header and finds where to go on.
    fn begin(
        conn: &mut DbConn,
        source: &Source<'_>,
        mut file: R,
        (names, needed): (&[&'static str], &[&'static str]),
        clock: &Clock,
    ) -> Result<Self, ImportError> {
        let (sha256, size, delimiter) = inspect(&mut file)?;
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(file);
        let header = reader.headers()?.clone();
        let dataset = datasets::find(source.dataset);
        let columns = Columns::find(names, needed, dataset, &header);
        let columns = columns.map_err(ImportError::Missing)?;
        let open = imports::open(conn, source.dataset, &sha256)?;
        let is_new = open.is_none();
        let state = open.unwrap_or_else(|| fresh(source, (sha256, size), clock.now()));
        if is_new {
            db::transaction(conn, |conn| start(conn, &state))?;
        } else if state.position > 0 {
            let mut position = Position::new();
            position.set_byte(state.position.unsigned_abs());
            reader.seek(position)?;
        }
        Ok(Self {
            state,
            reader,
            columns,
            width: header.len(),
        })
    }

    /// Imports what is left.
    fn go_on<T: Target>(
        mut self,
        conn: &mut DbConn,
        target: &T,
        clock: &Clock,
        told: &mut dyn FnMut(&RegisterImport),
    ) -> Result<RegisterImport, ImportError> {
        let mut before = self.state.position;
        bulk::widen_cache(conn, CACHE)?;
        loop {
            let (rows, mut rejected) = self.read(target)?;
            if rows.is_empty() && rejected.is_empty() {
                break;
            }
            let all_new = self.state.changed + self.state.unchanged == 0;
            db::transaction(conn, |conn| {
                let outcome = batch::write(target, conn, rows, all_new)?;
                rejected.extend(outcome.rejected);
                self.state.added += outcome.added;
                self.state.changed += outcome.changed;
                self.state.unchanged += outcome.unchanged;
                self.state.rejected += whole(rejected.len());
                bulk::insert_rejects(conn, &rejects(self.state.id, rejected))?;
                match imports::advance(conn, &self.state, before)? {
                    true => Ok(()),
                    false => Err(ImportError::Overtaken),
                }
            })?;
            before = self.state.position;
            told(&self.state);
        }
        let now = clock.now();
        db::transaction(conn, |conn| finish(conn, &self.state, now))?;
        self.state.finished_at = Some(now);
        Ok(self.state)
    }

    /// The next batch: what can be read, and what cannot.
    #[allow(clippy::type_complexity, reason = "rows and faults by number")]
    fn read<T: Target>(
        &mut self,
        target: &T,
    ) -> Result<(Vec<(i64, T::Row)>, Vec<(i64, Fault)>), ImportError> {
        let (mut rows, mut faults) = (Vec::new(), Vec::new());
        let mut row = StringRecord::new();
        while rows.len() + faults.len() < BATCH {
            let number = self.state.rows_done + 1;
            match self.reader.read_record(&mut row) {
                Ok(false) => break,
                Ok(true) if row.len() != self.width => {
                    faults.push((number, of_row(RejectReason::Cells)));
                }
                Ok(true) => match target.read(&self.columns.of(&row)) {
                    Ok(read) => rows.push((number, read)),
                    Err(fault) => faults.push((number, fault)),
                },
                Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    faults.push((number, of_row(RejectReason::NotText)));
                }
                Err(error) => return Err(error.into()),
            }
            self.state.rows_done = number;
        }
        self.state.position = whole(self.reader.position().byte());
        Ok((rows, faults))
    }
}

/// A new import of a file.
fn fresh(source: &Source<'_>, (sha256, size): (String, i64), now: Moment) -> RegisterImport {
    RegisterImport {
        id: RegisterImportId::generate(),
        form_key: source.form_key.to_owned(),
        dataset: source.dataset.to_owned(),
        file_name: source.file_name.to_owned(),
        file_id: source.file_id,
        sha256,
        size,
        started_by: source.actor.to_owned(),
        started_at: now,
        position: 0,
        rows_done: 0,
        added: 0,
        changed: 0,
        unchanged: 0,
        rejected: 0,
        finished_at: None,
        failure: None,
    }
}

/// Reads the file once: its digest, its bytes, and what parts its cells.
fn inspect(file: &mut (impl Read + Seek)) -> io::Result<(String, i64, u8)> {
    let (mut digest, mut size) = (Sha256::new(), 0);
    let mut first = Vec::new();
    let mut piece = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut piece)?;
        let bytes = piece.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        if size == 0 {
            first = bytes.to_vec();
        }
        digest.update(bytes);
        size += whole(read);
    }
    file.seek(SeekFrom::Start(0))?;
    let sha256 = digest
        .finalize()
        .into_iter()
        .map(|byte| format!("{byte:02x}"));
    Ok((sha256.collect(), size, delimiter(&first)))
}

/// Whichever of comma, semicolon and tab the first line has most of.
fn delimiter(start: &[u8]) -> u8 {
    let line = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |sign: &u8| line.iter().filter(|byte| *byte == sign).count();
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}

fn of_row(reason: RejectReason) -> Fault {
    Fault {
        field: "",
        reason,
        value: String::new(),
    }
}

fn rejects(import: RegisterImportId, faults: Vec<(i64, Fault)>) -> Vec<Reject> {
    let reject = |(number, fault): (i64, Fault)| Reject {
        import_id: import,
        row_number: number,
        field: fault.field.to_owned(),
        reason: fault.reason,
        value: fault.value,
    };
    faults.into_iter().map(reject).collect()
}

fn whole<N: TryInto<i64>>(count: N) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

fn start(conn: &mut DbConn, state: &RegisterImport) -> QueryResult<()> {
    imports::insert(conn, state)?;
    let detail = json!({
        "dataset": state.dataset,
        "import": state.id.to_string(),
        "sha256": state.sha256,
        "size": state.size,
    });
    record(
        conn,
        state,
        "register.import_started",
        detail,
        state.started_at,
    )
}

fn finish(conn: &mut DbConn, state: &RegisterImport, now: Moment) -> QueryResult<()> {
    imports::finish(conn, state.id, now)?;
    let detail = json!({
        "dataset": state.dataset,
        "import": state.id.to_string(),
        "rows": state.rows_done,
        "added": state.added,
        "changed": state.changed,
        "unchanged": state.unchanged,
        "rejected": state.rejected,
    });
    record(conn, state, "register.import_finished", detail, now)
}

fn record(
    conn: &mut DbConn,
    state: &RegisterImport,
    action: &'static str,
    detail: serde_json::Value,
    now: Moment,
) -> QueryResult<()> {
    let entry = Entry {
        actor: state.started_by.clone(),
        institution: None,
        action,
        subject: ("register", state.dataset.clone()),
        detail,
    };
    audit::record(conn, entry, now)
}

/// Writes the rows that an import did not take, with the reasons, as CSV.
///
/// # Errors
/// The database's, or the writer's.
pub fn write_rejects(
    conn: &mut DbConn,
    import: RegisterImportId,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(out);
    csv.write_record(text::REJECTS_HEAD)?;
    let mut after = 0;
    loop {
        let rows = imports::rejects_after(conn, import, after, CHUNK).map_err(io::Error::other)?;
        let Some(last) = rows.last() else {
            return csv.flush();
        };
        after = last.row_number;
        for row in &rows {
            let (number, said) = (row.row_number.to_string(), text::reason(row.reason));
            csv.write_record([&number, &row.field, said, &csv_cell(&row.value)])?;
        }
    }
}
