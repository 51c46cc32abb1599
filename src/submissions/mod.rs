//! Submissions (pengiriman data): a partner's data on its way to BKN.
//!
//! A submission has a number and versions; each version is one file, checked
//! row by row, perhaps sent, perhaps taken over. Every version stays.

mod answers;
mod model;

pub use answers::{FeedbackAnswer, feedback_answers};
pub use model::{
    Decision, Submission, SubmissionId, SubmissionState, SubmissionVersion, VersionId,
};
