//! Bringing a file into the register, batch by batch.

mod batch;
mod cells;
mod people;
mod records;
mod run;
mod units;

pub use run::{ImportError, Source, import, write_rejects};
