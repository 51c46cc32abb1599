//! The portal through HTTP, concept by concept. One binary, so that it links once.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod audit;
mod commands;
mod correspondence;
mod killed_worker;
mod mail_delivery;
mod mail_servers;
mod storage;
mod words;
