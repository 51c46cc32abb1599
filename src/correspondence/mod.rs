//! Correspondence (korespondensi): mail to people and offices.
//!
//! A mail is written in the transaction of the deed that causes it (the
//! outbox) and sent later by a worker, so that it is sent if and only if the
//! deed was done, and survives a mail server that is down.

mod actions;
mod jobs;
mod model;
pub mod pages;

mod queries;
mod text;

pub use actions::{ResendError, post};
pub use jobs::{SendError, send_due};
pub use model::{Mail, MailId, MailState};
