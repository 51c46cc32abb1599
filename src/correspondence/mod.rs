//! Correspondence (korespondensi): mail to people and offices.
//!
//! A mail is written in the transaction of the deed that causes it (the
//! outbox) and sent later by a worker, so that it is sent if and only if the
//! deed was done, and survives a mail server that is down.

mod actions;
mod model;

pub use actions::post;
pub use model::{Mail, MailId};
