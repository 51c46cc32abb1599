//! Rehearsals (uji coba) and results checked again (periksa kembali).
//!
//! A rehearsal: a rule run over files that were checked before, to see
//! how many rows of which institutions it would hit before it warns or blocks.
//!
//! Both read the rows that the checks kept, in batches, with the references and
//! the register of today; a rehearsal reads of each submission the last version
//! that was read. Rows are named by their number only, and only of files that
//! BKN has.

mod actions;
mod jobs;
mod model;
pub mod pages;
mod queries;
mod recheck;
mod run;
mod text;

pub use actions::{NewRehearsal, ask_recheck, rehearse};
pub use jobs::{RehearsalJobError, run_next};
