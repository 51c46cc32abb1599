//! What is not the domain: clock, database, ids, files, jobs, the NIP, web.

pub mod child;
pub mod clock;
pub mod config;
pub mod counters;
pub mod dates;
pub mod db;
pub mod files;
pub mod ids;
pub mod jobs;
pub mod mail;
pub mod nip;
pub mod secret;
pub mod uploads;
pub mod web;
