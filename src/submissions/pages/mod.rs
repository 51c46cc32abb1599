//! The pages of submissions: the partner's (P4 to P10) and BKN's (A8).

pub mod again;
pub mod choose;
pub mod compare;
pub mod downloads;
pub mod drafts;
mod errors;
pub mod index;
mod mending;
pub mod progress;
pub mod reasons;
mod result;
pub mod review;
pub mod rules;
pub mod send;
mod taking;
pub mod thread;
pub mod upload;
pub mod version;

use super::queries::find::Dossier;

/// The section of the partner's pages.
const SECTION: &str = "/pengiriman";

/// A number typed into an address or a filter; nothing when it is none.
fn number_of<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.trim().replace('.', "").parse().ok()
}

/// A word of a filter, fit to be compared with what is stored: PostgreSQL takes
/// no NUL.
fn word_of(text: &str) -> Option<String> {
    let visible = text.trim().chars().filter(|c| !c.is_control());
    let word: String = visible.take(100).collect();
    (!word.is_empty()).then_some(word)
}

/// Whether a text of several lines holds what nobody can see.
fn has_invisible(text: &str) -> bool {
    text.contains(|c: char| c.is_control() && !matches!(c, '\r' | '\n' | '\t'))
}

/// The address of a version among the partner's pages.
fn version_address(dossier: &Dossier) -> String {
    let (submission, version) = (dossier.submission.id, dossier.version.version);
    format!("/pengiriman/{submission}/versi/{version}")
}
