//! A file before its rows: its digest, what parts its cells, its columns.

use csv::{ErrorKind, Position, Reader, ReaderBuilder, StringRecord};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, SeekFrom};

use super::bounded::{Bounded, LONGEST, Room};
use super::cells::Columns;
use super::run::ImportError;
use super::{people, records::Records, units};
use crate::datasets;
use crate::platform::secret::hex;
use crate::register::model::RejectReason;

/// Bytes of the first look.
const START: usize = 64 * 1024;

/// The data sets that the register keeps: all about persons, and units.
pub fn kept() -> impl Iterator<Item = &'static datasets::Dataset> {
    let all = datasets::all().unwrap_or_default();
    all.iter().filter(|it| fields(&it.name).is_some())
}

/// Its data set of persons.
pub const PEOPLE: &str = "profil-pns";
/// Its data set of units.
pub const UNITS: &str = "unit-kerja";

/// What is read of a data set: its fields, and which a file must have.
type Fields = (Vec<&'static str>, Vec<&'static str>);

fn fields(dataset: &str) -> Option<Fields> {
    Some(match dataset {
        PEOPLE => (people::FIELDS.to_vec(), people::NEEDED.to_vec()),
        UNITS => (units::FIELDS.to_vec(), units::NEEDED.to_vec()),
        name => {
            let records = datasets::find(name).and_then(Records::of)?;
            (records.fields(), vec!["id_pns"])
        }
    })
}

/// The digest of a file, and its bytes.
pub fn digest(file: &mut (impl Read + Seek)) -> io::Result<(String, i64)> {
    let (mut digest, mut size) = (Sha256::new(), 0);
    let mut piece = vec![0; 256 * 1024];
    file.seek(SeekFrom::Start(0))?;
    loop {
        let read = file.read(&mut piece)?;
        let bytes = piece.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return Ok((hex(&digest.finalize()), size));
        }
        digest.update(bytes);
        size += i64::try_from(read).unwrap_or(i64::MAX);
    }
}

/// A file whose header was read.
pub struct Opened<R> {
    pub reader: Reader<Bounded<R>>,
    pub columns: Columns,
    /// Cells of each row.
    width: usize,
    /// Where the rows begin.
    rows_at: Position,
    room: Room,
}

impl<R: Read + Seek> Opened<R> {
    /// Goes back to before the first row.
    pub fn rewind(&mut self) -> Result<(), ImportError> {
        Ok(self.reader.seek(self.rows_at.clone())?)
    }

    /// Reads the next row; why it cannot be taken, whatever it says. `None` at
    /// the end.
    ///
    /// # Errors
    /// A row without an end; what is no CSV; the disk's.
    pub fn next(
        &mut self,
        row: &mut StringRecord,
    ) -> Result<Option<Result<(), RejectReason>>, ImportError> {
        self.room.make(LONGEST);
        Ok(match self.reader.read_record(row) {
            Ok(false) => None,
            Ok(true) if row.len() != self.width => Some(Err(RejectReason::Cells)),
            Ok(true) => Some(Ok(())),
            Err(error) if matches!(error.kind(), ErrorKind::Utf8 { .. }) => {
                Some(Err(RejectReason::NotText))
            }
            Err(_) if self.room.is_gone() => return Err(ImportError::Endless),
            Err(error) => return Err(error.into()),
        })
    }
}

/// Reads the header, finds the data set's columns in it, and sees that there is
/// a row.
///
/// # Errors
/// Those of a file that cannot be imported as this data set.
pub fn open<R: Read + Seek>(dataset: &str, mut file: R) -> Result<Opened<R>, ImportError> {
    let no_dataset = || ImportError::NoDataset(dataset.to_owned());
    let (names, needed) = fields(dataset).ok_or_else(no_dataset)?;
    let delimiter = delimiter(&start(&mut file)?)?;
    let room = Room::default();
    room.make(START);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .buffer_capacity(START)
        .from_reader(Bounded::new(file, room.clone()));
    let header = match reader.headers() {
        Err(_) if room.is_gone() => return Err(ImportError::Endless),
        header => header?.clone(),
    };
    let columns = Columns::find(&names, &needed, datasets::find(dataset), &header);
    let columns = columns.map_err(|fields| ImportError::Missing {
        fields,
        fits: fitting(&header),
    })?;
    let mut opened = Opened {
        rows_at: reader.position().clone(),
        reader,
        columns,
        width: header.len(),
        room,
    };
    if opened.next(&mut StringRecord::new())?.is_none() {
        return Err(ImportError::NoRows);
    }
    opened.rewind()?;
    Ok(opened)
}

/// The data set that a header was made for, if it has all its needed columns
/// and most of its fields.
fn fitting(header: &StringRecord) -> Option<&'static str> {
    let share = |name: &str| {
        let (names, needed) = fields(name)?;
        let columns = Columns::find(&names, &needed, datasets::find(name), header).ok()?;
        let known = columns.known();
        (known * 2 > names.len()).then_some(known)
    };
    let kept = kept().filter_map(|it| Some((share(&it.name)?, it.name.as_str())));
    kept.max_by_key(|(share, _)| *share).map(|(_, name)| name)
}

fn start(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(0))?;
    let mut start = Vec::with_capacity(START);
    let mut first = file.take(u64::try_from(START).unwrap_or(u64::MAX));
    first.read_to_end(&mut start)?;
    first.into_inner().seek(SeekFrom::Start(0))?;
    Ok(start)
}

/// Whichever of comma, semicolon and tab the first line has most of. Workbooks
/// and UTF-16 are told apart from CSV in UTF-8.
fn delimiter(start: &[u8]) -> Result<u8, ImportError> {
    if start.starts_with(b"PK") || start.starts_with(&[0xD0, 0xCF]) {
        return Err(ImportError::Workbook);
    }
    let line = start.split(|byte| *byte == b'\n').next();
    let line = line.unwrap_or_default();
    if line.contains(&0) || std::str::from_utf8(line).is_err() {
        return Err(ImportError::NotText);
    }
    let count = |sign: &u8| line.iter().filter(|byte| *byte == sign).count();
    let signs = [b'\t', b';', b','];
    Ok(signs.into_iter().max_by_key(count).unwrap_or(b','))
}
