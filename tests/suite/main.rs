//! The portal through HTTP, concept by concept. One binary, so that it links once.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod access_rules;
mod accounts;
mod administration;
mod agreements;
mod appointing;
mod clauses;
mod deliveries;
mod guards;
mod mail_servers;
mod obligations;
mod one_time_links;
mod overview;
mod partners;
mod profile;
mod report_files;
mod reports;
mod routes;
mod sessions;
mod storage;
mod suspensions;
