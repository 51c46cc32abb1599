//! A partner's own codes: once taken over, they are mapped to BKN's.

use diesel::QueryResult;

use super::super::model::{RowOutcome, StoredRow};
use super::super::queries::find::Dossier;
use super::super::queries::rows;
use crate::datasets::{self, Dataset};
use crate::mappings::{self, Received};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Rows read by one statement.
const BATCH: i64 = 1_000;

/// Hands the rows that were taken over on to be mapped, where they are codes.
pub(super) fn hand_on(conn: &mut DbConn, dossier: &Dossier, now: Moment) -> QueryResult<()> {
    if dossier.submission.dataset != mappings::DATASET {
        return Ok(());
    }
    let Some(dataset) = datasets::find(mappings::DATASET) else {
        return Ok(());
    };
    let (mut received, mut after) = (Vec::new(), -1);
    loop {
        let id = dossier.version.id;
        let batch = rows::with_outcome_after(conn, id, RowOutcome::TakenOver, after, BATCH)?;
        let Some(last) = batch.last() else { break };
        after = last.row_number;
        received.extend(batch.iter().map(|row| code_of(row, dataset)));
    }
    let owner = dossier.institution.id;
    mappings::actions::receive(conn, owner, &received, &dossier.submission.number, now).map(drop)
}

fn code_of(row: &StoredRow, dataset: &Dataset) -> Received {
    let values = row.values();
    let value = |name: &str| {
        let (at, _) = dataset.field(name)?;
        values.get(at).cloned().flatten()
    };
    Received {
        code: value("kode").unwrap_or_default(),
        name: value("nama").unwrap_or_default(),
        former_name: value("nomenklatur_lama"),
        bkn_code: value("jabatan_fungsional_id"),
    }
}
