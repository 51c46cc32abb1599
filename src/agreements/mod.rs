//! Agreements (perjanjian kerja sama, PKS): parties, terms, clauses, Annex
//! grants and correspondents.
//!
//! The terms differ from agreement to agreement, so every one of them is data
//! of its agreement, with article and page; where an agreement is silent there
//! is no clause, and nothing is invented.

pub mod actions;
mod addressees;
mod grants;
mod mails;
mod model;
pub mod pages;
mod queries;
pub mod text;

pub use addressees::{Addressee, bkn_addressees, each_once, partner_addressees};
pub use grants::{granted, granted_within};
pub use model::{
    Agreement, AgreementDetails, AgreementId, AgreementState, Anchor, Clause, ClauseDetails,
    ClauseId, ClauseKind, Correspondent, CorrespondentDetails, CorrespondentId, Counting,
    Direction, FeedbackHalf, Grant, GrantDetails, GrantId, GrantState, Notice, PartySide,
    Population, Side, Span, Terms, TermsFault, Unit,
};
pub use queries::{
    clauses_of, correspondents_in_force, correspondents_of, end_notices_within, find, grants_of,
    of_institution, within,
};
