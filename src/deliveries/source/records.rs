//! Records about persons: position history, retirements, families, further
//! data, as the register holds them.

use diesel::QueryResult;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

use super::Rows;
use crate::datasets::{Dataset, Values};
use crate::deliveries::queries::people;
use crate::platform::db::DbConn;
use crate::register::{Record, RecordStream};

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
        let fresh: Vec<&str> = records
            .iter()
            .map(|record| record.id_pns.as_str())
            .filter(|id| is_fresh(&mut self.seen, id))
            .collect();
        let nips: HashMap<String, String> = people::nips_of(conn, &fresh)?.into_iter().collect();
        Ok(Some(Rows {
            values: records
                .iter()
                .map(|one| values(self.dataset, one))
                .collect(),
            people: nips.into_iter().collect(),
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
