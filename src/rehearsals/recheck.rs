//! A result set against what the rules, the references and the register of today
//! would say of the same file. The old result stays as it is.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::run::{Batch, RunError, setting_for};
use crate::accounts::AccountId;
use crate::datasets::{self, Code, Rehearsed, Severity};
use crate::platform::clock::Moment;
use crate::platform::db::schema::rechecks;
use crate::platform::db::{Db, DbConn};
use crate::platform::ids::id;
use crate::rulebooks;
use crate::submissions::{Lists, VersionId};

id!(
    /// A result that was checked again.
    RecheckId
);

/// A version whose result is checked again.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rechecks)]
pub struct Recheck {
    /// Names it.
    pub id: RecheckId,
    /// The form's one-time key.
    pub form_key: String,
    /// The version.
    pub version_id: VersionId,
    /// Who asked.
    pub asked_by: AccountId,
    /// When; the day counts as today.
    pub asked_at: Moment,
    /// The version of the rules then.
    pub rule_set: i32,
    /// When it was done.
    pub finished_at: Option<Moment>,
    /// What it came to: an [`Outcome`], JSON.
    pub outcome: Option<String>,
}

/// What checking again came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Rows in the file.
    pub rows: i64,
    /// Rows that were ready, warned, blocked.
    pub before: [i64; 3],
    /// Rows that would be now.
    pub now: [i64; 3],
    /// What differs, by what it is and where.
    pub kinds: Vec<KindChange>,
}

/// How one kind of finding differs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindChange {
    /// What is found: the code's text form.
    pub code: String,
    /// In which field; empty when the row is meant.
    pub field: String,
    /// Rows in which it was found.
    pub before: i64,
    /// Rows in which it is found now.
    pub now: i64,
    /// Rows in which it is found now and was not.
    pub fresh: i64,
    /// Rows in which it is as grave no more, or graver.
    pub regraded: i64,
    /// The numbers of the first rows that differ.
    pub examples: Vec<u32>,
}

impl Recheck {
    /// What it came to, once it is done.
    pub fn outcome(&self) -> Option<Outcome> {
        serde_json::from_str(self.outcome.as_deref()?).ok()
    }
}

impl KindChange {
    /// Row numbers that are shown at most.
    const EXAMPLES: usize = 10;

    /// Rows in which it was found and is not any more.
    pub fn gone(&self) -> i64 {
        self.before - (self.now - self.fresh)
    }

    /// Whether anything differs.
    fn differs(&self) -> bool {
        self.fresh > 0 || self.gone() > 0 || self.regraded > 0
    }
}

/// One kind of finding in one row, with how grave it is.
type Kinds = BTreeMap<(Code, String), Severity>;

#[derive(Default)]
struct Comparing {
    outcome: Outcome,
    kinds: BTreeMap<(Code, String), KindChange>,
}

impl Comparing {
    /// Takes one row: what was found in it by rules, what is found now, and how
    /// grave its cells are themselves.
    fn row(&mut self, number: u32, (before, now): (&Kinds, &Kinds), cells: Option<Severity>) {
        self.outcome.rows += 1;
        let gravest = |kinds: &Kinds| kinds.values().copied().chain(cells).min();
        count(&mut self.outcome.before, gravest(before));
        count(&mut self.outcome.now, gravest(now));
        let all: BTreeSet<_> = before.keys().chain(now.keys()).collect();
        for kind in all {
            let change = self.kinds.entry(kind.clone()).or_default();
            let (was, is) = (before.get(kind), now.get(kind));
            change.before += i64::from(was.is_some());
            change.now += i64::from(is.is_some());
            change.fresh += i64::from(was.is_none());
            change.regraded += i64::from(was.is_some() && is.is_some() && was != is);
            if was != is && change.examples.len() < KindChange::EXAMPLES {
                change.examples.push(number);
            }
        }
    }

    fn finish(self) -> Outcome {
        let named = |((code, field), change): ((Code, String), KindChange)| KindChange {
            code: code.to_string(),
            field,
            ..change
        };
        let kinds = self.kinds.into_iter().map(named);
        Outcome {
            kinds: kinds.filter(KindChange::differs).collect(),
            ..self.outcome
        }
    }
}

fn count(counts: &mut [i64; 3], gravest: Option<Severity>) {
    let [ready, warned, blocked] = counts;
    match gravest {
        Some(Severity::Error) => *blocked += 1,
        Some(Severity::Warning) => *warned += 1,
        Some(Severity::Hint) | None => *ready += 1,
    }
}

/// Checks the rows of a version again. `go_on` is asked after each batch.
///
/// # Errors
/// See [`RunError`].
pub fn run(
    db: &Db,
    (recheck, dataset): (&Recheck, &str),
    go_on: &mut dyn FnMut(&mut DbConn) -> Result<bool, diesel::result::Error>,
) -> Result<Outcome, RunError> {
    let conn = &mut *db.connection()?;
    let dataset = datasets::find(dataset).ok_or(RunError::NotDeclared)?;
    let set = rulebooks::rule_set(conn, &dataset.name, recheck.rule_set)?;
    let stages = set.ok_or(RunError::NotDeclared)?.stages();
    let (setting, mut people) = (setting_for(conn, recheck.version_id)?, db.connection()?);
    let codes = Lists::load_for(conn, dataset, setting.sender())?;
    let mut people = setting.people(&mut people)?;
    let file = setting.file((&codes, &mut people), recheck.asked_at.jakarta_date());
    let mut rules = datasets::Rehearsal::of_all(dataset, &stages, file);
    let (mut comparing, mut after) = (Comparing::default(), i32::MIN);
    while let Some(batch) = Batch::after(conn, dataset, recheck.version_id, after)? {
        let found = rules.next(&batch.rows).map_err(RunError::Register)?;
        compare(&mut comparing, &batch, &found);
        after = batch.last;
        if !go_on(conn)? {
            return Err(RunError::ClaimLost);
        }
    }
    Ok(comparing.finish())
}

fn compare(comparing: &mut Comparing, batch: &Batch, found: &[Rehearsed]) {
    let mut found = found.iter().peekable();
    for row in &batch.rows {
        let (mut before, mut now, mut cells) = (Kinds::new(), Kinds::new(), None);
        for old in batch.findings_of(row.number) {
            if old.code.is_of_rule() {
                before.insert((old.code, old.field.clone()), old.severity);
            } else {
                cells = cells.into_iter().chain([old.severity]).min();
            }
        }
        while let Some(new) = found.next_if(|new| new.row == row.number) {
            let field = new.field.clone().unwrap_or_default();
            now.insert((new.code, field), new.severity);
        }
        comparing.row(row.number, (&before, &now), cells);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(found: &[(usize, bool)]) -> Kinds {
        let codes = [Code::YearDiffers, Code::PersonUnknown, Code::DuplicateRow];
        let severity = |is_error| match is_error {
            true => Severity::Error,
            false => Severity::Warning,
        };
        let kind =
            |(at, is_error): &(usize, bool)| ((codes[*at], String::new()), severity(*is_error));
        found.iter().map(kind).collect()
    }

    fn any_kinds() -> impl Strategy<Value = Vec<(usize, bool)>> {
        prop::collection::vec((0..3_usize, any::<bool>()), 0..3)
    }

    proptest! {
        #[test]
        fn the_figures_of_a_comparison_add_up(
            rows in prop::collection::vec((any_kinds(), any_kinds()), 0..30),
        ) {
            let mut comparing = Comparing::default();
            for (number, (before, now)) in (2..).zip(&rows) {
                comparing.row(number, (&kinds(before), &kinds(now)), None);
            }
            let outcome = comparing.finish();
            let rows = i64::try_from(rows.len()).unwrap();
            prop_assert_eq!(outcome.before.iter().sum::<i64>(), rows);
            prop_assert_eq!(outcome.now.iter().sum::<i64>(), rows);
            for kind in outcome.kinds {
                prop_assert!(kind.gone() >= 0 && kind.gone() <= kind.before);
                prop_assert!(kind.fresh + kind.regraded <= kind.now);
                prop_assert!(!kind.examples.is_empty());
            }
        }

        #[test]
        fn a_file_compared_with_itself_does_not_differ(
            rows in prop::collection::vec(any_kinds(), 0..30),
        ) {
            let mut comparing = Comparing::default();
            for (number, found) in (2..).zip(&rows) {
                comparing.row(number, (&kinds(found), &kinds(found)), None);
            }
            let outcome = comparing.finish();
            prop_assert!(outcome.kinds.is_empty());
            prop_assert_eq!(outcome.before, outcome.now);
        }
    }
}
