//! The suite: everything that is tested without a browser, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "../support/smtp.rs"]
mod smtp;
#[path = "../support/smtp_sink.rs"]
mod smtp_sink;
#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod audit;
mod correspondence;
mod killed_worker;
mod mail_delivery;
mod mail_servers;
mod storage;
mod words;
