//! Counting what was changed in the values without loss.

use super::{Severity, Tally};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::header::{Header, short};

/// Changed values by field, by kind of change. A row counts once for a field,
/// so that values and rows are the same number.
#[derive(Debug, Default)]
pub struct Changes(Vec<[u64; KINDS.len()]>);

const KINDS: [Code; 2] = [Code::Cleaned, Code::Rewritten];

impl Changes {
    /// No changes yet in so many fields.
    pub fn of(fields: usize) -> Self {
        Self(vec![[0; KINDS.len()]; fields])
    }

    /// Counts one changed value.
    pub fn count(&mut self, field: usize, change: Code) {
        let kind = usize::from(change == Code::Rewritten);
        let counts = self.0.get_mut(field);
        if let Some(count) = counts.and_then(|counts| counts.get_mut(kind)) {
            *count += 1;
        }
    }

    /// The counts as hints, in the order of kinds and columns.
    pub fn into_list(self, dataset: &Dataset, header: &Header) -> Vec<Tally> {
        let fields = dataset.fields.iter().zip(&header.columns).zip(&self.0);
        let mut tallies: Vec<Tally> = fields
            .flat_map(|((field, column), counts)| {
                KINDS.iter().zip(counts).map(move |(code, count)| Tally {
                    code: *code,
                    field: Some(field.name.clone()),
                    severity: Severity::Hint,
                    column: column.map(short),
                    findings: *count,
                    rows: *count,
                    suggested: 0,
                })
            })
            .filter(|tally| tally.findings > 0)
            .collect();
        tallies.sort_by_key(|tally| (tally.code, tally.column));
        tallies
    }
}
