//! Feedback (data dan referensi balikan): what a partner gives back after
//! receiving data.
//!
//! It refers to its delivery and has two halves, data and references; each is a
//! submission, or a signed statement that there is nothing to change (PKS
//! LAN-BKN 2025 and Itjen Kemendagri-BKN 2025, Pasal 3 and 4). Which halves are
//! owed follows from the agreement's clauses. A statement is never edited: it
//! holds until a submission for its half is sent, and then as long as that one
//! is not returned.

pub mod actions;
mod mails;
mod model;
pub mod pages;
mod queries;
mod text;

pub use model::{Answer, HalfStanding, Progress, Standing, Statement, StatementId, halves_of};
pub use queries::statements_within;
