//! What is kept in a session, and how its owner sees it.

use actix_session::Session;
use diesel::prelude::*;
use std::collections::HashMap;

use super::model::AccountId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::sessions;
use crate::platform::web::{AppError, SESSION_ACCOUNT, SessionRules};

/// The entry that names the session on its owner's screen; it opens nothing.
const MARK: &str = "mark";
/// The entry that holds browser and system.
const DEVICE: &str = "device";
/// The entry that says when the password was last given, in seconds since 1970.
const PROVED: &str = "proved";

/// Sessions that an account has at most (OWASP ASVS 5.0, 7.1.2).
pub(super) const MOST_SESSIONS: usize = 5;
/// Seconds after which a deed that matters asks for the password again: 15
/// minutes (OWASP ASVS 5.0, 7.5.1).
const FRESH_SECONDS: i64 = 15 * 60;

/// A session of an account.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct OwnSession {
    /// The hash of its key.
    pub key_hash: String,
    /// What is in it, JSON.
    pub state: String,
    /// When it began.
    pub created_at: Moment,
    /// When it was last used.
    pub seen_at: Moment,
}

impl OwnSession {
    /// The name by which its owner ends it.
    pub fn mark(&self) -> String {
        self.entry(MARK)
    }

    /// Browser and system.
    pub fn device(&self) -> String {
        self.entry(DEVICE)
    }

    /// Whether requests are still taken under it.
    pub fn is_live(&self, now: Moment) -> bool {
        now.seconds_since(self.seen_at) < SessionRules::IDLE_SECONDS
    }

    fn entry(&self, name: &str) -> String {
        let state: HashMap<String, String> = serde_json::from_str(&self.state).unwrap_or_default();
        state
            .get(name)
            .and_then(|value| serde_json::from_str(value).ok())
            .unwrap_or_default()
    }
}

/// Begins the session of an account, under a new key: whatever was known under
/// the old one is worth nothing.
///
/// # Errors
/// When the entries cannot be written.
pub(super) fn begin(
    session: &Session,
    account: AccountId,
    device: &str,
    now: Moment,
) -> Result<(), AppError> {
    session.clear();
    session.renew();
    let mark = uuid::Uuid::new_v4().to_string();
    let entries = [
        (SESSION_ACCOUNT, account.to_string()),
        (MARK, mark),
        (DEVICE, device.to_owned()),
    ];
    for (name, value) in entries {
        session.insert(name, value).map_err(unwritten)?;
    }
    note_proof(session, now)
}

/// Notes that the password was given.
///
/// # Errors
/// When the entry cannot be written.
pub(super) fn note_proof(session: &Session, now: Moment) -> Result<(), AppError> {
    let seconds = now.utc().timestamp();
    session.insert(PROVED, seconds).map_err(unwritten)
}

/// Whether the password was given lately. A moment to come, after the clock was
/// put back, proves nothing.
pub(super) fn is_fresh(session: &Session, now: Moment) -> bool {
    let proved: Option<i64> = session.get(PROVED).ok().flatten();
    proved.is_some_and(|at| (0..FRESH_SECONDS).contains(&(now.utc().timestamp() - at)))
}

fn unwritten(error: actix_session::SessionInsertError) -> AppError {
    AppError::Internal(error.to_string())
}

/// The name of the session that makes the request.
pub(super) fn mark(session: &Session) -> String {
    session.get(MARK).ok().flatten().unwrap_or_default()
}

/// Browser and system, as far as a User-Agent tells: `Firefox di Windows`.
pub(super) fn device(user_agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let known = |list: &[(&str, &'static str)]| {
        let found = list.iter().find(|(part, _)| user_agent.contains(part));
        found.map(|(_, name)| *name)
    };
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} di {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Peramban tidak dikenal".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_named_by_browser_and_system() {
        let edge =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0";
        assert_eq!(device(edge), "Edge di Windows");
        let phone =
            "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";
        assert_eq!(device(phone), "Chrome di Android");
        assert_eq!(device("curl/8"), "Peramban tidak dikenal");
    }
}
