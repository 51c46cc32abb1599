//! Workbooks: cells streamed from one sheet. Never the whole sheet at once,
//! whose claimed size may be any.

use std::fs::File;
use std::io::BufReader;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use calamine::{DataRef, XlsxCellReader};

use super::ReadError;
use super::archive::Archive;
use super::markup::{MERGES, Part};
use super::merges::Merges;
use super::row::{CellKind, RawRow};
use super::workbook::{self, Workbook, refusal};
use crate::datasets::context::Limits;
use crate::datasets::header::{Search, short};
use crate::datasets::model::Note;
use crate::datasets::refusal::FileRefusal;
use crate::datasets::values::iso_of_serial;

/// Days between the two epochs that spreadsheets count from.
const EPOCH_1904: f64 = 1_462.0;

/// Rows that go from one thread to the other together.
const TOGETHER: usize = 128;
/// So often they wait at most, so that memory stays the same for any file.
const WAITING: usize = 2;

/// What the first look found.
pub(super) struct Shape {
    /// As it was opened, for whoever reads the rows first: what its cells share
    /// is read only once.
    workbook: Option<Workbook>,
    sheet: String,
    others: Vec<String>,
    part: Part,
}

impl Shape {
    pub fn rows(&self) -> u64 {
        self.part.rows
    }

    pub fn notes(&self) -> Vec<Note> {
        let others = (!self.others.is_empty()).then(|| Note::OtherSheets {
            checked: self.sheet.clone(),
            others: self.others.clone(),
        });
        let hidden = (self.part.hidden_rows > 0).then_some(Note::HiddenRows {
            rows: self.part.hidden_rows,
        });
        others.into_iter().chain(hidden).collect()
    }
}

pub(super) fn inspect(
    path: &Path,
    archive: Archive,
    search: &Search<'_>,
    limits: Limits,
) -> Result<Shape, ReadError> {
    let mut workbook = workbook::open(path)?;
    let choice = workbook::choose(&mut workbook, archive, search, limits.columns)?;
    if choice.part.merges.len() > MERGES {
        return Err(FileRefusal::TooManyMergedCells {
            limit: MERGES as u32,
        }
        .into());
    }
    Ok(Shape {
        workbook: Some(workbook),
        sheet: choice.name,
        others: choice.others,
        part: choice.part,
    })
}

/// Hands every row that is not blank to `visit`. A thread of its own takes the
/// sheet apart meanwhile, which is most of the work.
pub(super) fn each_row<E: From<ReadError>>(
    path: &Path,
    shape: &mut Shape,
    limits: Limits,
    visit: &mut dyn FnMut(&RawRow) -> Result<(), E>,
) -> Result<(), E> {
    let workbook = match shape.workbook.take() {
        Some(workbook) => workbook,
        None => workbook::open(path)?,
    };
    let shape = &*shape;
    thread::scope(|scope| {
        let (give, full) = sync_channel(WAITING);
        let (give_back, used) = sync_channel(WAITING * 2);
        let reader = thread::Builder::new()
            .name("cells".to_owned())
            .spawn_scoped(scope, move || {
                take_apart(workbook, shape, limits, (&give, &used))
            })
            .map_err(ReadError::from)?;
        let visited = visit_all(full, &give_back, visit);
        let read = reader.join().unwrap_or_else(|panic| resume_unwind(panic));
        visited?;
        Ok(read?)
    })
}

fn visit_all<E>(
    full: Receiver<Rows>,
    give_back: &SyncSender<Rows>,
    visit: &mut dyn FnMut(&RawRow) -> Result<(), E>,
) -> Result<(), E> {
    for rows in full {
        rows.filled().iter().try_for_each(&mut *visit)?;
        // The reader may have ended, or has enough of them.
        let _ = give_back.try_send(rows);
    }
    Ok(())
}

/// Reads the sheet to its end, or until nobody takes its rows any more.
fn take_apart(
    mut workbook: Workbook,
    shape: &Shape,
    limits: Limits,
    (give, used): (&SyncSender<Rows>, &Receiver<Rows>),
) -> Result<(), ReadError> {
    let has_1904_epoch = workbook.has_1904_epoch();
    let cells = workbook
        .worksheet_cells_reader(&shape.sheet)
        .map_err(refusal)?;
    let mut sheet = SheetRows::new(cells, has_1904_epoch, &shape.part.merges, limits.columns);
    loop {
        let mut rows: Rows = used.try_recv().unwrap_or_default();
        let read = rows.fill(&mut sheet);
        if give.send(rows).is_err() || !read? {
            return Ok(());
        }
    }
}

/// Rows on their way from one thread to the other.
#[derive(Default)]
struct Rows {
    rows: Vec<RawRow>,
    count: usize,
}

impl Rows {
    /// Takes the next rows; whether there may be more. What was read before an
    /// error stays.
    fn fill(&mut self, sheet: &mut SheetRows<'_>) -> Result<bool, ReadError> {
        self.rows.resize_with(TOGETHER, RawRow::default);
        self.count = 0;
        for row in &mut self.rows {
            if sheet.read()?.is_none() {
                return Ok(false);
            }
            std::mem::swap(row, &mut sheet.row);
            self.count += 1;
        }
        Ok(true)
    }

    fn filled(&self) -> &[RawRow] {
        self.rows.get(..self.count).unwrap_or_default()
    }
}

/// Puts the cells of a sheet together to rows.
pub(super) struct SheetRows<'a> {
    cells: XlsxCellReader<'a, BufReader<File>>,
    has_1904_epoch: bool,
    merges: Merges,
    columns: usize,
    row: RawRow,
    /// The first cell of the next row, already read.
    ahead: Option<Ahead>,
    /// The reader must not be asked again after its end.
    is_done: bool,
}

struct Ahead {
    row: u32,
    column: usize,
    text: String,
    kind: CellKind,
}

impl<'a> SheetRows<'a> {
    pub fn new(
        cells: XlsxCellReader<'a, BufReader<File>>,
        has_1904_epoch: bool,
        merges: &[super::merges::Range],
        columns: u16,
    ) -> Self {
        Self {
            cells,
            has_1904_epoch,
            merges: Merges::new(merges),
            columns: columns.into(),
            row: RawRow::default(),
            ahead: None,
            is_done: false,
        }
    }

    /// The next row that is not blank.
    pub fn read(&mut self) -> Result<Option<&RawRow>, ReadError> {
        while self.read_any()? {
            if !self.row.is_blank() {
                return Ok(Some(&self.row));
            }
        }
        Ok(None)
    }

    fn read_any(&mut self) -> Result<bool, ReadError> {
        let first = match self.ahead.take() {
            Some(cell) => cell,
            None => match self.next_cell()? {
                Some(cell) => cell,
                None => return Ok(false),
            },
        };
        let number = first.row;
        self.row.start(number);
        self.merges.enter(number);
        self.put(first)?;
        while let Some(cell) = self.next_cell()? {
            if cell.row < number {
                return Err(FileRefusal::corrupt("rows out of order").into());
            }
            if cell.row > number {
                self.ahead = Some(cell);
                break;
            }
            self.put(cell)?;
        }
        self.pad(self.merges.rightmost(self.columns));
        Ok(true)
    }

    fn put(&mut self, cell: Ahead) -> Result<(), ReadError> {
        if cell.column < self.row.len() {
            return Err(FileRefusal::corrupt("cells out of order").into());
        }
        self.pad(cell.column);
        let is_merged = self.merges.cover(cell.row, cell.column);
        self.row.push(
            &cell.text,
            if is_merged {
                CellKind::Merged
            } else {
                cell.kind
            },
        );
        Ok(())
    }

    fn pad(&mut self, to: usize) {
        while self.row.len() < to {
            let is_merged = self.merges.cover(self.row.number, self.row.len());
            self.row.push(
                "",
                if is_merged {
                    CellKind::Merged
                } else {
                    CellKind::Text
                },
            );
        }
    }

    /// The next cell with something in it.
    fn next_cell(&mut self) -> Result<Option<Ahead>, ReadError> {
        while !self.is_done {
            let Some(record) = self
                .cells
                .next_cell_with_formula_metadata()
                .map_err(refusal)?
            else {
                self.is_done = true;
                break;
            };
            let is_formula = record.formula.is_some();
            if record.value == DataRef::Empty && !is_formula {
                continue;
            }
            let (row, column) = (record.pos.0.saturating_add(1), record.pos.1 as usize);
            if column >= self.columns {
                return Err(FileRefusal::TooWide {
                    limit: short(self.columns),
                }
                .into());
            }
            let (text, kind) = content(record.value, self.has_1904_epoch);
            let kind = match kind {
                CellKind::Text if is_formula && text.is_empty() => CellKind::Formula,
                CellKind::Text if is_formula => CellKind::Computed,
                other => other,
            };
            return Ok(Some(Ahead {
                row,
                column,
                text,
                kind,
            }));
        }
        Ok(None)
    }
}

/// What a person sees in a cell, and what kind it is.
fn content(value: DataRef<'_>, has_1904_epoch: bool) -> (String, CellKind) {
    match value {
        DataRef::Empty => (String::new(), CellKind::Text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            (text, CellKind::Text)
        }
        DataRef::SharedString(text) => (text.to_owned(), CellKind::Text),
        DataRef::Bool(truth) => (
            if truth { "TRUE" } else { "FALSE" }.to_owned(),
            CellKind::Text,
        ),
        DataRef::Error(error) => (error.to_string(), CellKind::Error),
        DataRef::Int(number) => (number.to_string(), CellKind::Number(number as f64)),
        DataRef::Float(number) => (fifteen_digits(number), CellKind::Number(number)),
        DataRef::DateTime(moment) if moment.is_duration() => (
            fifteen_digits(moment.as_f64()),
            CellKind::Number(moment.as_f64()),
        ),
        DataRef::DateTime(moment) => {
            let days = moment.as_f64() + if has_1904_epoch { EPOCH_1904 } else { 0.0 };
            (iso_of_serial(days), CellKind::Serial(days))
        }
    }
}

/// A number as a spreadsheet knows it: 15 significant digits.
fn fifteen_digits(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}
