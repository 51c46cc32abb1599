//! Obligations as rows of a table, for any page that shows them. The page has
//! a field `obligations: Vec<ObligationRow>` and includes
//! `obligations/_table.html`.

use chrono::NaiveDate;

use super::model::{Obligation, ObligationKind, ObligationState};

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
    /// How far it has come: word, colour and icon of the mark. A date to keep in
    /// view has none.
    pub mark: Option<(&'static str, &'static str, &'static str)>,
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
            mark: mark(one),
            met_by: one.met_by(),
        })
        .collect()
}

fn mark(one: &Obligation) -> Option<(&'static str, &'static str, &'static str)> {
    match (one.kind, one.state) {
        (ObligationKind::EndNotice, ObligationState::InProgress) => {
            Some(("Masa pemberitahuan", "cap--ingat", "jam"))
        }
        (ObligationKind::EndNotice, ObligationState::Accepted) => {
            Some(("PKS pengganti ada", "cap--selesai", "cek"))
        }
        (kind, state) if kind.is_owed() => Some((state.label(), state.tone(), state.icon())),
        _ => None,
    }
}
