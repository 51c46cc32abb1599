//! Records about persons: position history, retirements, families, further
//! data, as the register holds them.

use diesel::QueryResult;
use serde_json::{Map, Value};
use std::collections::HashSet;

use super::Rows;
use crate::datasets::{Dataset, Values};
use crate::platform::db::DbConn;
use crate::register::{self, Record, RecordStream};

pub(super) struct Records {
    dataset: &'static Dataset,
    stream: RecordStream,
    seen: HashSet<u128>,
}

impl Records {
    pub(super) fn new(dataset: &'static Dataset, stream: RecordStream) -> Self {
        Self {
            dataset,
            stream,
            seen: HashSet::new(),
        }
    }

    pub(super) fn next(&mut self, conn: &mut DbConn, limit: i64) -> QueryResult<Option<Rows>> {
        let Some(records) = self.stream.next_page(conn, limit)? else {
            return Ok(None);
        };
        let fresh: Vec<String> = records
            .iter()
            .filter(|record| is_fresh(&mut self.seen, &record.id_pns))
            .map(|record| record.id_pns.clone())
            .collect();
        let people = register::people_by_id(conn, &fresh)?.into_iter();
        Ok(Some(Rows {
            values: records
                .iter()
                .map(|one| values(self.dataset, one))
                .collect(),
            people: people.map(|(id, nip, _)| (id, nip)).collect(),
        }))
    }
}

/// Records of one person may stand pages apart when they go by their days.
fn is_fresh(seen: &mut HashSet<u128>, id: &str) -> bool {
    u128::from_str_radix(id, 16).is_ok_and(|id| seen.insert(id))
}

fn values(dataset: &Dataset, record: &Record) -> Values {
    let cells: Map<String, Value> = serde_json::from_str(&record.cells).unwrap_or_default();
    let value = |name: &str| cells.get(name).and_then(Value::as_str);
    dataset
        .fields
        .iter()
        .map(|field| value(&field.name))
        .collect()
}
