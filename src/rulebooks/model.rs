//! Decisions on stages, and what follows from them on a day.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::datasets::{Dataset, DeclaredRule, Stage, Stages};
use crate::platform::clock::Moment;
use crate::platform::db::schema::{rule_decisions, rule_sets};
use crate::platform::ids::id;

id!(
    /// A decision on the stage of a rule.
    RuleDecisionId
);

/// BKN's decision that a rule is in a stage from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rule_decisions)]
pub struct RuleDecision {
    /// Names the decision.
    pub id: RuleDecisionId,
    /// The form's one-time key.
    pub form_key: String,
    /// The data set.
    pub dataset: String,
    /// The rule's key.
    pub rule: String,
    /// The stage's text form.
    pub stage: String,
    /// The first day on which it holds, in Jakarta.
    pub valid_from: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: AccountId,
    /// When.
    pub decided_at: Moment,
}

impl RuleDecision {
    /// The stage decided on.
    pub fn stage(&self) -> Stage {
        Stage::parse(&self.stage).unwrap_or(Stage::Rehearsal)
    }
}

/// A version of the rules of a data set: what was in force from a moment until
/// the next version.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rule_sets)]
pub struct RuleSet {
    /// The data set.
    pub dataset: String,
    /// 1, 2, 3, …
    pub number: i32,
    /// When it was first used.
    pub since: Moment,
    /// SHA-256 of the declaration.
    pub fingerprint: String,
    /// The rules: a list of [`RuleInForce`], JSON.
    pub rules: String,
    /// The declaration itself, JSON.
    pub declaration: String,
}

/// A rule as it was in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleInForce {
    /// The rule's key.
    pub rule: String,
    /// What it asks.
    pub words: String,
    /// The names of the fields that the words mention.
    pub fields: Vec<String>,
    /// The stage.
    pub stage: Stage,
    /// Since when, where BKN decided so; else since the declaration.
    pub since: Option<NaiveDate>,
    /// Why, where BKN decided so.
    pub reason: Option<String>,
}

/// A rule as it is in force, and what it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleToday {
    /// The rule.
    pub rule: RuleInForce,
    /// The stage that BKN has decided on next, and its first day.
    pub next: Option<(Stage, NaiveDate)>,
}

impl RuleToday {
    /// The rules of a data set on a day. Decisions stand in the order in which
    /// they were made.
    pub fn all(dataset: &Dataset, decisions: &[RuleDecision], today: NaiveDate) -> Vec<Self> {
        let planned = planned(decisions, today);
        let one = |declared: DeclaredRule| {
            let mut of_rule = planned.iter().filter(|it| it.rule == declared.key);
            let next = of_rule.next().map(|it| (it.stage(), it.valid_from));
            let rule = RuleInForce::on(declared, decisions, today);
            Self { rule, next }
        };
        dataset.staged_rules().into_iter().map(one).collect()
    }
}

impl RuleSet {
    /// Its rules, in the order in which they are applied.
    pub fn rules(&self) -> Vec<RuleInForce> {
        serde_json::from_str(&self.rules).unwrap_or_default()
    }

    /// Whether it says the same as this one, whatever their numbers.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint && self.rules == other.rules
    }

    /// What is in force for a data set on a day. Decisions stand in the order
    /// in which they were made.
    pub fn on(dataset: &Dataset, decisions: &[RuleDecision], day: NaiveDate, now: Moment) -> Self {
        let rules: Vec<RuleInForce> = dataset
            .staged_rules()
            .into_iter()
            .map(|rule| RuleInForce::on(rule, decisions, day))
            .collect();
        Self {
            dataset: dataset.name.clone(),
            number: 1,
            since: now,
            fingerprint: dataset.fingerprint(),
            rules: serde_json::to_string(&rules).unwrap_or_default(),
            declaration: dataset.declaration().to_owned(),
        }
    }

    /// The same with the number that it has after the last version.
    #[must_use]
    pub fn after(mut self, last: Option<&Self>) -> Self {
        self.number = match last {
            Some(last) if last.says_the_same(&self) => last.number,
            Some(last) => last.number + 1,
            None => 1,
        };
        self
    }

    /// The stages, as a check takes them.
    pub fn stages(&self) -> Stages {
        let rules = self.rules().into_iter();
        rules.map(|rule| (rule.rule, rule.stage)).collect()
    }
}

impl RuleInForce {
    fn on(rule: DeclaredRule, decisions: &[RuleDecision], day: NaiveDate) -> Self {
        let decision = in_force(decisions, &rule.key, day);
        Self {
            stage: decision.map_or(rule.stage, RuleDecision::stage),
            since: decision.map(|decision| decision.valid_from),
            reason: decision.map(|decision| decision.reason.clone()),
            rule: rule.key,
            words: rule.words,
            fields: rule.fields,
        }
    }
}

/// The decision on a rule that holds on a day: of those whose day has come, the
/// one that was made last. So a later decision takes the place of what was
/// planned for its own day or after, and what it leaves stands.
pub fn in_force<'d>(
    decisions: &'d [RuleDecision],
    rule: &str,
    day: NaiveDate,
) -> Option<&'d RuleDecision> {
    let mut of_rule = decisions.iter().filter(|decision| decision.rule == rule);
    of_rule.rfind(|decision| decision.valid_from <= day)
}

/// The decisions that will hold on a day to come, the nearest first.
pub fn planned<'d>(decisions: &'d [RuleDecision], today: NaiveDate) -> Vec<&'d RuleDecision> {
    let holds = |decision: &&'d RuleDecision| {
        let held = in_force(decisions, &decision.rule, decision.valid_from);
        held.is_some_and(|held| held.id == decision.id)
    };
    let to_come = decisions
        .iter()
        .filter(|decision| decision.valid_from > today);
    let mut planned: Vec<_> = to_come.filter(holds).collect();
    planned.sort_by_key(|decision| decision.valid_from);
    planned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::find;
    use proptest::prelude::*;

    const RULE: &str = "year-of-date";

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, number).unwrap()
    }

    fn decision(stage: Stage, from: u32) -> RuleDecision {
        RuleDecision {
            id: RuleDecisionId::generate(),
            form_key: String::new(),
            dataset: "riwayat-kursus".to_owned(),
            rule: RULE.to_owned(),
            stage: stage.as_str().to_owned(),
            valid_from: day(from),
            reason: "Uji".to_owned(),
            decided_by: AccountId::generate(),
            decided_at: Moment::start_of(day(1)),
        }
    }

    fn stage_on(decisions: &[RuleDecision], number: u32) -> Option<Stage> {
        in_force(decisions, RULE, day(number)).map(RuleDecision::stage)
    }

    #[test]
    fn a_decision_holds_from_its_day_on() {
        let decisions = [decision(Stage::Warning, 5), decision(Stage::Blocking, 10)];
        assert_eq!(stage_on(&decisions, 4), None);
        assert_eq!(stage_on(&decisions, 5), Some(Stage::Warning));
        assert_eq!(stage_on(&decisions, 9), Some(Stage::Warning));
        assert_eq!(stage_on(&decisions, 10), Some(Stage::Blocking));
        assert_eq!(in_force(&decisions, "sum", day(20)), None);
    }

    #[test]
    fn a_later_decision_takes_the_place_of_what_was_planned_after_it() {
        let decisions = [decision(Stage::Blocking, 10), decision(Stage::Rehearsal, 5)];
        assert_eq!(stage_on(&decisions, 20), Some(Stage::Rehearsal));
        assert_eq!(planned(&decisions, day(1)), [&decisions[1]]);
        assert!(planned(&decisions, day(5)).is_empty());
    }

    #[test]
    fn a_version_has_a_new_number_only_when_it_says_something_else() {
        let dataset = find("riwayat-kursus").unwrap();
        let decisions = [decision(Stage::Warning, 5)];
        let on = |number| RuleSet::on(dataset, &decisions, day(number), Moment::start_of(day(1)));
        let first = on(1).after(None);
        assert_eq!(first.number, 1);
        assert_eq!(on(4).after(Some(&first)).number, 1);
        let second = on(5).after(Some(&first));
        assert_eq!(second.number, 2);
        assert_eq!(on(9).after(Some(&second)).number, 2);
        assert_ne!(first.stages(), second.stages());
    }

    fn any_decisions() -> impl Strategy<Value = Vec<RuleDecision>> {
        let one = (0..3_usize, 1..28_u32).prop_map(|(at, from)| decision(Stage::ALL[at], from));
        prop::collection::vec(one, 0..8)
    }

    proptest! {
        #[test]
        fn what_is_planned_is_what_comes_to_hold(decisions in any_decisions(), today in 1..28_u32) {
            let planned = planned(&decisions, day(today));
            for later in today + 1..=28 {
                let held = in_force(&decisions, RULE, day(later));
                let came = held.filter(|held| held.valid_from > day(today));
                let last = planned.iter().rfind(|one| one.valid_from <= day(later));
                prop_assert_eq!(came, last.copied());
            }
        }

        #[test]
        fn the_last_decision_always_holds_in_the_end(decisions in any_decisions()) {
            let held = in_force(&decisions, RULE, day(28));
            prop_assert_eq!(held, decisions.last());
        }
    }
}
