//! Institutions (instansi): the bodies that exchange data. BKN is the home
//! institution; the others are its partners. Their pages, which show much that
//! builds on this concept, are in `partners`.

pub mod actions;
mod model;
mod queries;

pub use model::{Institution, InstitutionDetails, InstitutionId, InstitutionKind};
pub use queries::{all_partners, find};
