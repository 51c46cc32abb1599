//! Submissions (pengiriman data): a partner's data on its way to BKN.
//!
//! A submission has a number and versions; each version is one file, checked
//! row by row, perhaps sent, perhaps taken over. Every version stays. The file
//! is read in a process of its own, so that no file can take the portal down.

pub mod actions;
mod answers;
mod check;
mod codes;
mod desk;
mod findings;
mod granted;
mod jobs;
mod mails;
mod model;
pub mod pages;
mod queries;
mod queue;
mod setting;
mod text;

pub use answers::{FeedbackAnswer, answers_to, count_returned, feedback_answers};
pub use check::{CheckUploadError, MarkUploadError, check_upload, mark_upload};
pub use codes::Lists;
pub use desk::Place;
pub use granted::is_used;
pub use jobs::{JobError, check_next};
pub use model::drafts::Origin;
pub use model::{
    Decision, Submission, SubmissionId, SubmissionState, SubmissionVersion, VersionId, half_of,
};
pub use setting::{Setting, setting_of};
