//! One row as it stands in a file, before anything is made of it.

/// A row whose memory is used again for the next one.
#[derive(Debug, Default)]
pub struct RawRow {
    /// The row as a spreadsheet shows it, 1 is the first.
    pub number: u32,
    text: String,
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    end: usize,
    kind: CellKind,
}

/// What kind of cell it is. Text files have only text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellKind {
    /// Text, or empty.
    Text,
    /// A number; its text is the shortest that means it at 15 digits.
    Number(f64),
    /// A number shown as a date: days since 1899-12-30; its text is ISO.
    Serial(f64),
    /// The value that a formula had when the file was saved.
    Computed,
    /// A formula without a value.
    Formula,
    /// An error such as `#N/A`.
    Error,
    /// Covered by a merged cell.
    Merged,
}

/// One cell of a [`RawRow`].
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// What a person sees in it, nearly.
    pub text: &'a str,
    /// What kind of cell it is.
    pub kind: CellKind,
}

impl RawRow {
    /// Empties the row and gives it its number.
    pub fn start(&mut self, number: u32) {
        self.number = number;
        self.text.clear();
        self.slots.clear();
    }

    /// Adds the next cell.
    pub fn push(&mut self, text: &str, kind: CellKind) {
        self.text.push_str(text);
        self.slots.push(Slot {
            end: self.text.len(),
            kind,
        });
    }

    /// Becomes a row of text cells that end at these places of the text.
    pub fn fill(&mut self, number: u32, text: &str, ends: &[usize]) {
        self.start(number);
        self.text.push_str(text);
        self.slots.extend(ends.iter().map(|end| Slot {
            end: *end,
            kind: CellKind::Text,
        }));
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// The cell in this column; beyond the last one an empty cell.
    pub fn cell(&self, column: usize) -> Cell<'_> {
        let Some(slot) = self.slots.get(column) else {
            return Cell {
                text: "",
                kind: CellKind::Text,
            };
        };
        let start = column
            .checked_sub(1)
            .and_then(|before| self.slots.get(before))
            .map_or(0, |before| before.end);
        Cell {
            text: self.text.get(start..slot.end).unwrap_or_default(),
            kind: slot.kind,
        }
    }

    /// All cells in order.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        (0..self.slots.len()).map(|column| self.cell(column))
    }

    /// Whether nobody would see anything in it.
    pub fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.is_blank())
    }
}

impl Cell<'_> {
    /// Whether nobody would see anything in it.
    pub fn is_blank(&self) -> bool {
        matches!(
            self.kind,
            CellKind::Text | CellKind::Computed | CellKind::Merged
        ) && self.text.chars().all(is_invisible)
    }
}

/// White space of any kind, and characters without width. The end-of-file mark
/// of old systems counts too.
pub(in crate::datasets) fn is_invisible(letter: char) -> bool {
    letter.is_whitespace() || is_zero_width(letter) || letter == '\u{1a}'
}

/// Characters without width that carry no meaning in our data.
pub(in crate::datasets) fn is_zero_width(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_by_column_and_beyond_the_last_one_it_is_empty() {
        let mut row = RawRow::default();
        row.start(7);
        row.push("a", CellKind::Text);
        row.push("2", CellKind::Number(2.0));
        assert_eq!(
            (
                row.cell(0).text,
                row.cell(1).text,
                row.cell(9).text,
                row.len()
            ),
            ("a", "2", "", 2)
        );
        assert_eq!(row.cell(1).kind, CellKind::Number(2.0));
    }

    #[test]
    fn a_row_of_spaces_is_blank_and_a_row_with_an_error_is_not() {
        let mut row = RawRow::default();
        row.start(1);
        row.push(" \u{a0}\u{200b}", CellKind::Text);
        assert!(row.is_blank());
        row.push("", CellKind::Formula);
        assert!(!row.is_blank());
    }
}
