//! A sentence shown once, on the page after a deed.

use actix_session::Session;

const KEY: &str = "flash";

/// A sentence shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash(pub String);

impl Flash {
    /// Keeps the sentence for the next page.
    pub fn put(session: &Session, sentence: &str) {
        if let Err(error) = session.insert(KEY, sentence) {
            tracing::warn!(%error, "a notice could not be kept");
        }
    }

    /// Takes the sentence out of the session.
    pub fn take(session: &Session) -> Option<Self> {
        match session.get::<String>(KEY) {
            Ok(Some(sentence)) => {
                session.remove(KEY);
                Some(Self(sentence))
            }
            _ => None,
        }
    }
}
