//! Statements on mappings.

pub mod change;
pub mod find;
