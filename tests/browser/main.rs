//! Tests in a real browser: headless Chromium, driven through its own driver.
//!
//! `./check` installs both; `CHROMIUM` and `CHROMEDRIVER` name other copies.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod axe;
mod driver;
mod page_checks;
mod session;
mod the_harness;
