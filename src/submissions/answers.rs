//! Which deliveries were answered with data, and how far the answers have come.

use diesel::prelude::*;

use super::model::{Course, SubmissionId, SubmissionState};
use super::queries::lists::{self, ListFilter};
use crate::accounts::Scope;
use crate::agreements::ClauseKind;
use crate::deliveries::DeliveryId;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{clauses, submission_versions, submissions};

/// One version of an answer to a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackAnswer {
    /// The delivery that it answers.
    pub delivery_id: DeliveryId,
    /// The submission.
    pub submission: SubmissionId,
    /// Its number.
    pub number: String,
    /// Its data set.
    pub dataset: String,
    /// How far the version has come.
    pub state: SubmissionState,
    /// When it was sent, if it was.
    pub sent_at: Option<Moment>,
}

/// Every version of every answer that is owed within reach, oldest first. Only
/// what tells how far it has come is read: the overview asks for those of all
/// partners.
///
/// # Errors
/// The database's.
pub fn feedback_answers(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<FeedbackAnswer>> {
    let owing = clauses::table
        .filter(clauses::kind.eq_any(ClauseKind::FEEDBACK))
        .select(clauses::agreement_id);
    let mut query = answering()
        .filter(submissions::agreement_id.eq_any(owing))
        // Their ids are in the order of their making.
        .order((submissions::id, submission_versions::version))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(submissions::institution_id.eq(institution));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(rows.into_iter().map(answer).collect())
}

/// Every version of every answer to one delivery, oldest first. Who asks has
/// seen to it that the delivery is within reach.
///
/// # Errors
/// The database's.
pub fn answers_to(conn: &mut DbConn, delivery: DeliveryId) -> QueryResult<Vec<FeedbackAnswer>> {
    let rows: Vec<Row> = answering()
        .filter(submissions::delivery_id.eq(delivery))
        .order((submissions::id, submission_versions::version))
        .load(conn)?;
    Ok(rows.into_iter().map(answer).collect())
}

#[diesel::dsl::auto_type]
fn answering() -> _ {
    let course = (
        submission_versions::decision,
        submission_versions::sent_at,
        submission_versions::cancelled_at,
        submission_versions::checked_at,
        submission_versions::refusal.is_not_null(),
        submission_versions::rows_blocked,
    );
    submissions::table
        .inner_join(submission_versions::table)
        .filter(submissions::delivery_id.is_not_null())
        .select((
            submissions::delivery_id.assume_not_null(),
            submissions::id,
            submissions::number,
            submissions::dataset,
            course,
        ))
}

/// How many submissions within reach wait for a new version, because BKN gave
/// back the last one or asked for corrections.
///
/// # Errors
/// The database's.
pub fn count_returned(conn: &mut DbConn, scope: Scope) -> QueryResult<i64> {
    let returned = ListFilter {
        state: Some(SubmissionState::Returned),
        ..ListFilter::default()
    };
    lists::count_own(conn, scope, &returned)
}

type Row = (DeliveryId, SubmissionId, String, String, Course);

fn answer((delivery_id, submission, number, dataset, course): Row) -> FeedbackAnswer {
    FeedbackAnswer {
        delivery_id,
        submission,
        number,
        dataset,
        state: course.state(),
        sent_at: course.sent_at,
    }
}
