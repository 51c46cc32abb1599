//! The portal through HTTP, concept by concept. One binary, so that it links once.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod access_rules;
mod account_changes;
mod accounts;
mod administration;
mod agreement_endings;
mod agreements;
mod appointing;
mod audit;
mod catalogue;
mod check_command;
mod clauses;
mod commands;
mod correspondence;
mod deliveries;
mod demo;
mod disclosures;
mod error_pages;
mod feedback;
mod fresh;
mod grants;
mod guards;
mod hostile_reports;
mod input;
mod kept_files;
mod killed_worker;
mod lookups;
mod mail_delivery;
mod mail_servers;
mod mappings;
mod obligations;
mod one_time_links;
mod overview;
mod partners;
mod profile;
mod publications;
mod references;
mod register;
mod register_pages;
mod register_population;
mod report_files;
mod reports;
mod routes;
mod rules;
mod sessions;
mod signals;
mod statements;
mod storage;
mod submissions;
mod suspensions;
mod tenancy;
mod unsure_mail;
mod words;
