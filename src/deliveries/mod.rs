//! Deliveries (penyerahan data): data that BKN gives to a partner.
//!
//! BKN publishes a data set that the Annex grants; a job makes its file from
//! the register, and the partner's first download or its confirmation is the
//! receipt. What was given by another way is recorded with its receipt. Either
//! starts the clock of data and reference feedback (PKS LAN-BKN 2025 Pasal 3
//! and 4): the receipt is a fact, the due date is derived from the agreement.
//!
//! A plan publishes a data set every so many months (PKS LAN-BKN 2019, Lampiran:
//! pensiun, periodik): each period once, or with the reason on record why not.

pub mod actions;
mod files;
mod given;
pub mod jobs;
mod mails;
mod making;
mod model;
pub mod pages;
mod queries;
mod source;
mod text;

pub use given::was_given;
pub use model::{Cover, Delivery, DeliveryId, Publication, PublicationState};
pub use queries::received::{find, hold, of_agreement, within};
