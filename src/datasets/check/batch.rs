//! Rows on their way from the reader to the rules, in memory that is used again.

use std::sync::Arc;

use super::super::context::BATCH;
use super::super::header::Header;
use super::super::id::AsnId;
use super::super::model::CheckedRow;
use crate::platform::nip::Nip;

/// Up to [`BATCH`] rows whose cells are taken.
#[derive(Default)]
pub(super) struct Batch {
    /// The header above them.
    pub header: Arc<Header>,
    rows: Vec<CheckedRow>,
    marks: Vec<Marks>,
    /// How many of them are in use.
    len: usize,
}

/// What the rules need to know of a row and nobody afterwards.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// A bit for each field with an error.
    pub faulty: u64,
    /// The ID PNS that it names.
    pub id: Option<AsnId>,
    /// The NIP that it names.
    pub nip: Option<Nip>,
}

impl Batch {
    /// A free batch, or this one emptied.
    pub fn under(mut self, header: &Arc<Header>) -> Self {
        self.header = Arc::clone(header);
        self.len = 0;
        self
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn is_full(&self) -> bool {
        self.len >= BATCH
    }

    /// Adds an empty row.
    pub fn add(&mut self, number: u32) -> Option<(&mut CheckedRow, &mut Marks)> {
        if self.len == self.rows.len() {
            self.rows.push(CheckedRow::default());
            self.marks.push(Marks::default());
        }
        let (row, marks) = (self.rows.get_mut(self.len)?, self.marks.get_mut(self.len)?);
        row.restart(number);
        *marks = Marks::default();
        self.len += 1;
        Some((row, marks))
    }

    /// The rows with their marks.
    pub fn each(&mut self) -> impl Iterator<Item = (&mut CheckedRow, &mut Marks)> {
        self.rows.iter_mut().zip(&mut self.marks).take(self.len)
    }

    /// The marks of all rows.
    pub fn marks(&self) -> impl Iterator<Item = &Marks> {
        self.marks.iter().take(self.len)
    }

    /// The rows.
    pub fn rows(&self) -> &[CheckedRow] {
        self.rows.get(..self.len).unwrap_or_default()
    }
}
