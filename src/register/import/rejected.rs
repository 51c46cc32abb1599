//! The rows that an import did not take.

use std::io::{self, Write};

use super::cells::Fault;
use crate::platform::db::DbConn;
use crate::platform::web::csv_cell;
use crate::register::model::{RegisterImportId, Reject};
use crate::register::queries::imports;
use crate::register::text;

/// Rows that are read at a time.
const CHUNK: i64 = 2_000;

/// The rows of an import, as they are kept.
pub fn of(import: RegisterImportId, faults: Vec<(i64, Fault)>) -> Vec<Reject> {
    let reject = |(number, fault): (i64, Fault)| Reject {
        import_id: import,
        row_number: number,
        field: fault.field.to_owned(),
        reason: fault.reason,
        value: fault.value,
    };
    faults.into_iter().map(reject).collect()
}

/// Writes the rows that an import did not take, with the reasons, as CSV.
///
/// # Errors
/// The database's, or the writer's.
pub fn write_rejects(
    conn: &mut DbConn,
    import: RegisterImportId,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(out);
    csv.write_record(text::REJECTS_HEAD)?;
    let mut after = 0;
    loop {
        let rows = imports::rejects_after(conn, import, after, CHUNK).map_err(io::Error::other)?;
        let Some(last) = rows.last() else {
            return csv.flush();
        };
        after = last.row_number;
        for row in &rows {
            let (number, said) = ((row.row_number + 1).to_string(), text::reason(row.reason));
            csv.write_record([&number, &row.field, said, &csv_cell(&row.value)])?;
        }
    }
}
