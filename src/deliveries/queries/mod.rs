//! Statements on deliveries, by what they are about.

pub mod plans;
pub mod publications;
pub mod received;
