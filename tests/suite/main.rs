//! The suite: everything that is tested without a browser, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod mail_servers;
#[path = "../support/smtp.rs"]
mod smtp;
#[path = "../support/smtp_sink.rs"]
mod smtp_sink;
