//! Which column of a file is which field.

use std::collections::{HashMap, HashSet};

use super::declaration::{Dataset, Field};
use super::model::{ColumnUse, Note};
use super::reading::{Cell, RawRow, is_invisible};
use super::refusal::FileRefusal;
use super::text::MARKS;

/// Rows without a known header that may stand above it.
const ROWS_ABOVE: usize = 10;
/// How alike (0 to 1) an unknown header must be to be named as perhaps meant.
const ALIKE: f64 = 0.4;
/// So many headers that only SIASN uses tell a file that was exported there.
const FROM_SIASN: usize = 2;

/// The header row of a file, understood.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// How many columns it has, up to the last one with a header.
    pub width: usize,
    /// How many columns a row needs, up to the last one that is a field.
    pub needed: usize,
    /// For each field of the data set its column, none where it is not granted.
    pub columns: Vec<Option<usize>>,
    /// Columns without a header.
    pub unnamed: Vec<usize>,
    /// What to say about it.
    pub notes: Vec<Note>,
    uses: Vec<ColumnUse>,
}

impl Header {
    /// The header of a row that stands in no file: for each field its column.
    pub fn of_columns(columns: Vec<Option<usize>>) -> Self {
        Self {
            width: columns.len(),
            needed: columns.len(),
            columns,
            ..Self::default()
        }
    }

    /// How many columns without a header stand at the right end.
    pub fn trailing_unnamed(&self) -> usize {
        self.unnamed
            .iter()
            .filter(|column| **column >= self.width)
            .count()
    }

    /// For each field found, where.
    pub fn uses(&self) -> Vec<ColumnUse> {
        self.uses.clone()
    }
}

/// A header as it is compared: letters and digits only, in lower case.
pub(super) fn normal_form(header: &str) -> String {
    header
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Looks for the header row among the first rows.
pub(super) struct Search<'a> {
    dataset: &'a Dataset,
    granted: Vec<bool>,
    known: HashMap<String, usize>,
    /// Headers of SIASN that are not our own.
    of_siasn: HashSet<String>,
    rows_seen: usize,
}

impl<'a> Search<'a> {
    /// `granted` says for each field whether the agreement grants it.
    pub fn new(dataset: &'a Dataset, granted: Vec<bool>) -> Self {
        let headers = dataset
            .fields
            .iter()
            .enumerate()
            .filter(|(at, _)| granted.get(*at) == Some(&true));
        let known = headers
            .flat_map(|(at, field)| field.headers().map(move |header| (header, at)))
            .collect();
        Self {
            dataset,
            granted,
            known,
            of_siasn: dataset
                .fields
                .iter()
                .flat_map(Field::headers_of_siasn)
                .collect(),
            rows_seen: 0,
        }
    }

    /// How many of the cells are headers of the data set.
    pub fn matches<'c>(&self, cells: impl Iterator<Item = Cell<'c>>) -> usize {
        cells
            .filter(|cell| self.known.contains_key(&normal_form(cell.text)))
            .count()
    }

    /// The header, if this row is it; a row with any known header is when it
    /// is the first, one with half of them when it is not.
    pub fn offer(&mut self, row: &RawRow) -> Result<Option<Header>, FileRefusal> {
        if row.is_blank() {
            return Ok(None);
        }
        let matches = self.matches(row.cells());
        let needed = if self.rows_seen == 0 {
            1
        } else {
            self.known_fields().div_ceil(2)
        };
        self.rows_seen += 1;
        if matches >= needed {
            return self.understand(row).map(Some);
        }
        if self.rows_seen > ROWS_ABOVE {
            Err(FileRefusal::NoHeader)
        } else {
            Ok(None)
        }
    }

    /// What to say of a file in which no header was found.
    pub fn failure(&self) -> FileRefusal {
        if self.rows_seen == 0 {
            FileRefusal::Empty
        } else {
            FileRefusal::NoHeader
        }
    }

    fn known_fields(&self) -> usize {
        self.granted.iter().filter(|granted| **granted).count()
    }

    fn understand(&self, row: &RawRow) -> Result<Header, FileRefusal> {
        let mut header = Header {
            width: 0,
            needed: 0,
            columns: vec![None; self.dataset.fields.len()],
            unnamed: Vec::new(),
            notes: Vec::new(),
            uses: Vec::new(),
        };
        if self.rows_seen > 1 {
            header.notes.push(Note::HeaderBelow { row: row.number });
        }
        let is_exported = self.is_from_siasn(row);
        let mut unknown = Vec::new();
        for (column, cell) in row.cells().enumerate() {
            let form = normal_form(cell.text);
            if cell.text.chars().all(is_invisible) {
                header.unnamed.push(column);
                continue;
            }
            header.width = column + 1;
            match self.known.get(&form) {
                Some(field) => {
                    let spare = self.place(&mut header, row, (*field, column), is_exported)?;
                    unknown.extend(spare.map(|at| (short(at), visible(row.cell(at).text))));
                }
                None if MARKS.iter().any(|mark| normal_form(mark) == form) => {}
                None => unknown.push((short(column), visible(cell.text))),
            }
        }
        let last = header.columns.iter().flatten().max();
        header.needed = last.map_or(0, |last| last + 1);
        self.refuse_missing(&header, &unknown, is_exported)?;
        self.note(&mut header, row, unknown);
        Ok(header)
    }

    /// Gives a field its column; the column that is not needed, where SIASN
    /// has two for it.
    fn place(
        &self,
        header: &mut Header,
        row: &RawRow,
        (field, column): (usize, usize),
        is_exported: bool,
    ) -> Result<Option<usize>, FileRefusal> {
        let Some(slot) = header.columns.get_mut(field) else {
            return Ok(None);
        };
        let Some(first) = slot.replace(column) else {
            return Ok(None);
        };
        let declared = self.dataset.fields.get(field);
        let rank = |column: usize| {
            let form = normal_form(row.cell(column).text);
            declared.and_then(|field| field.headers().position(|header| header == form))
        };
        let (before, after) = (rank(first), rank(column));
        if !is_exported || before == after {
            return Err(FileRefusal::DoubledColumn {
                field: declared.map_or_else(String::new, |field| field.name.clone()),
                columns: [short(first), short(column)],
            });
        }
        if before < after {
            *slot = Some(first);
            return Ok(Some(column));
        }
        Ok(Some(first))
    }

    /// Whether SIASN wrote the headers. Its exports hold what SIASN has, while
    /// a column that is missing among our own headers was lost on the way.
    fn is_from_siasn(&self, row: &RawRow) -> bool {
        let forms = row.cells().map(|cell| normal_form(cell.text));
        let theirs = forms.filter(|form| self.of_siasn.contains(form));
        theirs.count() >= FROM_SIASN
    }

    /// The granted fields that no column is.
    fn absent(&self, header: &Header) -> impl Iterator<Item = &'a Field> {
        let fields = self.dataset.fields.iter().zip(&header.columns);
        let absent = fields.zip(&self.granted);
        let absent = absent.filter(|((_, column), granted)| column.is_none() && **granted);
        absent.map(|((field, _), _)| field)
    }

    fn refuse_missing(
        &self,
        header: &Header,
        unknown: &[(u16, String)],
        is_exported: bool,
    ) -> Result<(), FileRefusal> {
        let lacking = self.absent(header);
        let lacking = lacking.filter(|field| field.required || !is_exported);
        let missing: Vec<&str> = lacking.map(|field| field.name.as_str()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let perhaps = missing
            .iter()
            .filter_map(|name| most_alike(name, unknown))
            .collect();
        Err(FileRefusal::MissingColumns {
            missing: missing.into_iter().map(str::to_owned).collect(),
            perhaps,
        })
    }

    fn note(&self, header: &mut Header, row: &RawRow, unknown: Vec<(u16, String)>) {
        let titles: Vec<_> = self.absent(header).map(|it| it.title.clone()).collect();
        if !titles.is_empty() {
            header.notes.push(Note::AbsentColumns { titles });
        }
        header.notes.extend(
            unknown
                .into_iter()
                .map(|(column, header)| Note::UnknownColumn { column, header }),
        );
        for (field, column) in self.dataset.fields.iter().zip(&header.columns) {
            if let Some(column) = column {
                header.uses.push(ColumnUse {
                    field: field.name.clone(),
                    column: short(*column),
                    header: visible(row.cell(*column).text),
                });
            }
        }
    }
}

/// The two columns of the marks: where a marked file has them already, else
/// behind the last column.
pub(super) fn mark_columns(header: &RawRow) -> [usize; 2] {
    let place = |mark: &str| {
        header
            .cells()
            .position(|cell| normal_form(cell.text) == normal_form(mark))
    };
    match MARKS.map(place) {
        [Some(problem), Some(remedy)] => [problem, remedy],
        _ => [header.len(), header.len() + 1],
    }
}

/// A column number as findings hold it; files are at most 200 columns wide
/// ([`Limits`](super::Limits)).
pub(super) fn short(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// A header fit to be shown: no control characters, at most 100 characters.
fn visible(header: &str) -> String {
    header
        .trim_matches(is_invisible)
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(100)
        .collect()
}

fn most_alike(name: &str, unknown: &[(u16, String)]) -> Option<(u16, String, String)> {
    let scored = unknown
        .iter()
        .map(|(column, header)| (likeness(name, header), column, header));
    let (score, column, header) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score >= ALIKE).then(|| (*column, header.clone(), name.to_owned()))
}

/// Sørensen-Dice over pairs of letters.
fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| -> HashSet<(char, char)> {
        let text = normal_form(text);
        text.chars().zip(text.chars().skip(1)).collect()
    };
    let (a, b) = (pairs(a), pairs(b));
    let all = a.len() + b.len();
    if all == 0 {
        0.0
    } else {
        2.0 * a.intersection(&b).count() as f64 / all as f64
    }
}

#[cfg(test)]
mod tests;
