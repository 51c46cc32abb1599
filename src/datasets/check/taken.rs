//! Comparing a batch with what was taken over before: one question for all.

use super::super::context::{CheckError, TakenRow, TakenRows};
use super::super::declaration::Dataset;
use super::super::model::{CheckedRow, Note};
use super::super::row_key::RowKey;
use super::super::rules::field_bit;
use super::batch::{Batch, Marks};

/// Rows that are named at most; the others are counted.
const NAMED: usize = 10;

/// What came out for the batch at hand, and how much of it in the whole file.
#[derive(Default)]
pub(super) struct Taken {
    /// Whether the rule is in force and there is anything to compare with.
    compares: bool,
    /// By place in the batch: the row of an earlier submission that says the same.
    repeated: Vec<Option<TakenRow>>,
    changed: u64,
    first_changed: Vec<u32>,
    unchanged: u64,
}

impl Taken {
    pub fn new(compares: bool) -> Self {
        Self {
            compares,
            ..Self::default()
        }
    }

    /// Asks for a batch.
    pub fn look_up(
        &mut self,
        dataset: &Dataset,
        batch: &Batch,
        rows: &mut dyn TakenRows,
    ) -> Result<(), CheckError> {
        self.repeated.clear();
        if !self.compares {
            return Ok(());
        }
        self.repeated.resize_with(batch.rows().len(), || None);
        let keyed = batch.rows().iter().zip(batch.marks()).enumerate();
        let keyed =
            keyed.filter_map(|(at, (row, marks))| Some((key_of(dataset, row, *marks)?, at)));
        let (keys, places): (Vec<RowKey>, Vec<usize>) = keyed.unzip();
        let found = rows.find(&keys).map_err(CheckError::Taken)?;
        for (at, taken) in places.into_iter().zip(found) {
            if let (Some(row), Some(taken)) = (batch.rows().get(at), taken) {
                self.compare(dataset, (at, row), taken);
            }
        }
        Ok(())
    }

    fn compare(&mut self, dataset: &Dataset, (at, row): (usize, &CheckedRow), taken: TakenRow) {
        if !dataset.says_the_same(&row.values, &taken.values) {
            self.changed += 1;
            if self.first_changed.len() < NAMED {
                self.first_changed.push(row.number);
            }
        } else if taken.is_same_submission {
            self.unchanged += 1;
        } else if let Some(place) = self.repeated.get_mut(at) {
            *place = Some(taken);
        }
    }

    /// What the row at this place of the batch repeats.
    pub fn repeated(&self, at: usize) -> Option<&TakenRow> {
        self.repeated.get(at)?.as_ref()
    }

    /// What is told without being a fault.
    pub fn notes(&self) -> impl Iterator<Item = Note> {
        let changed = (self.changed > 0).then(|| Note::TakenOverChanged {
            rows: self.changed,
            first: self.first_changed.clone(),
        });
        let unchanged = (self.unchanged > 0).then_some(Note::TakenOverUnchanged {
            rows: self.unchanged,
        });
        changed.into_iter().chain(unchanged)
    }
}

/// The key, as far as cells alone can tell: whatever rules find makes a row
/// that is not sent.
fn key_of(dataset: &Dataset, row: &CheckedRow, marks: Marks) -> Option<RowKey> {
    let is_faulty = |name: &str| {
        let at = (marks.faulty != 0).then(|| dataset.field(name)).flatten();
        at.is_some_and(|(at, _)| marks.faulty & field_bit(at) != 0)
    };
    dataset.record_key(&row.values, is_faulty)
}

#[cfg(test)]
mod tests {
    use crate::datasets::testing::*;
    use crate::datasets::*;

    /// Courses 1 to 3 were taken over; now come 1 as it was, 2 changed, and a new
    /// one.
    fn sent_again(is_same_submission: bool, stages: Stages) -> (Trial, Summary) {
        let before = checked(
            "a.csv",
            csv_of(&[course(1), course(2), course(3)]).as_bytes(),
        );
        let mut trial = Trial {
            taken: Some(Before {
                is_same_submission,
                ..Before::of(&before.rows)
            }),
            stages,
            ..Trial::default()
        };
        let again = course_with(1, &[(3, "PELATIHAN DASAR 1")]);
        let changed = course_with(2, &[(4, "80")]);
        let rows = [changed, again, course(4)];
        let summary = trial.run("b.csv", csv_of(&rows).as_bytes()).unwrap();
        (trial, summary)
    }

    fn found(trial: &Trial) -> Vec<(u32, Code, Severity)> {
        let findings = trial.kept.rows.iter().flat_map(|row| &row.findings);
        findings
            .map(|one| (one.row, one.code, one.severity))
            .collect()
    }

    #[test]
    fn what_was_taken_over_is_warned_of_and_a_change_is_told_only() {
        let (trial, summary) = sent_again(false, Stages::default());
        assert_eq!(found(&trial), [(3, Code::TakenOver, Severity::Warning)]);
        assert_eq!(
            trial.kept.rows[1].findings[0].params,
            ["2026-03-03", "PD-2026-0142"]
        );
        assert_eq!((summary.ready, summary.warned), (2, 1));
        let told = Note::TakenOverChanged {
            rows: 1,
            first: vec![2],
        };
        assert_eq!(summary.notes, [told]);
        assert_eq!(trial.taken.unwrap().questions, 1, "one for the batch");
    }

    #[test]
    fn what_an_earlier_version_of_the_submission_brought_asks_for_no_reason() {
        let (trial, summary) = sent_again(true, Stages::default());
        assert_eq!(found(&trial), []);
        let unchanged = Note::TakenOverUnchanged { rows: 1 };
        assert!(summary.notes.contains(&unchanged), "{:?}", summary.notes);
    }

    #[test]
    fn the_stage_of_the_rule_decides_what_a_repeated_row_is() {
        let at = |stage| Stages::from_iter([("taken-over".to_owned(), stage)]);
        let (trial, _) = sent_again(false, at(Stage::Blocking));
        assert_eq!(found(&trial), [(3, Code::TakenOver, Severity::Error)]);
        let (trial, summary) = sent_again(false, at(Stage::Rehearsal));
        assert_eq!((found(&trial), summary.notes), (vec![], vec![]));
        assert_eq!(trial.taken.unwrap().questions, 0);
    }
}
