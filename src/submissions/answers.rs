//! Which deliveries were answered with data, and how far the answers have come.

use diesel::prelude::*;

use super::model::{Submission, SubmissionState, SubmissionVersion};
use crate::accounts::Scope;
use crate::deliveries::DeliveryId;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{submission_versions, submissions};

/// One version of an answer to a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackAnswer {
    /// The delivery that it answers.
    pub delivery_id: DeliveryId,
    /// The submission's number.
    pub number: String,
    /// How far the version has come.
    pub state: SubmissionState,
    /// When it was sent, if it was.
    pub sent_at: Option<Moment>,
}

/// Every version of every answer within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn feedback_answers(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<FeedbackAnswer>> {
    let mut query = submissions::table
        .inner_join(submission_versions::table)
        .filter(submissions::delivery_id.is_not_null())
        .select((Submission::as_select(), SubmissionVersion::as_select()))
        .order((submissions::created_at, submission_versions::version))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(submissions::institution_id.eq(institution));
    }
    let rows: Vec<(Submission, SubmissionVersion)> = query.load(conn)?;
    Ok(rows.into_iter().filter_map(answer).collect())
}

fn answer((submission, version): (Submission, SubmissionVersion)) -> Option<FeedbackAnswer> {
    Some(FeedbackAnswer {
        delivery_id: submission.delivery_id?,
        number: submission.number,
        state: version.state(),
        sent_at: version.sent_at,
    })
}
