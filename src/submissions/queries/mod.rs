//! Statements on submissions, by what they are about.

pub(super) mod again;
pub(super) mod bulk;
pub(super) mod change;
pub(super) mod compare;
pub(super) mod confirmed;
pub(super) mod drafted;
pub(super) mod drafting;
pub(super) mod find;
pub(super) mod findings;
pub(super) mod grants;
pub(super) mod lists;
mod pairing;
pub(super) mod people;
pub(super) mod progress;
pub(super) mod queue;
pub(super) mod references;
pub(super) mod rows;
pub(super) mod rule_sets;
pub(super) mod taken;
