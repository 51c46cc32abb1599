//! Agreements (perjanjian kerja sama, PKS): parties, terms, clauses, Annex
//! grants and correspondents.
//!
//! The terms differ from agreement to agreement, so every one of them is data
//! of its agreement, with article and page; where an agreement is silent there
//! is no clause, and nothing is invented.

mod model;
mod queries;

pub use model::{
    Agreement, AgreementId, Anchor, Clause, ClauseId, ClauseKind, Correspondent, CorrespondentId,
    Direction, Grant, GrantId, PartySide, Side, Unit,
};
pub use queries::{
    clauses_of, correspondents_in_force, correspondents_of, find, grants_of, within,
};
