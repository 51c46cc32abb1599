//! What agreements in force let an institution send.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::accounts::Scope;
use crate::agreements::{self, Agreement, AgreementId, Direction, FeedbackHalf, Grant};
use crate::deliveries::Delivery;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    agreements as agreement_table, deliveries, submission_versions, submissions,
};
use crate::submissions::model::{Decision, VersionId, datasets_of};

/// Every data set that partners within reach send to BKN on a day, with its
/// agreement, whether that is in force or not.
pub fn sendable(
    conn: &mut DbConn,
    scope: Scope,
    day: NaiveDate,
) -> QueryResult<Vec<(Agreement, Grant)>> {
    let mut granted = agreements::granted_within(conn, scope, day)?;
    granted.retain(|(_, grant)| grant.direction == Direction::PartnerToBkn);
    Ok(granted)
}

/// One of them.
pub fn one(
    conn: &mut DbConn,
    scope: Scope,
    (agreement, dataset): (AgreementId, &str),
    day: NaiveDate,
) -> QueryResult<Option<(Agreement, Grant)>> {
    let of = (agreement, dataset, Direction::PartnerToBkn);
    agreements::granted(conn, scope, of, day)
}

/// When rows of each data set were last taken over, by agreement and data set.
pub fn last_taken_over(
    conn: &mut DbConn,
    scope: Scope,
) -> QueryResult<Vec<(AgreementId, String, Option<Moment>)>> {
    let taken = [Decision::TakenOver, Decision::CorrectionAsked];
    let mut query = submission_versions::table
        .inner_join(submissions::table)
        .filter(submission_versions::decision.eq_any(taken))
        .group_by((submissions::agreement_id, submissions::dataset))
        .select((
            submissions::agreement_id,
            submissions::dataset,
            diesel::dsl::max(submission_versions::decided_at),
        ))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(submissions::institution_id.eq(institution));
    }
    query.load(conn)
}

/// Whether a file of a data set came in under an agreement from a moment on,
/// before another.
pub fn is_any_between(
    conn: &mut DbConn,
    (agreement, dataset): (AgreementId, &str),
    (from, until): (Moment, Option<Moment>),
) -> QueryResult<bool> {
    let mut query = submission_versions::table
        .inner_join(submissions::table)
        .filter(submissions::agreement_id.eq(agreement))
        .filter(submissions::dataset.eq(dataset))
        .filter(submission_versions::uploaded_at.ge(from))
        .select(submission_versions::id)
        .limit(1)
        .offset(0)
        .into_boxed();
    if let Some(until) = until {
        query = query.filter(submission_versions::uploaded_at.lt(until));
    }
    let first = query.first::<VersionId>(conn).optional()?;
    Ok(first.is_some())
}

/// The deliveries within reach of which no sent submission answers a half yet.
pub fn unanswered_deliveries(
    conn: &mut DbConn,
    scope: Scope,
    half: FeedbackHalf,
) -> QueryResult<Vec<Delivery>> {
    let answers = submissions::table
        .inner_join(submission_versions::table)
        .filter(submissions::delivery_id.eq(deliveries::id.nullable()))
        .filter(submission_versions::sent_at.is_not_null())
        .filter(submissions::dataset.eq_any(datasets_of(half)))
        .select(submissions::id);
    let mut query = deliveries::table
        .inner_join(agreement_table::table)
        .filter(diesel::dsl::not(diesel::dsl::exists(answers)))
        .select(Delivery::as_select())
        .order(deliveries::received_on)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreement_table::institution_id.eq(institution));
    }
    query.load(conn)
}
