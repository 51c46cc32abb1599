//! Units of institutions: the data set `unit-kerja`.

use diesel::QueryResult;

use super::Rows;
use crate::datasets::{self, Dataset, Values};
use crate::platform::db::DbConn;
use crate::register::{self, Reach, Unit};

pub(super) struct Units {
    reach: Reach,
    after: String,
}

impl Units {
    pub(super) fn new(reach: Reach) -> Self {
        Self {
            reach,
            after: String::new(),
        }
    }

    pub(super) fn next(&mut self, conn: &mut DbConn, limit: i64) -> QueryResult<Option<Rows>> {
        let dataset = datasets::find(super::UNITS).ok_or(diesel::result::Error::NotFound)?;
        let units = register::units_after(conn, &self.reach, (&self.after, limit))?;
        let Some(last) = units.last() else {
            return Ok(None);
        };
        last.id.clone_into(&mut self.after);
        Ok(Some(Rows {
            values: units.iter().map(|unit| values(dataset, unit)).collect(),
            people: Vec::new(),
        }))
    }
}

fn values(dataset: &Dataset, unit: &Unit) -> Values {
    let fields = dataset.fields.iter();
    fields.map(|field| unit.value(&field.name)).collect()
}
