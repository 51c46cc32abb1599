//! The facts from which obligations follow, in a fixed number of statements.

use diesel::prelude::*;
use std::collections::HashMap;

use super::model::AgreementFacts;
use crate::accounts::Scope;
use crate::agreements::{Agreement, AgreementId, Clause, ClauseKind};
use crate::platform::db::schema;
use crate::platform::db::{DbConn, grouped};
use crate::{agreements, deliveries, feedback, reports, submissions};

/// The clauses that bear on what is due and on access.
const KINDS: [ClauseKind; 8] = [
    ClauseKind::Term,
    ClauseKind::EndNotice,
    ClauseKind::DataFeedback,
    ClauseKind::DataOnlyFeedback,
    ClauseKind::ReferenceFeedback,
    ClauseKind::RequestedReport,
    ClauseKind::Suspension,
    ClauseKind::Restoration,
];

/// The facts of every agreement within reach, oldest agreement first. Seven
/// statements, however many agreements there are.
///
/// # Errors
/// The database's.
pub fn facts_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<AgreementFacts>> {
    let agreements = agreements::within(conn, scope)?;
    let mut clauses = grouped(clauses_within(conn, scope)?, |one| one.agreement_id);
    let mut deliveries = grouped(deliveries::within(conn, scope)?, |one| one.agreement_id);
    let answers = submissions::feedback_answers(conn, scope)?;
    let mut answers = grouped(answers, |one| one.delivery_id);
    let statements = feedback::statements_within(conn, scope)?;
    let mut statements = grouped(statements, |one| one.delivery_id);
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
            statements: deliveries
                .iter()
                .filter_map(|delivery| statements.remove(&delivery.id))
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
    let found = agreements::find(conn, scope, agreement)?;
    let Some(scope) = found.and_then(|found| scope.narrowed(found.institution_id)) else {
        return Ok(None);
    };
    let all = facts_within(conn, scope)?;
    Ok(all.into_iter().find(|one| one.agreement.id == agreement))
}

/// The whole text of every agreement would be three times as much to load.
fn clauses_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Clause>> {
    use schema::clauses;
    let mut query = clauses::table
        .inner_join(schema::agreements::table)
        .filter(clauses::kind.eq_any(KINDS))
        .select(Clause::as_select())
        .order((clauses::recorded_at, clauses::id))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(schema::agreements::institution_id.eq(institution));
    }
    query.load(conn)
}
