//! The marked file as CSV: UTF-8 with its mark, semicolons as Excel with
//! Indonesian settings expects them.

use std::io::Write;

use super::{MarkError, Marked, Marking, walk};
use crate::datasets::context::Outside;
use crate::datasets::model::Finding;
use crate::datasets::text_file;

/// Writes the marked file as CSV. The findings come in the order of the rows.
pub fn write<I, W>(marking: &Marking<'_>, findings: I, writer: W) -> Result<(), MarkError>
where
    I: Iterator<Item = Result<Finding, Outside>>,
    W: Write,
{
    let mut csv = text_file::start(writer)?;
    let mut next_row = 1;
    walk(marking, findings, &mut |marked: &Marked<'_>| {
        // An empty record would be written as a pair of quotes.
        while next_row < marked.row.number {
            csv.write_record([" "])?;
            next_row += 1;
        }
        next_row = marked.row.number.saturating_add(1);
        csv.write_record(
            (0..marked.width()).map(|column| text_file::guarded(marked.text(column)).into_owned()),
        )?;
        Ok(())
    })?;
    Ok(csv.flush()?)
}
