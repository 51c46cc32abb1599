//! Deciding on a stage, and taking the version that is in force.

use chrono::NaiveDate;
use diesel::QueryResult;
use diesel::result::Error as DieselError;
use serde_json::json;

use super::mails;
use super::model::{RuleDecision, RuleDecisionId, RuleSet, RuleToday, in_force};
use super::queries;
use crate::accounts::{AccountId, Scope};
use crate::agreements::{self, Direction};
use crate::audit::{self, Entry};
use crate::correspondence;
use crate::datasets::{Dataset, DeclaredRule, Stage, Stages};
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::{self, DbConn};

/// The rules in force.
#[derive(Debug, Clone)]
pub struct Current {
    /// The version's number.
    pub number: i32,
    /// The stages.
    pub stages: Stages,
}

/// Two may use new rules at once: whoever comes second takes the other's version.
const TRIES: usize = 3;

/// The rules of a data set that are in force now. What was not in force before
/// becomes a new version.
///
/// # Errors
/// The database's.
pub fn current(conn: &mut DbConn, dataset: &Dataset, now: Moment) -> QueryResult<Current> {
    let decisions = queries::decisions(conn, &dataset.name)?;
    let set = RuleSet::on(dataset, &decisions, now.jakarta_date(), now);
    for _ in 0..TRIES {
        let last = queries::last_rule_set(conn, &dataset.name)?;
        let set = set.clone().after(last.as_ref());
        let stands = last.is_some_and(|last| last.number == set.number);
        if stands || queries::insert_rule_set(conn, &set)? {
            return Ok(Current {
                number: set.number,
                stages: set.stages(),
            });
        }
    }
    Err(DieselError::RollbackTransaction)
}

/// The stages of a data set's rules that are in force now, whether a version
/// of them was made yet or not.
///
/// # Errors
/// The database's.
pub fn stages(conn: &mut DbConn, dataset: &Dataset, now: Moment) -> QueryResult<Stages> {
    let decisions = queries::decisions(conn, &dataset.name)?;
    Ok(RuleSet::on(dataset, &decisions, now.jakarta_date(), now).stages())
}

/// The rules of a data set as they are in force now, with what was decided next.
///
/// # Errors
/// The database's.
pub fn today(conn: &mut DbConn, dataset: &Dataset, now: Moment) -> QueryResult<Vec<RuleToday>> {
    let decisions = queries::decisions(conn, &dataset.name)?;
    Ok(RuleToday::all(dataset, &decisions, now.jakarta_date()))
}

/// Whether this version of a data set's rules is the one that is in force now.
///
/// # Errors
/// The database's.
pub fn is_current(
    conn: &mut DbConn,
    dataset: &Dataset,
    number: i32,
    now: Moment,
) -> QueryResult<bool> {
    let decisions = queries::decisions(conn, &dataset.name)?;
    let set = RuleSet::on(dataset, &decisions, now.jakarta_date(), now);
    let last = queries::last_rule_set(conn, &dataset.name)?;
    Ok(set.after(last.as_ref()).number == number)
}

/// A decision to be made.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// The rule's key.
    pub rule: String,
    /// The stage.
    pub stage: Stage,
    /// From which day on.
    pub valid_from: NaiveDate,
    /// Why.
    pub reason: String,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why a stage was not decided on.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The data set has no such rule.
    #[error("no such rule")]
    NotFound,
    /// Results that were told already are not judged anew.
    #[error("a decision does not reach back")]
    Past,
    /// It is in this stage on that day as it stands.
    #[error("the rule is in this stage already")]
    Unchanged,
    /// A mail could not be written.
    #[error("mail: {0}")]
    Mail(#[from] askama::Error),
    /// The database's.
    #[error(transparent)]
    Database(#[from] DieselError),
}

/// Puts a rule into a stage from a day on. Where it will block, the partners
/// that send the data set are told. A repeated form does nothing.
///
/// # Errors
/// See `DecideError`.
pub fn decide(
    conn: &mut DbConn,
    dataset: &Dataset,
    new: NewDecision,
    by: AccountId,
    now: Moment,
) -> Result<(), DecideError> {
    let rules = dataset.staged_rules();
    let rule = rules.iter().find(|rule| rule.key == new.rule);
    let rule = rule.ok_or(DecideError::NotFound)?;
    db::hold_key(conn, &new.form_key)?;
    if queries::is_repeated(conn, &new.form_key)? {
        return Ok(());
    }
    if new.valid_from < now.jakarta_date() {
        return Err(DecideError::Past);
    }
    let before = queries::decisions(conn, &dataset.name)?;
    let stands = in_force(&before, &rule.key, new.valid_from);
    if stands.map_or(rule.stage, RuleDecision::stage) == new.stage {
        return Err(DecideError::Unchanged);
    }
    let decision = keep(conn, dataset, new, by, now)?;
    current(conn, dataset, now)?;
    if decision.stage() == Stage::Blocking {
        tell(conn, dataset, (rule, &decision), now)?;
    }
    Ok(())
}

fn keep(
    conn: &mut DbConn,
    dataset: &Dataset,
    new: NewDecision,
    by: AccountId,
    now: Moment,
) -> QueryResult<RuleDecision> {
    let decision = RuleDecision {
        id: RuleDecisionId::generate(),
        form_key: new.form_key,
        dataset: dataset.name.clone(),
        rule: new.rule,
        stage: new.stage.as_str().to_owned(),
        valid_from: new.valid_from,
        reason: new.reason,
        decided_by: by,
        decided_at: now,
    };
    queries::insert_decision(conn, &decision)?;
    let entry = Entry {
        actor: by.to_string(),
        institution: None,
        action: "rules.stage_decided",
        subject: ("rule", format!("{}/{}", dataset.name, decision.rule)),
        detail: json!({
            "dataset": dataset.name, "rule": decision.rule, "stage": decision.stage,
            "from": decision.valid_from.to_string(),
        }),
    };
    audit::record(conn, entry, now)?;
    Ok(decision)
}

/// Tells the PICs of every institution that may send the data set on the day
/// from which the rule blocks.
fn tell(
    conn: &mut DbConn,
    dataset: &Dataset,
    (rule, decision): (&DeclaredRule, &RuleDecision),
    now: Moment,
) -> Result<(), DecideError> {
    let day = decision.valid_from;
    let granted = agreements::granted_within(conn, Scope::portal(), day)?.into_iter();
    let senders = granted.filter(|(agreement, grant)| {
        let sends = grant.direction == Direction::PartnerToBkn && grant.dataset == dataset.name;
        sends && agreement.is_in_force(day)
    });
    let mut senders: Vec<InstitutionId> = senders
        .map(|(agreement, _)| agreement.institution_id)
        .collect();
    senders.sort();
    senders.dedup();
    for (_, institution, name, email) in queries::pics_of(conn, &senders)? {
        let mail = mails::blocking(dataset, (rule, decision), (institution, &name, &email))?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(())
}
