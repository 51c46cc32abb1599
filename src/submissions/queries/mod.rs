//! Statements on submissions, by what they are about.

pub(super) mod bulk;
pub(super) mod change;
pub(super) mod find;
pub(super) mod findings;
pub(super) mod grants;
pub(super) mod lists;
pub(super) mod people;
pub(super) mod references;
pub(super) mod rows;
