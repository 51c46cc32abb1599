//! The first pages: a partner's home, BKN's overview, and the overview as a file.

pub mod export;
pub mod home;
pub mod summary;
mod tasks;
