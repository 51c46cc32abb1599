//! The grants that hold on a day.

use chrono::NaiveDate;
use diesel::QueryResult;

use super::model::{Agreement, AgreementId, Direction, Grant, GrantState};
use super::queries;
use crate::accounts::Scope;
use crate::platform::db::DbConn;

/// What Annexes within reach grant on a day, each with its agreement, whether
/// that is in force or not; the latest agreement first, then by data set.
///
/// # Errors
/// The database's.
pub fn granted_within(
    conn: &mut DbConn,
    scope: Scope,
    day: NaiveDate,
) -> QueryResult<Vec<(Agreement, Grant)>> {
    Ok(in_force(queries::grant_versions(conn, scope, None)?, day))
}

/// A data set as an agreement's Annex grants it one way on a day, if it is
/// within reach.
///
/// # Errors
/// The database's.
pub fn granted(
    conn: &mut DbConn,
    scope: Scope,
    (agreement, dataset, direction): (AgreementId, &str, Direction),
    day: NaiveDate,
) -> QueryResult<Option<(Agreement, Grant)>> {
    let versions = queries::grant_versions(conn, scope, Some(agreement))?;
    let is_meant = |grant: &Grant| grant.dataset == dataset && grant.direction == direction;
    Ok(in_force(versions, day)
        .into_iter()
        .find(|(_, grant)| is_meant(grant)))
}

fn in_force(versions: Vec<(Agreement, Grant)>, day: NaiveDate) -> Vec<(Agreement, Grant)> {
    let all: Vec<_> = versions.iter().map(|(_, grant)| grant.clone()).collect();
    let holds = |grant: &Grant| grant.state(all.iter(), day) == GrantState::InForce;
    versions
        .into_iter()
        .filter(|(_, grant)| holds(grant))
        .collect()
}
