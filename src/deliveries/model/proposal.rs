//! How often a granted data set goes out, as far as the agreement says so.

use crate::agreements::{Clause, ClauseKind, Grant, Unit};
use crate::datasets;
use crate::register;

use super::plan::Cover;

/// What a plan for a granted data set may begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The data set.
    pub dataset: String,
    /// From one delivery to the next; `None` where the agreement is silent.
    pub every_months: Option<i32>,
    /// What each delivery holds.
    pub covers: Cover,
    /// The article that says so; where none does, the one that grants the data.
    pub article: String,
}

impl Proposal {
    /// Of a grant and its agreement's clauses. Data that count from a day to come
    /// go out monthly for the month ahead (PKS LAN-BKN 2019, Lampiran: pensiun,
    /// periodik menurut TMT).
    pub fn of(grant: &Grant, clauses: &[Clause]) -> Self {
        let clause = clauses
            .iter()
            .find_map(|clause| cadence(clause, &grant.dataset));
        let dataset = datasets::find(&grant.dataset);
        let is_ahead =
            grant.dataset == "pensiun" && dataset.and_then(register::effective_field).is_some();
        Self {
            dataset: grant.dataset.clone(),
            every_months: clause.map(|(_, months)| months).or(is_ahead.then_some(1)),
            covers: if is_ahead {
                Cover::MonthsAhead
            } else {
                Cover::Everything
            },
            article: clause
                .map_or(&grant.article, |(clause, _)| &clause.article)
                .clone(),
        }
    }
}

/// `2 times in 12 months` is every six months.
fn cadence<'c>(clause: &'c Clause, dataset: &str) -> Option<(&'c Clause, i32)> {
    let meant = match dataset {
        "agregat-apip" => ClauseKind::Aggregates,
        "kode-referensi-asn" => ClauseKind::ReferenceCodes,
        _ => return None,
    };
    if clause.kind != meant || clause.unit != Some(Unit::Times) {
        return None;
    }
    let months = clause.per_months?.checked_div(clause.amount?)?;
    (1..=12).contains(&months).then_some((clause, months))
}
