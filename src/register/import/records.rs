//! Whatever else is on record about persons: position history, retirements,
//! families, further data, each by its declaration.

use diesel::QueryResult;
use serde_json::{Map, Value};

use super::batch::{Names, Target};
use super::cells::{Cells, Fault};
use crate::datasets::{Dataset, Field, Kind};
use crate::platform::db::DbConn;
use crate::register::model::Record;
use crate::register::queries::{bulk, removal};

/// The dates by which records are chosen, the first that a data set has.
const DATES: [&str; 2] = ["tmt_pensiun", "tmt_jabatan"];

/// The date by which records of a data set are chosen, where it has one.
pub fn effective_field(dataset: &Dataset) -> Option<&Field> {
    let found = DATES.iter().find_map(|name| dataset.field(name));
    found.map(|(_, field)| field)
}

/// The field that names the person.
const PERSON: &str = "id_pns";

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
            person: place(&PERSON)?,
            date: DATES.iter().find_map(place),
            key,
        })
    }

    /// The names of all fields.
    pub fn fields(&self) -> Vec<&'static str> {
        let fields = self.dataset.fields.iter();
        fields.map(|field| field.name.as_str()).collect()
    }

    /// What sets a row apart from the data set's others.
    fn key(&self, id_pns: &str, cells: &Cells<'_>) -> Result<String, Fault> {
        let mut key = id_pns.to_owned();
        for at in &self.key {
            let part = self.value(cells, *at)?.unwrap_or_default();
            key.push('|');
            key.push_str(&part.to_lowercase());
        }
        Ok(key)
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
        Ok(Record {
            dataset: self.dataset.name.clone(),
            record_key: self.key(&id_pns, cells)?,
            id_pns,
            effective_on: self.date.map(|at| cells.date(at)).transpose()?.flatten(),
            cells: Value::Object(values).to_string(),
        })
    }

    fn key(row: &Record) -> &str {
        &row.record_key
    }

    const ABOUT: &'static str = PERSON;
    const BY_PERSON: bool = true;

    fn names(&self, cells: &Cells<'_>) -> Names {
        let about = cells.needed_id(self.person).ok();
        let key = about.as_ref().and_then(|id| self.key(id, cells).ok());
        Names { about, key }
    }

    fn named_after(&self, conn: &mut DbConn, key: &str, limit: i64) -> QueryResult<Vec<Names>> {
        let rows = removal::records_after(conn, &self.dataset.name, key, limit)?;
        let names = |(key, about)| Names {
            about: Some(about),
            key: Some(key),
        };
        Ok(rows.into_iter().map(names).collect())
    }

    fn remove(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<usize> {
        removal::records(conn, &self.dataset.name, keys)
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
