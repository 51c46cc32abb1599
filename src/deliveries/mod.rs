//! Deliveries (penyerahan data): data that BKN gave to a partner.
//!
//! Its receipt starts the clock of data and reference feedback (PKS LAN-BKN
//! 2025 Pasal 3 and 4). For now the admin records that it was received; the
//! receipt date is a fact, the due date is derived from the agreement.

pub mod actions;
mod mails;
mod model;
pub mod pages;
mod queries;
mod text;

pub use model::{Delivery, DeliveryId};
pub use queries::{of_agreement, within};
