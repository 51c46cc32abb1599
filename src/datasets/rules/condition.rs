//! That another field of the row has a certain value, or none.

use serde::Deserialize;

use super::{Row, RuleError, position};
use crate::datasets::declaration::Dataset;

/// The condition under which a rule speaks.
#[derive(Debug)]
pub(super) struct Condition {
    field: usize,
    /// The value; the empty text means none.
    is: String,
}

/// The condition as a declaration writes it.
#[derive(Deserialize)]
pub(super) struct When {
    when: String,
    is: String,
}

impl When {
    pub(super) fn of(self, dataset: &Dataset) -> Result<Condition, RuleError> {
        Ok(Condition {
            field: position(dataset, &self.when)?,
            is: self.is,
        })
    }
}

impl Condition {
    pub(super) fn holds(&self, row: &Row<'_>) -> bool {
        if self.is.is_empty() {
            row.is_empty(self.field)
        } else {
            row.value(self.field) == Some(self.is.as_str())
        }
    }
}
