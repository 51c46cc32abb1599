//! Padan, the portal through which institutions exchange civil-servant data
//! with BKN under cooperation agreements.
//!
//! Everything here is a concept of the domain, except `platform`.

pub mod accounts;
pub mod agreements;
pub mod audit;
pub mod catalogue;
pub mod correspondence;
pub mod datasets;
pub mod deliveries;
pub mod demo;
pub mod disclosures;
pub mod feedback;
pub mod institutions;
pub mod lookups;
pub mod mappings;
pub mod obligations;
pub mod overview;
pub mod partners;
pub mod platform;
pub mod references;
pub mod register;
pub mod rehearsals;
pub mod reports;
pub mod routes;
pub mod rulebooks;
pub mod schedule;
pub mod server;
pub mod submissions;
pub mod suspensions;
