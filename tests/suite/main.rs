//! The portal through HTTP, concept by concept. One binary, so that it links once.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod agreements;
mod clauses;
mod deliveries;
mod partners;
mod report_files;
mod reports;
mod storage;
