//! The audit trail (jejak audit): who did what, when, on whose data.
//!
//! Events are only ever added, in the transaction of the deed itself. Each
//! carries the hash of the one before it, so that a changed or missing event
//! shows. A look at personal data is an event too: after a leak, the law asks
//! within 3 x 24 hours who received what (UU 27/2022 Pasal 46).

mod actions;
mod changes;
mod model;
mod queries;

pub use actions::record;
pub use changes::changes;
pub use model::{AuditEvent, Entry, SYSTEM};
