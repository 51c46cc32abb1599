//! Statements on the register.

pub mod bulk;
pub mod counts;
pub mod find;
pub mod holdings;
pub mod imports;
pub mod indexes;
pub mod population;
pub mod removal;
