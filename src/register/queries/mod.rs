//! Statements on the register.

pub mod bulk;
pub mod find;
pub mod imports;
pub mod population;
