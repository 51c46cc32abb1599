//! References (kode referensi): the code lists of BKN and the partners, with
//! their source and version. Data sets refer to them by name.

mod codes;
mod embedded;
mod queries;

pub use codes::LoadedCodes;
pub use embedded::{LoadError, load_embedded};
