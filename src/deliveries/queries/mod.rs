//! Statements on deliveries, by what they are about.

pub(super) mod counts;
pub(super) mod lists;
pub(super) mod people;
pub mod plans;
pub mod publications;
pub mod received;
