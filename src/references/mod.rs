//! References (kode referensi): the code lists of BKN and the partners, with
//! their source and versions. Data sets refer to them by name.
//!
//! A list is never overwritten: a new version names the codes that are new,
//! changed and gone, and a code that is gone ends with the version before it.
//! "Semua Referensi (ID) hanya menggunakan Referensi yang digunakan dalam
//! Database BKN" (PKS LAN-BKN 2019, Lampiran).

mod actions;
mod bkn_files;
mod changes;
mod codes;
mod embedded;
mod listed;
mod model;
mod names;
pub mod pages;
mod queries;
mod reading;
mod successor;
mod text;

pub use actions::{Order, StageError, TakeError, Taken, compare, stage, take};
pub use codes::{LoadedCodes, UsedVersion};
pub use embedded::{LoadError, load_embedded};
pub use listed::{CodeLine, count_listed, listed_after};
pub use model::{ReferenceImport, ReferenceImportId};
pub use names::{CodeNames, code_names};
pub use queries::find::import as find_import;
pub use reading::{ListFile, ReadError, read};
