//! The audit trail (jejak audit): who did what, when, on whose data.
//!
//! Events are only ever added, in the transaction of the deed itself. Each
//! carries the hash of the one before it, so that a changed or missing event
//! shows. A look at personal data is an event too: after a leak, the law asks
//! within 3 x 24 hours who received what (UU 27/2022 Pasal 46).

mod actions;
mod changes;
mod model;
pub mod pages;
mod queries;
mod text;

pub use actions::{Verified, VerifyError, record, verify};
pub use changes::changes;
pub use model::{AuditEvent, Entry, SYSTEM};
pub use text::action_in_words;
