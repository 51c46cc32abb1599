//! Tests in a real browser: headless Chromium, driven through its own driver.
//!
//! `./check` installs both; `CHROMIUM` and `CHROMEDRIVER` name other copies.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod axe;
mod driver;
mod hands;
mod journey;
mod page_checks;
mod session;

mod duties;
mod pages;
mod sign_in;
mod the_harness;
