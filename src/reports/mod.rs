//! Reports (laporan hasil pertukaran dan pemanfaatan data): asked for by a
//! request letter, filed by the partner, accepted or returned by BKN.

mod model;
mod queries;

pub use model::{LetterId, Report, ReportDecision, ReportId, RequestLetter};
pub use queries::{letters_within, reports_within};
