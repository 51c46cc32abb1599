//! The facts from which obligations follow, in a fixed number of statements.

use diesel::prelude::*;
use std::collections::HashMap;
use std::hash::Hash;

use super::model::AgreementFacts;
use crate::accounts::Scope;
use crate::agreements::{Agreement, AgreementId, Clause, ClauseKind};
use crate::platform::db::DbConn;
use crate::platform::db::schema::{agreements, clauses};
use crate::{deliveries, reports, submissions};

/// The clauses that bear on what is due and on access.
const KINDS: [ClauseKind; 6] = [
    ClauseKind::Term,
    ClauseKind::EndNotice,
    ClauseKind::DataFeedback,
    ClauseKind::RequestedReport,
    ClauseKind::Suspension,
    ClauseKind::Restoration,
];

/// The facts of every agreement within reach, oldest agreement first. Six
/// statements, however many agreements there are.
///
/// # Errors
/// The database's.
pub fn facts_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<AgreementFacts>> {
    let agreements = agreements_within(conn, scope)?;
    let mut clauses = grouped(clauses_within(conn, scope)?, |one| one.agreement_id);
    let mut deliveries = grouped(deliveries::within(conn, scope)?, |one| one.agreement_id);
    let answers = submissions::feedback_answers(conn, scope)?;
    let mut answers = grouped(answers, |one| one.delivery_id);
    let mut letters = grouped(reports::letters_within(conn, scope)?, |one| {
        one.agreement_id
    });
    let mut reports = grouped(reports::reports_within(conn, scope)?, |one| {
        one.agreement_id
    });
    let successors: HashMap<AgreementId, Agreement> = agreements
        .iter()
        .filter_map(|next| Some((next.succeeds_id?, next.clone())))
        .collect();
    let facts = agreements.into_iter().map(|agreement| {
        let id = agreement.id;
        let deliveries = deliveries.remove(&id).unwrap_or_default();
        AgreementFacts {
            successor: successors.get(&id).cloned(),
            clauses: clauses.remove(&id).unwrap_or_default(),
            answers: deliveries
                .iter()
                .filter_map(|delivery| answers.remove(&delivery.id))
                .flatten()
                .collect(),
            deliveries,
            letters: letters.remove(&id).unwrap_or_default(),
            reports: reports.remove(&id).unwrap_or_default(),
            agreement,
        }
    });
    Ok(facts.collect())
}

/// The facts of one agreement, if it is within reach.
///
/// # Errors
/// The database's.
pub fn facts_of(
    conn: &mut DbConn,
    scope: Scope,
    agreement: AgreementId,
) -> QueryResult<Option<AgreementFacts>> {
    let Some(partner) = agreements::table
        .find(agreement)
        .select(agreements::institution_id)
        .first(conn)
        .optional()?
    else {
        return Ok(None);
    };
    let Some(scope) = scope.narrowed(partner) else {
        return Ok(None);
    };
    let all = facts_within(conn, scope)?;
    Ok(all.into_iter().find(|one| one.agreement.id == agreement))
}

fn agreements_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Agreement>> {
    let mut query = agreements::table
        .select(Agreement::as_select())
        .order((agreements::signed_on, agreements::id))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

fn clauses_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Clause>> {
    let mut query = clauses::table
        .inner_join(agreements::table)
        .filter(clauses::kind.eq_any(KINDS))
        .select(Clause::as_select())
        .order((clauses::recorded_at, clauses::id))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

fn grouped<K: Eq + Hash, T>(all: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for one in all {
        groups.entry(key(&one)).or_default().push(one);
    }
    groups
}
