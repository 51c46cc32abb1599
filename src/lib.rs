//! Padan, the portal through which institutions exchange civil-servant data
//! with BKN under cooperation agreements.

pub mod datasets;
pub mod platform;
