//! Mappings (pemetaan kode): the codes by which partners call their functional
//! positions, and which of BKN's codes each of them is.
//!
//! Partners hand in their codes as a data set; "Semua Referensi (ID) hanya
//! menggunakan Referensi yang digunakan dalam Database BKN" (PKS LAN-BKN 2019,
//! Lampiran), so each is mapped to BKN's list. A mapping is proposed by rule
//! and decided by BKN; what was decided before stays on record.

pub mod actions;
mod model;
mod own_codes;
pub mod pages;
mod propose;
mod queries;
mod text;

pub use model::{DATASET, LIST, MappingId, Received};
pub use own_codes::{OwnCodes, Standing};
