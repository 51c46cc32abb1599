//! Padan, the portal through which institutions exchange civil-servant data
//! with BKN under cooperation agreements.
//!
//! Everything here is a concept of the domain, except `platform`.

pub mod accounts;
pub mod agreements;
pub mod audit;
pub mod correspondence;
pub mod datasets;
pub mod deliveries;
pub mod demo;
pub mod disclosures;
pub mod institutions;
pub mod lookups;
pub mod obligations;
pub mod overview;
pub mod partners;
pub mod platform;
pub mod references;
pub mod register;
pub mod reports;
pub mod routes;
pub mod schedule;
pub mod server;
pub mod submissions;
pub mod suspensions;
