//! Obligations (kewajiban): what is due under an agreement, by when and why.
//!
//! Derived from the facts and never typed: a delivery starts the clock of data
//! and reference feedback, a request letter that of a report, and the agreement
//! itself has a notice window and an end. How long, from which event and by
//! which article is data of each agreement; where an agreement is silent there
//! is no obligation. What is owed outlives the agreement (PKS LAN-BKN 2025
//! Pasal 6 ayat (3)).

mod derive;
mod model;
mod queries;
mod table;
mod text;

pub use derive::obligations_of;
pub use model::{AgreementFacts, Fulfilment, Obligation, ObligationKind, ObligationState, Source};
pub use queries::{facts_of, facts_within};
pub use table::{ObligationRow, rows};
pub use text::SOON_DAYS;
