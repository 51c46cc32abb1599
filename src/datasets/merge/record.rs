//! One row with the texts of its fields and its key.

use chrono::NaiveDate;

use super::MergeError;
use crate::datasets::context::{Limits, Upload};
use crate::datasets::declaration::{Dataset, Field, Kind};
use crate::datasets::header::{Header, Search};
use crate::datasets::model::Values;
use crate::datasets::reading::{Cell, CellKind, RawRow, is_invisible, open};
use crate::datasets::row_key::RowKey;
use crate::datasets::text_file::guarded;
use crate::datasets::values::{self, Setting};

/// Stands for what a text file cannot hold: a formula without a value, an
/// error, a merged cell. No grammar takes it, so the fault stays a fault.
const UNREADABLE: &str = "#\u{1}";

/// How the rows of a file are read as they stand in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub dataset: &'a Dataset,
    /// The fields that the agreement grants; none = all.
    pub granted: Option<&'a [String]>,
    pub limits: Limits,
    /// Today in Jakarta.
    pub today: NaiveDate,
}

impl<'a> Reading<'a> {
    fn grants(&self, name: &str) -> bool {
        self.granted
            .is_none_or(|granted| granted.iter().any(|granted| granted == name))
    }

    /// The granted fields with their positions.
    pub fn fields(&self) -> Vec<(usize, &'a str)> {
        let fields = self.dataset.fields.iter().enumerate();
        fields
            .filter(|(_, field)| self.grants(&field.name))
            .map(|(at, field)| (at, field.name.as_str()))
            .collect()
    }
}

/// A row as it goes into the merged file.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// Its number in its file.
    pub number: u32,
    /// Its key, where it can be read.
    pub key: Option<i64>,
    /// The values of the key's fields, where they can be read.
    pub parts: Vec<Option<String>>,
    texts: Texts,
}

#[derive(Debug, Clone)]
enum Texts {
    /// By the position of the field.
    Fields(Vec<String>),
    /// Too few or too many cells: which is which cannot be said.
    Misshapen(String),
}

impl Record {
    /// The record's cells for these fields.
    pub fn cells<'a>(&'a self, fields: &'a [(usize, &str)]) -> Vec<&'a str> {
        match &self.texts {
            Texts::Misshapen(text) => vec![text],
            Texts::Fields(texts) => fields
                .iter()
                .map(|(at, _)| texts.get(*at).map_or("", String::as_str))
                .collect(),
        }
    }
}

impl Record {
    /// The record with other texts in some fields. Where it could not be said
    /// which cell is which, nothing else is left of it.
    pub fn with(&self, dataset: &Dataset, changes: &[(String, String)]) -> Self {
        let mut texts = match &self.texts {
            Texts::Fields(texts) => texts.clone(),
            Texts::Misshapen(_) => vec![String::new(); dataset.fields.len()],
        };
        for (name, text) in changes {
            let at = dataset.field(name).map(|(at, _)| at);
            if let Some(slot) = at.and_then(|at| texts.get_mut(at)) {
                *slot = guarded(text).into_owned();
            }
        }
        Self {
            texts: Texts::Fields(texts),
            ..self.clone()
        }
    }

    /// A record that stands in no file.
    pub fn new(dataset: &Dataset, values: &[(String, String)]) -> Self {
        let nothing = Self {
            number: 0,
            key: None,
            parts: Vec::new(),
            texts: Texts::Misshapen(String::new()),
        };
        nothing.with(dataset, values)
    }
}

/// Hands every data row of a file to `visit`.
pub(super) fn each_record(
    reading: &Reading<'_>,
    upload: Upload<'_>,
    visit: &mut dyn FnMut(&Record) -> Result<(), MergeError>,
) -> Result<(), MergeError> {
    let fields = reading.dataset.fields.iter();
    let granted = fields.map(|field| reading.grants(&field.name)).collect();
    let mut search = Search::new(reading.dataset, granted);
    let mut source = open(upload, &search, reading.limits)?;
    let is_workbook = source.is_workbook();
    let mut header = None;
    source.each_row::<MergeError>(&mut |row| match &header {
        None => {
            header = search.offer(row)?;
            Ok(())
        }
        Some(header) if is_workbook || !is_misshapen(header, row) => {
            visit(&record(reading, header, row))
        }
        Some(_) => visit(&misshapen(row)),
    })?;
    match header {
        Some(_) => Ok(()),
        None => Err(search.failure().into()),
    }
}

fn is_misshapen(header: &Header, row: &RawRow) -> bool {
    let end = header.width + header.trailing_unnamed();
    row.len() < header.needed || (end..row.len()).any(|column| !row.cell(column).is_blank())
}

fn misshapen(row: &RawRow) -> Record {
    let texts: Vec<&str> = row.cells().map(|cell| cell.text).collect();
    Record {
        number: row.number,
        key: None,
        parts: Vec::new(),
        texts: Texts::Misshapen(guarded(&texts.join(" | ")).into_owned()),
    }
}

fn record(reading: &Reading<'_>, header: &Header, row: &RawRow) -> Record {
    let dataset = reading.dataset;
    let setting = Setting {
        today: reading.today,
        longest_cell: reading.limits.cell,
    };
    let (mut values, mut faulty) = (Values::with_capacity(dataset.fields.len()), Vec::new());
    let mut texts = Vec::with_capacity(dataset.fields.len());
    for (at, field) in dataset.fields.iter().enumerate() {
        let Some(column) = header.columns.get(at).copied().flatten() else {
            values.push("");
            texts.push(String::new());
            continue;
        };
        let cell = row.cell(column);
        texts.push(text_of(field, cell));
        let is_none = cell.is_blank() || dataset.means_none(cell.text);
        if !dataset.is_key_part(at) || is_none {
            values.push("");
            if is_none && field.required {
                faulty.push(field.name.as_str());
            }
        } else if values
            .push_with(|out| values::take(field, cell, setting, out))
            .is_err()
        {
            faulty.push(field.name.as_str());
        }
    }
    let key = dataset.key_digest(&values, |name| faulty.contains(&name));
    Record {
        number: row.number,
        key: key.map(|digest| RowKey::of_record(digest).as_i64()),
        parts: dataset.key_parts(&values),
        texts: Texts::Fields(texts),
    }
}

/// A cell as text that means the same when it is read again.
fn text_of(field: &Field, cell: Cell<'_>) -> String {
    match cell.kind {
        CellKind::Text if cell.text.chars().all(is_invisible) => String::new(),
        CellKind::Text | CellKind::Computed | CellKind::Serial(_) => {
            guarded(cell.text).into_owned()
        }
        // Read as a number it has lost digits; written out it would hide that.
        CellKind::Number(number) if matches!(field.kind, Kind::Id | Kind::Nip) => {
            format!("{number:E}").replacen('E', "E+", 1)
        }
        CellKind::Number(_) => cell.text.to_owned(),
        CellKind::Formula | CellKind::Error | CellKind::Merged => UNREADABLE.to_owned(),
    }
}
