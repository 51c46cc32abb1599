//! What BKN gives: a publication, and once it is received a delivery.

mod delivery;
mod offer;
mod publication;

pub use delivery::{Delivery, DeliveryId};
pub use offer::{Offer, OfferFault, Selection};
pub use publication::{Publication, PublicationState, Receipt};
