//! Bringing a file into the register, batch by batch.

mod batch;
mod bounded;
mod cells;
mod end;
mod file;
mod gone;
mod people;
mod records;
mod rejected;
mod run;
mod units;

pub(super) use file::{kept, open};
pub use records::effective_field;
pub use rejected::write_rejects;
pub use run::{ImportError, Source, import};
pub(super) use run::{go_on, takes_out_nothing};
