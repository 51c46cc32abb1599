//! Obligations as rows of a table, for any page that shows them. The page has
//! a field `obligations: Vec<ObligationRow>` and includes
//! `obligations/_table.html`.

use chrono::NaiveDate;

use super::model::{Obligation, ObligationState};

/// One obligation as the table shows it.
#[derive(Debug, Clone)]
pub struct ObligationRow {
    /// What it is.
    pub name: String,
    /// Event, counting and article.
    pub reason: String,
    /// The last day in time.
    pub due: Option<NaiveDate>,
    /// `10 hari lagi`.
    pub remaining: Option<String>,
    /// How far it has come.
    pub state: ObligationState,
    /// When and by what it was met.
    pub met_by: Option<String>,
}

/// The rows, in the order of the obligations.
pub fn rows(obligations: &[Obligation], today: NaiveDate) -> Vec<ObligationRow> {
    obligations
        .iter()
        .map(|one| ObligationRow {
            name: one.name(),
            reason: one.reason(),
            due: one.due,
            remaining: one.remaining(today),
            state: one.state,
            met_by: one.met_by(),
        })
        .collect()
}
