//! Tests in a real browser: headless Chromium, driven through its own driver.
//!
//! `./check` installs both; `CHROMIUM` and `CHROMEDRIVER` name other copies.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod axe;
mod demo;
mod driver;
mod hands;
mod journey;
mod page_checks;
mod session;

mod drafts;
mod duties;
mod pages;
mod pictures;
mod sign_in;
mod the_harness;
mod without_scripts;
