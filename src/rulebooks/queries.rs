//! Statements on decisions and versions of rules.

use diesel::prelude::*;

use super::model::{RuleDecision, RuleSet};
use crate::accounts::{AccountId, Role};
use crate::institutions::InstitutionId;
use crate::per_backend;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{accounts, rule_decisions, rule_sets};

/// The decisions on a data set's rules, in the order in which they were made.
pub fn decisions(conn: &mut DbConn, dataset: &str) -> QueryResult<Vec<RuleDecision>> {
    rule_decisions::table
        .filter(rule_decisions::dataset.eq(dataset.to_owned()))
        .order((rule_decisions::decided_at, rule_decisions::id))
        .select(RuleDecision::as_select())
        .load(conn)
}

/// Every decision, in the order in which they were made.
pub fn all_decisions(conn: &mut DbConn) -> QueryResult<Vec<RuleDecision>> {
    rule_decisions::table
        .order((rule_decisions::decided_at, rule_decisions::id))
        .select(RuleDecision::as_select())
        .load(conn)
}

/// The decisions on one rule with who made them, the last first.
pub fn history(
    conn: &mut DbConn,
    dataset: &str,
    rule: &str,
) -> QueryResult<Vec<(RuleDecision, String)>> {
    rule_decisions::table
        .inner_join(accounts::table)
        .filter(rule_decisions::dataset.eq(dataset.to_owned()))
        .filter(rule_decisions::rule.eq(rule.to_owned()))
        .order((rule_decisions::decided_at.desc(), rule_decisions::id.desc()))
        .select((RuleDecision::as_select(), accounts::name))
        .load(conn)
}

/// Whether a form was posted before.
pub fn is_repeated(conn: &mut DbConn, form_key: &str) -> QueryResult<bool> {
    let found = rule_decisions::table.filter(rule_decisions::form_key.eq(form_key.to_owned()));
    diesel::select(diesel::dsl::exists(found)).get_result(conn)
}

/// Adds a decision.
pub fn insert_decision(conn: &mut DbConn, decision: &RuleDecision) -> QueryResult<()> {
    diesel::insert_into(rule_decisions::table)
        .values(decision)
        .execute(conn)
        .map(drop)
}

/// The last version of a data set's rules.
pub fn last_rule_set(conn: &mut DbConn, dataset: &str) -> QueryResult<Option<RuleSet>> {
    rule_sets::table
        .filter(rule_sets::dataset.eq(dataset.to_owned()))
        .order(rule_sets::number.desc())
        .select(RuleSet::as_select())
        .first(conn)
        .optional()
}

/// One version of a data set's rules.
///
/// # Errors
/// The database's.
pub fn rule_set(conn: &mut DbConn, dataset: &str, number: i32) -> QueryResult<Option<RuleSet>> {
    rule_sets::table
        .filter(rule_sets::dataset.eq(dataset.to_owned()))
        .filter(rule_sets::number.eq(number))
        .select(RuleSet::as_select())
        .first(conn)
        .optional()
}

/// The versions of a data set's rules, the last first.
pub fn rule_sets_of(conn: &mut DbConn, dataset: &str) -> QueryResult<Vec<RuleSet>> {
    rule_sets::table
        .filter(rule_sets::dataset.eq(dataset.to_owned()))
        .order(rule_sets::number.desc())
        .select(RuleSet::as_select())
        .load(conn)
}

/// The number of the last version of each data set's rules.
pub fn last_numbers(conn: &mut DbConn) -> QueryResult<Vec<(String, Option<i32>)>> {
    rule_sets::table
        .group_by(rule_sets::dataset)
        .select((rule_sets::dataset, diesel::dsl::max(rule_sets::number)))
        .load(conn)
}

/// Adds a version, unless another was quicker.
pub fn insert_rule_set(conn: &mut DbConn, set: &RuleSet) -> QueryResult<bool> {
    per_backend!(conn, |c| {
        diesel::insert_into(rule_sets::table)
            .values(set)
            .on_conflict_do_nothing()
            .execute(c)
    })
    .map(|count| count == 1)
}

/// The open accounts of the PICs of some institutions: whose, name, address.
pub fn pics_of(
    conn: &mut DbConn,
    of: &[InstitutionId],
) -> QueryResult<Vec<(AccountId, InstitutionId, String, String)>> {
    accounts::table
        .filter(accounts::institution_id.eq_any(of))
        .filter(accounts::role.eq_any([Role::LeadPic, Role::Pic]))
        .filter(accounts::deactivated_at.is_null())
        .order((accounts::name, accounts::id))
        .select((
            accounts::id,
            accounts::institution_id,
            accounts::name,
            accounts::email,
        ))
        .load(conn)
}
