//! Statements on reference lists.

pub mod change;
pub mod find;
