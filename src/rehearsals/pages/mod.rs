//! Pages of rehearsals, and of results that were checked again.

pub mod recheck;
pub mod rehearsal;

/// The section's address.
const SECTION: &str = "/aturan";
