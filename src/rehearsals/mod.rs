//! Rehearsals (ujicoba): a rule run over files that were checked before, to see
//! how many rows of which institutions it would hit before it warns or blocks.
//!
//! It reads the rows that the checks kept, in batches, with the references and
//! the register of today; of each submission the last version that was read.
//! Rows are named by their number only, and only of files that BKN has.

mod actions;
mod jobs;
mod model;
pub mod pages;
mod queries;
mod run;
mod text;

pub use jobs::{RehearsalJobError, run_next};
