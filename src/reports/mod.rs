//! Reports (laporan hasil pertukaran dan pemanfaatan data): asked for by a
//! request letter, filed by the partner, accepted or returned by BKN.

pub mod actions;
mod mails;
mod model;
pub mod pages;
mod pdf;
mod queries;
mod text;

pub use model::{
    LetterDates, LetterId, LetterState, Report, ReportDecision, ReportId, RequestLetter,
};
pub use queries::{letters_within, reports_within};
