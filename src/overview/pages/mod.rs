//! The first pages: a partner's home, BKN's overview, the overview as a file,
//! and the letters to a partner with their due dates.

pub mod export;
pub mod home;
pub mod letters;
pub mod summary;
mod tasks;
