//! What a page needs to know when BKN's data do not leave for now.

use crate::platform::clock::Moment;

/// That access under the agreement in a page's path is stopped, put among the
/// request's extensions by what stands before the page.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// Since when.
    pub since: Moment,
    /// Why, as told to the partner.
    pub reason: String,
    /// The articles that allow it.
    pub article: String,
}
