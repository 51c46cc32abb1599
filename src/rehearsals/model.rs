//! A rehearsal and what it came to.

use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

use crate::accounts::AccountId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{rehearsal_results, rehearsals};
use crate::platform::ids::id;
use crate::submissions::{SubmissionId, VersionId};

id!(
    /// A rehearsal.
    RehearsalId
);

/// A rule run over the files of a data set that were checked since a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rehearsals)]
pub struct Rehearsal {
    /// Names the rehearsal.
    pub id: RehearsalId,
    /// The form's one-time key.
    pub form_key: String,
    /// The data set.
    pub dataset: String,
    /// The rule's key.
    pub rule: String,
    /// Files that were checked on this day in Jakarta or later.
    pub checked_from: NaiveDate,
    /// Who asked.
    pub asked_by: AccountId,
    /// When; no later file is looked at.
    pub asked_at: Moment,
    /// The version of the rules then.
    pub rule_set: i32,
    /// How many files.
    pub versions_total: i64,
    /// When all were done.
    pub finished_at: Option<Moment>,
}

/// What the rule would find in one file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rehearsal_results)]
pub struct RehearsalResult {
    /// The rehearsal.
    pub rehearsal_id: RehearsalId,
    /// The version whose file it is.
    pub version_id: VersionId,
    /// Rows in the file.
    pub rows_total: i64,
    /// Rows that the rule hits.
    pub rows_hit: i64,
    /// Those of them that nothing blocked before.
    pub rows_hit_anew: i64,
    /// The numbers of the first of them, a JSON list; empty where BKN does not
    /// have the file.
    pub examples: String,
}

impl RehearsalResult {
    /// Row numbers that are shown at most.
    pub const EXAMPLES: usize = 10;

    /// The numbers of the first rows, as a spreadsheet shows them.
    pub fn examples(&self) -> Vec<u32> {
        serde_json::from_str(&self.examples).unwrap_or_default()
    }
}

/// A version that was read, as one of a submission's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct PastVersion {
    /// The version.
    pub id: VersionId,
    /// Its submission.
    pub submission: SubmissionId,
    /// Its number.
    pub number: i32,
    /// When it was sent to BKN, if it was.
    pub sent_at: Option<Moment>,
}

/// Of each submission the last version, in the order in which they came.
pub fn last_of_each(versions: &[PastVersion]) -> Vec<PastVersion> {
    let mut last: HashMap<SubmissionId, i32> = HashMap::new();
    for version in versions {
        let number = last.entry(version.submission).or_insert(version.number);
        *number = version.number.max(*number);
    }
    let is_last = |version: &&PastVersion| last.get(&version.submission) == Some(&version.number);
    versions.iter().filter(is_last).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn of_each_submission_the_last_version_is_left(
            numbers in prop::collection::vec((0..4_usize, 1..9_i32), 0..20),
        ) {
            let submissions: Vec<_> = (0..4).map(|_| SubmissionId::generate()).collect();
            let versions: Vec<PastVersion> = numbers.iter().map(|(at, number)| PastVersion {
                id: VersionId::generate(),
                submission: submissions[*at],
                number: *number,
                sent_at: None,
            }).collect();
            let left = last_of_each(&versions);
            for version in &versions {
                let greatest = left.iter().filter(|one| one.submission == version.submission);
                prop_assert!(greatest.clone().count() > 0);
                prop_assert!(greatest.clone().all(|one| one.number >= version.number));
            }
        }
    }
}
