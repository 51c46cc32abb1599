//! What BKN gives: a publication, and once it is received a delivery; and the
//! plans by which publications are made periodically.

mod delivery;
mod offer;
mod period;
mod plan;
mod proposal;
mod publication;

pub use delivery::{Delivery, DeliveryId};
pub use offer::{Offer, OfferFault, Selection};
pub use period::{Period, PeriodOutcome, PlanChange, PlanChangeId, PlanDeed};
pub use plan::{Cadence, Cover, Plan, PlanId, PlanState};
pub use proposal::Proposal;
pub use publication::{Bar, Contents, Publication, PublicationState, Receipt};
