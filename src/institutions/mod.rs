//! Institutions (instansi): the bodies that exchange data. BKN is the home
//! institution; the others are its partners.

mod model;

pub use model::{Institution, InstitutionId, InstitutionKind};
