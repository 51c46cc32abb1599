//! The pages of submissions: the partner's (P4 to P10) and BKN's (A8).

pub mod choose;
pub mod downloads;
mod errors;
pub mod index;
pub mod progress;
mod result;
pub mod review;
pub mod send;
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

/// The address of a version among the partner's pages.
fn version_address(dossier: &Dossier) -> String {
    let (submission, version) = (dossier.submission.id, dossier.version.version);
    format!("/pengiriman/{submission}/versi/{version}")
}
