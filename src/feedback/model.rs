//! How far the halves of feedback have come. Pure.

use chrono::NaiveDate;
use diesel::prelude::*;
use std::cmp::Reverse;

use crate::accounts::AccountId;
use crate::agreements::{ClauseKind, FeedbackHalf};
use crate::deliveries::DeliveryId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::feedback_statements;
use crate::platform::ids::id;
use crate::submissions::{FeedbackAnswer, SubmissionId, SubmissionState, half_of};

id!(
    /// A statement that there is nothing to change.
    StatementId
);

/// A signed statement that one half of the feedback on a delivery has nothing
/// to change.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = feedback_statements)]
pub struct Statement {
    /// Names the statement.
    pub id: StatementId,
    /// The delivery that it answers.
    pub delivery_id: DeliveryId,
    /// Which half.
    pub half: FeedbackHalf,
    /// The sentence as it was signed.
    pub wording: String,
    /// The form's one-time key.
    pub form_key: String,
    /// The lead PIC who signed it.
    pub signed_by: AccountId,
    /// When.
    pub signed_at: Moment,
}

/// How far one answer has come; what comes later weighs more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// It is being prepared.
    Draft,
    /// BKN gave it back.
    Returned,
    /// BKN has it and has not decided.
    Sent,
    /// It is settled.
    Accepted,
}

/// One thing done for what is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How far it has come.
    pub progress: Progress,
    /// The day on which BKN got it, if it did.
    pub on: Option<NaiveDate>,
    /// The number by which people know it, if it has one.
    pub by: Option<String>,
    /// The submission, if it is one.
    pub submission: Option<SubmissionId>,
}

/// How far one part of what is owed has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How far the answer that has come furthest is; none without any.
    pub progress: Option<Progress>,
    /// The first answer that meets it: sent, and not given back.
    pub met: Option<Answer>,
    /// The submission to go on with.
    pub begun_with: Option<SubmissionId>,
}

impl Standing {
    /// The standing that answers lead to, in whatever order they come.
    pub fn of(answers: &[Answer]) -> Self {
        let furthest = answers.iter().max_by_key(|one| (one.progress, &one.by));
        let met = answers.iter().filter(|one| one.progress >= Progress::Sent);
        let met = met.filter(|one| one.on.is_some());
        let first = met.min_by_key(|one| (one.on, Reverse(one.progress), &one.by));
        Self {
            progress: furthest.map(|one| one.progress),
            met: first.cloned(),
            begun_with: furthest.and_then(|one| one.submission),
        }
    }

    /// Whether it is in: sent counts while BKN reviews, returned does not.
    pub fn is_in(&self) -> bool {
        self.met.is_some()
    }
}

/// How far one half of the feedback on a delivery has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HalfStanding {
    /// Which half.
    pub half: FeedbackHalf,
    /// How far it has come.
    pub standing: Standing,
}

/// The halves that a clause of a kind asks for, and how far each has come with
/// the answers to one delivery. The order of the answers does not matter.
pub fn halves_of(
    kind: ClauseKind,
    delivery: DeliveryId,
    answers: &[FeedbackAnswer],
    statements: &[Statement],
) -> Vec<HalfStanding> {
    let standing = |half: FeedbackHalf| {
        let sent = answers
            .iter()
            .filter(|one| one.delivery_id == delivery && half_of(&one.dataset) == half);
        let signed = statements
            .iter()
            .filter(|one| one.delivery_id == delivery && one.half == half);
        half_standing(&sent.collect::<Vec<_>>(), signed)
    };
    let halves = kind.feedback_halves().iter();
    halves
        .map(|half| HalfStanding {
            half: *half,
            standing: standing(*half),
        })
        .collect()
}

fn half_standing<'a>(
    sent: &[&FeedbackAnswer],
    signed: impl Iterator<Item = &'a Statement>,
) -> Standing {
    let mut answers: Vec<Answer> = sent.iter().filter_map(|one| of_submission(one)).collect();
    answers.extend(signed.filter_map(|one| of_statement(one, sent)));
    Standing::of(&answers)
}

/// A statement that was replaced meets nothing by itself; the day on which it
/// was given stays that of what replaced it, as long as that holds.
fn of_statement(statement: &Statement, sent: &[&FeedbackAnswer]) -> Option<Answer> {
    let later = |one: &&&FeedbackAnswer| one.sent_at.is_some_and(|at| at > statement.signed_at);
    let mut replacing = sent
        .iter()
        .filter(later)
        .filter_map(|one| of_submission(one));
    let progress = match replacing.clone().count() {
        0 => Progress::Accepted,
        _ if replacing.any(|one| one.progress >= Progress::Sent) => Progress::Sent,
        _ => return None,
    };
    Some(Answer {
        progress,
        on: Some(statement.signed_at.jakarta_date()),
        by: None,
        submission: None,
    })
}

fn of_submission(answer: &FeedbackAnswer) -> Option<Answer> {
    let on = answer.sent_at.map(Moment::jakarta_date);
    let progress = match answer.state {
        SubmissionState::Cancelled => return None,
        // What BKN cannot have seen meets nothing.
        _ if on.is_none() => Progress::Draft,
        SubmissionState::Accepted => Progress::Accepted,
        SubmissionState::Sent => Progress::Sent,
        SubmissionState::Returned => Progress::Returned,
        SubmissionState::Checking
        | SubmissionState::NeedsMending
        | SubmissionState::ReadyToSend => Progress::Draft,
    };
    Some(Answer {
        progress,
        on,
        by: Some(answer.number.clone()),
        submission: Some(answer.submission),
    })
}
