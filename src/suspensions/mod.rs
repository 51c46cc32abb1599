//! Suspension of access (penghentian sementara akses) and its restoration.
//!
//! BKN may stop giving access when feedback *or* a report is late, and gives it
//! back when feedback *and* report are in (PKS LAN-BKN 2025 Pasal 4 ayat (1)
//! huruf b and Pasal 3 ayat (1) huruf b). It is a right: the portal proposes and
//! a person decides. A suspension is an interval with a reason, never a flag,
//! and covers BKN's data, never the ways to cure.

pub mod actions;
mod case;
mod chronology;
mod letters;
mod model;
pub mod pages;
mod queries;
mod text;

pub use model::{
    AccessState, Condition, ConditionState, Ground, Half, Restoration, Suspension, SuspensionId,
    access_on, grounds, restoration,
};
pub use queries::{of_agreement, open_within};
