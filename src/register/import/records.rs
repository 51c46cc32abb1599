//! Whatever else is on record about persons: position history, retirements,
//! families, further data, each by its declaration.

use diesel::QueryResult;
use serde_json::{Map, Value};

use super::batch::Target;
use super::cells::{Cells, Fault};
use crate::datasets::{Dataset, Field, Kind};
use crate::platform::db::DbConn;
use crate::register::model::Record;
use crate::register::queries::bulk;

/// The dates by which records are chosen, the first that a data set has.
const DATES: [&str; 2] = ["tmt_pensiun", "tmt_jabatan"];

/// The date by which records of a data set are chosen, where it has one.
pub fn effective_field(dataset: &Dataset) -> Option<&Field> {
    let found = DATES.iter().find_map(|name| dataset.field(name));
    found.map(|(_, field)| field)
}

pub struct Records {
    dataset: &'static Dataset,
    person: usize,
    date: Option<usize>,
    /// Fields that set a record apart, where the declaration names them.
    key: Vec<usize>,
}

impl Records {
    /// The records of a data set; none where it is not about persons.
    pub fn of(dataset: &'static Dataset) -> Option<Self> {
        let place = |name: &&str| dataset.field(name).map(|(at, _)| at);
        let key = dataset.key_positions().to_vec();
        Some(Self {
            dataset,
            person: place(&"id_pns")?,
            date: DATES.iter().find_map(place),
            key,
        })
    }

    /// The names of all fields.
    pub fn fields(&self) -> Vec<&'static str> {
        let fields = self.dataset.fields.iter();
        fields.map(|field| field.name.as_str()).collect()
    }

    fn value(&self, cells: &Cells<'_>, at: usize) -> Result<Option<String>, Fault> {
        match self.dataset.fields.get(at).map(|field| &field.kind) {
            Some(Kind::Id) => cells.id(at),
            Some(Kind::Nip) => cells.text(at)?.map(|_| cells.nip(at)).transpose(),
            Some(Kind::Date { .. }) => Ok(cells.date(at)?.map(|date| date.to_string())),
            _ => cells.owned(at),
        }
    }
}

impl Target for Records {
    type Row = Record;

    fn read(&self, cells: &Cells<'_>) -> Result<Record, Fault> {
        let id_pns = cells.needed_id(self.person)?;
        let mut values = Map::new();
        for (at, field) in self.dataset.fields.iter().enumerate() {
            if let Some(value) = self.value(cells, at)? {
                values.insert(field.name.clone(), Value::String(value));
            }
        }
        let mut record_key = id_pns.clone();
        for at in &self.key {
            let name = self.dataset.fields.get(*at).map_or("", |field| &field.name);
            let part = values.get(name).and_then(Value::as_str).unwrap_or_default();
            record_key.push('|');
            record_key.push_str(&part.to_lowercase());
        }
        Ok(Record {
            dataset: self.dataset.name.clone(),
            record_key,
            id_pns,
            effective_on: self.date.map(|at| cells.date(at)).transpose()?.flatten(),
            cells: Value::Object(values).to_string(),
        })
    }

    fn key(row: &Record) -> &str {
        &row.record_key
    }

    fn standing(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<Vec<Record>> {
        bulk::records(conn, &self.dataset.name, keys)
    }

    fn replace(&self, conn: &mut DbConn, rows: &[Record]) -> QueryResult<()> {
        bulk::replace_records(conn, rows)
    }

    fn insert(&self, conn: &mut DbConn, rows: &[Record]) -> QueryResult<()> {
        bulk::insert_records(conn, rows)
    }
}
