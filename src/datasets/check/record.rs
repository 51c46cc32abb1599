//! One record on its own, as a form gives it: the same cells, rules and
//! register as a file, without a file.

use std::sync::Arc;

use super::super::context::{CheckError, Context, Flow, Outside, Sink};
use super::super::declaration::{Dataset, Field};
use super::super::header::Header;
use super::super::model::{Changes, CheckedRow};
use super::super::reading::{CellKind, RawRow};
use super::super::values::Setting;
use super::batch::Batch;
use super::judge::Judge;
use super::rows::Cells;

/// Checks the texts of one record, by the position of their fields; fields that
/// are not granted are left out. What only other rows can tell (a duplicate) is
/// not found.
///
/// # Errors
/// [`CheckError::People`] when the register fails.
pub fn check_record(
    texts: &[&str],
    dataset: &Dataset,
    context: &mut Context<'_>,
) -> Result<CheckedRow, CheckError> {
    let header = Arc::new(header_of(dataset, context));
    let mut raw = RawRow::default();
    raw.start(1);
    for position in 0..dataset.fields.len() {
        raw.push(
            texts.get(position).copied().unwrap_or_default(),
            CellKind::Text,
        );
    }
    let mut batch = Batch::default().under(&header);
    if let Some((checked, marks)) = batch.add(1) {
        Cells {
            dataset,
            setting: Setting {
                today: context.today,
                longest_cell: context.limits.cell,
            },
            changes: &mut Changes::of(dataset.fields.len()),
            checked,
            marks,
        }
        .take(&header, &raw);
    }
    let mut kept = Kept::default();
    Judge::new(dataset, context, &mut kept, 1).judge(&mut batch)?;
    Ok(kept.0)
}

/// Every granted field in a column of its own.
fn header_of(dataset: &Dataset, context: &Context<'_>) -> Header {
    let fields = dataset.fields.iter().enumerate();
    let column = |(at, field): (usize, &Field)| context.grants(&field.name).then_some(at);
    Header::of_columns(fields.map(column).collect())
}

/// The one row.
#[derive(Default)]
struct Kept(CheckedRow);

impl Sink for Kept {
    fn batch(&mut self, rows: &[CheckedRow]) -> Result<(), Outside> {
        self.0 = rows.first().cloned().unwrap_or_default();
        Ok(())
    }

    fn progress(&mut self, _done: u64, _total: u64) -> Result<Flow, Outside> {
        Ok(Flow::Continue)
    }
}
