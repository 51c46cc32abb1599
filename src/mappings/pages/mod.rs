//! The pages of mappings: the list, and one code. A partner reads its own.

pub mod list;
pub mod one;

/// The address of the list.
pub(super) const PLACE: &str = "/pemetaan-kode";
/// The section of the navigation that it belongs to.
const SECTION: &str = "/referensi";
