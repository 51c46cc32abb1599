//! The first of the two threads: finds the header, takes the cells of every
//! row below it, and hands rows on in batches.

use std::sync::Arc;

use super::super::code::Code;
use super::super::context::CheckError;
use super::super::declaration::{Dataset, Field};
use super::super::header::{Header, Search, short};
use super::super::model::{Changes, CheckedRow, Finding, Note, Severity, Values};
use super::super::reading::{Cell, CellKind, RawRow, Source};
use super::super::refusal::FileRefusal;
use super::super::rules::field_bit;
use super::super::values::{self, Fault, Setting, Taken, Who};
use super::Exchange;
use super::batch::{Batch, Marks};

/// What the reader knows at the end of the file.
pub(super) struct Read {
    /// The header, if there is one.
    pub header: Option<Arc<Header>>,
    /// Data rows.
    pub rows: u64,
    /// Values that were changed without loss.
    pub changes: Changes,
    /// Columns with values but without a header.
    pub notes: Vec<Note>,
}

pub(super) struct Rows<'d> {
    dataset: &'d Dataset,
    setting: Setting,
    /// Data rows at most.
    limit: u32,
    exchange: Exchange,
    batch: Batch,
    is_workbook: bool,
    read: Read,
}

impl<'d> Rows<'d> {
    pub fn new(dataset: &'d Dataset, setting: Setting, limit: u32, exchange: Exchange) -> Self {
        Self {
            dataset,
            setting,
            limit,
            exchange,
            batch: Batch::default(),
            is_workbook: false,
            read: Read {
                header: None,
                rows: 0,
                changes: Changes::of(dataset.fields.len()),
                notes: Vec::new(),
            },
        }
    }

    /// Reads the file to its end.
    pub fn read(
        mut self,
        source: &mut Source<'_>,
        search: &mut Search<'_>,
    ) -> Result<Read, CheckError> {
        self.is_workbook = source.is_workbook();
        source.each_row(&mut |row| match self.read.header.clone() {
            Some(header) => self.data_row(&header, row),
            None => {
                let header = search.offer(row)?;
                self.begin(header.map(Arc::new));
                Ok(())
            }
        })?;
        if !self.batch.is_empty() {
            self.hand_over()?;
        }
        Ok(self.read)
    }

    fn begin(&mut self, header: Option<Arc<Header>>) {
        if let Some(header) = &header {
            self.batch = std::mem::take(&mut self.batch).under(header);
        }
        self.read.header = header;
    }

    fn data_row(&mut self, header: &Header, row: &RawRow) -> Result<(), CheckError> {
        self.read.rows += 1;
        if self.read.rows > u64::from(self.limit) {
            return Err(FileRefusal::TooManyRows { limit: self.limit }.into());
        }
        self.note_unnamed(header, row);
        let fault = self.wrong_width(header, row);
        if let Some((checked, marks)) = self.batch.add(row.number) {
            match fault {
                Some(fault) => misshapen(checked, marks, self.dataset, fault),
                None => Cells {
                    dataset: self.dataset,
                    setting: self.setting,
                    changes: &mut self.read.changes,
                    checked,
                    marks,
                }
                .take(header, row),
            }
        }
        if self.batch.is_full() {
            self.hand_over()
        } else {
            Ok(())
        }
    }

    /// A row of a text file with too few or too many cells may have its values
    /// in the wrong columns, so none of them is looked at.
    fn wrong_width(&self, header: &Header, row: &RawRow) -> Option<Fault> {
        let has_more = || {
            (header.width + header.trailing_unnamed()..row.len())
                .any(|column| !row.cell(column).is_blank())
        };
        if self.is_workbook || (row.len() >= header.needed && !has_more()) {
            return None;
        }
        Some(Fault::with(
            Code::ColumnCount,
            [row.len().to_string(), header.width.to_string()],
        ))
    }

    fn note_unnamed(&mut self, header: &Header, row: &RawRow) {
        let beyond = if self.is_workbook {
            header.width..row.len()
        } else {
            0..0
        };
        for column in header.unnamed.iter().copied().chain(beyond) {
            let note = Note::UnnamedColumn {
                column: short(column),
            };
            if !row.cell(column).is_blank() && !self.read.notes.contains(&note) {
                self.read.notes.push(note);
            }
        }
    }

    /// Gives the batch away and takes up one that was used.
    fn hand_over(&mut self) -> Result<(), CheckError> {
        let free = self.exchange.used.try_recv().unwrap_or_default();
        let free = free.under(&self.batch.header);
        let full = std::mem::replace(&mut self.batch, free);
        // Nobody takes it any more: the other thread knows why.
        self.exchange
            .give
            .send(full)
            .map_err(|_refused| CheckError::Cancelled)
    }
}

fn misshapen(checked: &mut CheckedRow, marks: &mut Marks, dataset: &Dataset, fault: Fault) {
    dataset.fields.iter().for_each(|_| checked.values.push(""));
    marks.faulty = u64::MAX;
    checked.findings.push(Finding::of(
        checked.number,
        (None, None),
        Severity::Error,
        fault,
        "",
    ));
}

/// The cells of one row, on their way to canonical values.
pub(super) struct Cells<'r> {
    pub dataset: &'r Dataset,
    pub setting: Setting,
    pub changes: &'r mut Changes,
    pub checked: &'r mut CheckedRow,
    pub marks: &'r mut Marks,
}

impl Cells<'_> {
    pub fn take(mut self, header: &Header, row: &RawRow) {
        for (at, (field, column)) in self.dataset.fields.iter().zip(&header.columns).enumerate() {
            let Some(column) = *column else {
                self.checked.values.push("");
                continue;
            };
            let cell = row.cell(column);
            match value(
                field,
                cell,
                (self.dataset, self.setting),
                &mut self.checked.values,
            ) {
                Ok(taken) => self.keep(at, (column, field), cell, taken),
                Err(fault) => {
                    self.marks.faulty |= field_bit(at);
                    self.found((column, field), Severity::Error, fault, cell);
                }
            }
        }
    }

    fn keep(&mut self, at: usize, place: (usize, &Field), cell: Cell<'_>, taken: Taken) {
        if let Some(code) = taken.change {
            self.changes.count(at, code);
        }
        if let Some(fault) = taken.warning {
            self.found(place, Severity::Warning, *fault, cell);
        }
        match taken.who {
            Some(Who::Id(id)) if self.dataset.person.id == Some(at) => self.marks.id = Some(id),
            Some(Who::Nip(nip)) if self.dataset.person.nip == Some(at) => {
                self.marks.nip = Some(nip)
            }
            _ => {}
        }
    }

    #[cold]
    fn found(&mut self, place: (usize, &Field), severity: Severity, fault: Fault, cell: Cell<'_>) {
        let (column, field) = place;
        let place = (Some(short(column)), Some(field));
        let found = Finding::of(self.checked.number, place, severity, fault, cell.text);
        self.checked.findings.push(found);
    }
}

fn value(
    field: &Field,
    cell: Cell<'_>,
    (dataset, setting): (&Dataset, Setting),
    values: &mut Values,
) -> Result<Taken, Fault> {
    values.push_with(|out| {
        if cell.kind == CellKind::Merged {
            return Err(Fault::new(Code::MergedCell));
        }
        if cell.is_blank() || is_missing(dataset, cell) {
            return if field.required {
                Err(Fault::new(Code::Required))
            } else {
                Ok(Taken::default())
            };
        }
        values::take(field, cell, setting, out)
    })
}

fn is_missing(dataset: &Dataset, cell: Cell<'_>) -> bool {
    let means_none = |missing: &String| missing.eq_ignore_ascii_case(cell.text);
    cell.kind == CellKind::Text && dataset.missing.iter().any(means_none)
}
