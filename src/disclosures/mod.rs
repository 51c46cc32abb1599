//! Disclosures (pengungkapan data): which persons' data, in which fields, were
//! made available to whom under which agreement, and who fetched them when.
//!
//! After a leak BKN has to tell within 3 x 24 hours who received what about a
//! person (UU 27/2022 Pasal 46; the agreements' confidentiality articles): that
//! is one query here. Whatever lets data of the register out records it in the
//! same transaction: a delivery once for its persons and once for each
//! download, a look-up for its one person.

mod actions;
mod model;
pub mod pages;
mod queries;
mod text;

pub use model::{
    Access, AccessForm, AccessId, DisclosedPerson, Disclosure, DisclosureId, FieldNames, Via,
};
pub use queries::{add_people, discard_some, insert, is_any_between, note_access, withdraw};
