//! Pages of the outbox, for BKN's staff (A13).

mod list;
mod show;

pub use list::list;
pub use show::{resend, settle, show};
