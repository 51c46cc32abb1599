//! Checks a file from its first row to its last.

mod batch;

use std::borrow::Cow;

use super::code::Code;
use super::context::{BATCH, CheckError, Context, Flow, Sink, Upload};
use super::declaration::{Dataset, Field};
use super::header::{Header, Search, short};
use super::model::{Finding, Note, Severity, Summary, Tallies, Values};
use super::reading::{self, Cell, CellKind, RawRow};
use super::refusal::FileRefusal;
use super::rules::field_bit;
use super::values::{self, Fault, Setting, Taken, Who};
use batch::{Batch, Pending};

/// Reads and checks a file. Rows go to the sink in batches, each with all its
/// findings; the summary comes at the end.
///
/// # Errors
/// [`CheckError::Unreadable`] when the file as a whole is unfit; rows that the
/// sink has got before it are to be thrown away then.
pub fn check(
    upload: Upload<'_>,
    dataset: &Dataset,
    context: &mut Context<'_>,
    sink: &mut dyn Sink,
) -> Result<Summary, CheckError> {
    let granted = dataset
        .fields
        .iter()
        .map(|field| context.grants(&field.name))
        .collect();
    let mut search = Search::new(dataset, granted);
    let source = reading::open(upload, &search, context.limits)?;
    let mut run = Run::new(dataset, context, sink, source.rows.saturating_sub(1));
    run.summary.notes.clone_from(&source.notes);
    run.is_workbook = source.is_workbook();
    run.tell_progress()?;
    source.each_row(&mut |row| match &run.header {
        Some(_) => run.data_row(row),
        None => search
            .offer(row)
            .map(|header| run.header = header)
            .map_err(CheckError::from),
    })?;
    run.finish(&search)
}

struct Run<'r, 'c> {
    dataset: &'r Dataset,
    context: &'r mut Context<'c>,
    sink: &'r mut dyn Sink,
    setting: Setting,
    total: u64,
    is_workbook: bool,
    header: Option<Header>,
    batch: Batch,
    tallies: Tallies,
    summary: Summary,
}

impl<'r, 'c> Run<'r, 'c> {
    fn new(
        dataset: &'r Dataset,
        context: &'r mut Context<'c>,
        sink: &'r mut dyn Sink,
        total: u64,
    ) -> Self {
        let setting = Setting {
            today: context.today,
            longest_cell: context.limits.cell,
        };
        Self {
            dataset,
            context,
            sink,
            setting,
            total,
            is_workbook: false,
            header: None,
            batch: Batch::new(dataset),
            tallies: Tallies::default(),
            summary: Summary::default(),
        }
    }

    fn data_row(&mut self, row: &RawRow) -> Result<(), CheckError> {
        self.summary.rows += 1;
        if self.summary.rows > u64::from(self.context.limits.rows) {
            return Err(FileRefusal::TooManyRows {
                limit: self.context.limits.rows,
            }
            .into());
        }
        let Some(header) = self.header.take() else {
            return Ok(());
        };
        self.note_unnamed(&header, row);
        let pending = match self.wrong_width(&header, row) {
            Some(fault) => self.misshapen(row, fault),
            None => self.fields(&header, row),
        };
        self.batch.rows.push(pending);
        self.header = Some(header);
        if self.batch.rows.len() >= BATCH {
            self.flush()
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

    fn misshapen(&self, row: &RawRow, fault: Fault) -> Pending {
        let mut pending = Pending::new(row.number, self.dataset.fields.len());
        self.dataset
            .fields
            .iter()
            .for_each(|_| pending.values.push(""));
        pending.faulty = u64::MAX;
        pending
            .findings
            .push(finding(row.number, None, None, Severity::Error, fault, ""));
        pending
    }

    fn fields(&mut self, header: &Header, row: &RawRow) -> Pending {
        let mut pending = Pending::new(row.number, self.dataset.fields.len());
        for (at, (field, column)) in self.dataset.fields.iter().zip(&header.columns).enumerate() {
            let Some(column) = *column else {
                pending.values.push("");
                continue;
            };
            let cell = row.cell(column);
            match self.value(field, cell, &mut pending.values) {
                Ok(taken) => self.keep(at, column, cell, taken, &mut pending),
                Err(fault) => {
                    pending.faulty |= field_bit(at);
                    pending.findings.push(finding(
                        row.number,
                        Some(column),
                        Some(field),
                        Severity::Error,
                        fault,
                        cell.text,
                    ));
                }
            }
        }
        pending
    }

    fn value(&self, field: &Field, cell: Cell<'_>, values: &mut Values) -> Result<Taken, Fault> {
        values.push_with(|out| {
            if cell.kind == CellKind::Merged {
                return Err(Fault::new(Code::MergedCell));
            }
            if cell.is_blank() || self.is_missing(cell) {
                return if field.required {
                    Err(Fault::new(Code::Required))
                } else {
                    Ok(Taken::default())
                };
            }
            values::take(field, cell, self.setting, out)
        })
    }

    fn is_missing(&self, cell: Cell<'_>) -> bool {
        let means_none = |missing: &String| missing.eq_ignore_ascii_case(cell.text);
        cell.kind == CellKind::Text && self.dataset.missing.iter().any(means_none)
    }

    fn keep(
        &mut self,
        at: usize,
        column: usize,
        cell: Cell<'_>,
        taken: Taken,
        pending: &mut Pending,
    ) {
        let field = self.dataset.fields.get(at);
        if let Some(code) = taken.change {
            let name = field.map(|field| field.name.as_str());
            self.tallies.count(
                Severity::Hint,
                code,
                Some(short(column)),
                name,
                pending.number,
            );
        }
        if let Some(fault) = taken.warning {
            pending.findings.push(finding(
                pending.number,
                Some(column),
                field,
                Severity::Warning,
                fault,
                cell.text,
            ));
        }
        match taken.who {
            Some(Who::Id(id)) if self.dataset.person.id == Some(at) => pending.id = Some(id),
            Some(Who::Nip(nip)) if self.dataset.person.nip == Some(at) => pending.nip = Some(nip),
            _ => {}
        }
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
            if !row.cell(column).is_blank() && !self.summary.notes.contains(&note) {
                self.summary.notes.push(note);
            }
        }
    }

    fn flush(&mut self) -> Result<(), CheckError> {
        let Some(header) = &self.header else {
            return Ok(());
        };
        let rows = self.batch.judge(self.dataset, self.context, header)?;
        for row in &rows {
            for found in &row.findings {
                self.tallies.count(
                    found.severity,
                    found.code,
                    found.column,
                    found.field.as_deref(),
                    row.number,
                );
            }
        }
        self.summary.count(&rows);
        self.sink.batch(&rows).map_err(CheckError::Sink)?;
        self.tell_progress()
    }

    fn tell_progress(&mut self) -> Result<(), CheckError> {
        let done = self.summary.rows;
        match self
            .sink
            .progress(done, self.total.max(done))
            .map_err(CheckError::Sink)?
        {
            Flow::Continue => Ok(()),
            Flow::Cancel => Err(CheckError::Cancelled),
        }
    }

    fn finish(mut self, search: &Search<'_>) -> Result<Summary, CheckError> {
        self.total = self.summary.rows;
        if !self.batch.rows.is_empty() {
            self.flush()?;
        }
        let Some(header) = self.header else {
            return Err(search.failure().into());
        };
        if self.summary.rows == 0 {
            return Err(FileRefusal::NoDataRows.into());
        }
        let mut summary = self.summary;
        summary.tallies = self.tallies.into_list();
        summary.columns = header.uses();
        summary.notes.extend(header.notes);
        if !self.context.people.is_loaded() && self.dataset.person.id.is_some() {
            summary.notes.push(Note::RegisterNotLoaded);
        }
        summary.unknown_columns = summary
            .notes
            .iter()
            .filter_map(Note::unknown_column)
            .collect();
        Ok(summary)
    }
}

/// A finding with its value cut to size and made harmless to show.
fn finding(
    row: u32,
    column: Option<usize>,
    field: Option<&Field>,
    severity: Severity,
    fault: Fault,
    value: &str,
) -> Finding {
    Finding {
        row,
        column: column.map(short),
        field: field.map(|field| field.name.clone()),
        code: fault.code,
        severity,
        value: harmless(value).into_owned(),
        params: fault.params,
    }
}

fn harmless(value: &str) -> Cow<'_, str> {
    if value.len() <= Finding::LONGEST_VALUE
        && value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    {
        return Cow::Borrowed(value);
    }
    let visible = |letter: char| {
        if values::is_forbidden(letter) {
            '\u{fffd}'
        } else {
            letter
        }
    };
    let mut cut: String = value
        .chars()
        .take(Finding::LONGEST_VALUE)
        .map(visible)
        .collect();
    if value.chars().nth(Finding::LONGEST_VALUE).is_some() {
        cut.pop();
        cut.push('…');
    }
    Cow::Owned(cut)
}

#[cfg(test)]
mod tests;
