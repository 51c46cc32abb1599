//! References (kode referensi): the code lists of BKN and the partners, with
//! their source and version. Data sets refer to them by name.

mod codes;
mod queries;

pub use codes::LoadedCodes;
