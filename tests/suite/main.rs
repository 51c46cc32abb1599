//! The portal through HTTP, concept by concept. One binary, so that it links once.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod access_rules;
mod accounts;
mod administration;
mod agreements;
mod appointing;
mod audit;
mod clauses;
mod commands;
mod correspondence;
mod deliveries;
mod demo;
mod grants;
mod guards;
mod killed_worker;
mod mail_delivery;
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
mod submissions;
mod suspensions;
mod tenancy;
mod words;
