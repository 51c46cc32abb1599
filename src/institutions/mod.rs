//! Institutions (instansi): the bodies that exchange data. BKN is the home
//! institution; the others are its partners.

mod model;
mod queries;

pub use model::{Institution, InstitutionId, InstitutionKind};
pub use queries::{all_partners, find};
