//! Pages of the reference lists: reading them, and bringing in a new version.

pub mod import;
pub mod list;
pub mod lists;
pub mod preview;
pub mod successor;

/// The section's address.
const SECTION: &str = "/referensi";
