//! Look-ups (pencarian): a PIC asks BKN's register for one person by NIP or ID
//! PNS, or for the units of an institution, within what the Annex of its
//! agreement grants (PKS LAN-BKN 2019, Lampiran, API 1 to 3 BKN).
//!
//! Whoever is outside the Annex is not found, exactly as if they did not exist.
//! What is given of a person is a disclosure, recorded in the same transaction.
//! Every look counts towards hourly and daily limits, found or not, so that
//! numbers cannot be tried one by one.

mod actions;
mod model;
pub mod pages;
mod queries;
mod text;

pub use model::{Kind, LookUp, LookUpId};
