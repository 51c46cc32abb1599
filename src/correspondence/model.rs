//! A mail and its way to the recipient.

use diesel::prelude::*;

use crate::platform::clock::Moment;
use crate::platform::db::schema::{mail_attempts, mails};
use crate::platform::ids::{id, words};

id!(
    /// A mail in the outbox.
    MailId
);

words!(
    /// How a try to send ended.
    Outcome {
        /// The server took the mail.
        Sent = "sent",
        /// It may take it later.
        Deferred = "deferred",
        /// It will not take it.
        Refused = "refused",
        /// It had the message and did not say.
        Unknown = "unknown",
    }
);

words!(
    /// Where a mail stands.
    MailState {
        /// Waiting to be sent, or to be tried again.
        Waiting = "antre",
        /// Taken by the mail server.
        Sent = "terkirim",
        /// Given up.
        Failed = "gagal",
        /// Handed over without an answer: taken or not, a person decides.
        Unsure = "tidak-pasti",
    }
);

/// Minutes between tries. RFC 5321, section 4.5.4.1, wants tries to go on for
/// four to five days; these are twelve in four and a half.
const PAUSES: [i64; 11] = [1, 5, 30, 120, 360, 360, 720, 720, 1440, 1440, 1440];

/// What stands in a body for a secret that is not shown.
const HIDDEN_SECRET: &str = "•••";

/// A mail to be sent to one recipient. Links begin with `[[base]]`, which the
/// portal's own address replaces when the mail is sent.
#[derive(Debug, Clone)]
pub struct Mail {
    /// What it is about, for lists: `accounts.invitation`.
    pub kind: &'static str,
    /// Whose affairs it concerns, if one institution's.
    pub institution: Option<String>,
    /// The recipient's name or office.
    pub recipient_name: String,
    /// The recipient's address.
    pub recipient: String,
    /// The subject line; line breaks become spaces when it is posted.
    pub subject: String,
    /// The text part.
    pub body_text: String,
    /// The HTML part.
    pub body_html: String,
    /// A secret that replaces `[[secret]]` in both parts when the mail is sent,
    /// and is forgotten then.
    pub secret: Option<String>,
}

/// A mail as it stands in the outbox.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mails)]
pub(super) struct StoredMail {
    pub id: MailId,
    pub message_id: String,
    pub kind: String,
    pub institution_id: Option<String>,
    pub recipient_name: String,
    pub recipient: String,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    pub secret: Option<String>,
    pub created_at: Moment,
    pub run_after: Moment,
    /// Tries since it was posted or put back.
    pub attempts: i32,
    pub claim: Option<String>,
    pub sent_at: Option<Moment>,
    pub failed_at: Option<Moment>,
    pub last_response: Option<String>,
    /// Since when the server may have it, while its answer is not known.
    pub handed_at: Option<Moment>,
}

/// One try to send a mail.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mail_attempts)]
pub(super) struct Attempt {
    pub claim: String,
    pub started_at: Moment,
    /// None while it is under way, or when the program was ended in the middle.
    pub ended_at: Option<Moment>,
    pub outcome: Option<Outcome>,
    pub response: Option<String>,
}

/// Which mails a list shows.
#[derive(Debug, Clone, Default)]
pub(super) struct MailFilter {
    pub state: Option<MailState>,
    pub kind: Option<String>,
    pub institution: Option<String>,
    pub search: String,
    pub posted_before: Option<Moment>,
}

/// How many mails there are of each state.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub waiting: i64,
    /// Of those, the ones that wait for more than a day: a person should look.
    pub late: i64,
    pub sent: i64,
    pub failed: i64,
    pub unsure: i64,
}

impl StoredMail {
    /// Where the mail stands.
    pub fn state(&self) -> MailState {
        match (self.sent_at, self.failed_at, self.handed_at) {
            (Some(_), _, _) => MailState::Sent,
            (None, Some(_), _) => MailState::Failed,
            (None, None, Some(_)) if self.claim.is_none() => MailState::Unsure,
            (None, None, _) => MailState::Waiting,
        }
    }

    /// The header that names the message, the same at every try (RFC 5322,
    /// section 3.6.4); `base` is the portal's address.
    pub fn message_id(&self, base: &str) -> String {
        self.message_id.replace("[[host]]", host(base))
    }

    /// Whether the secret that the body needs is gone.
    pub fn has_lost_its_secret(&self) -> bool {
        self.secret.is_none() && self.body_text.contains("[[secret]]")
    }

    /// A body as the recipient gets it; `base` is the portal's address.
    pub fn filled(&self, body: &str, base: &str) -> String {
        let secret = self.secret.as_deref().unwrap_or(HIDDEN_SECRET);
        fill(body, base, secret)
    }

    /// A body for readers who are not the recipient.
    pub fn without_secret(&self, body: &str, base: &str) -> String {
        fill(body, base, HIDDEN_SECRET)
    }
}

/// The host of an address, without its port.
fn host(base: &str) -> &str {
    let (_, rest) = base.split_once("://").unwrap_or(("", base));
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

fn fill(body: &str, base: &str, secret: &str) -> String {
    let base = base.trim_end_matches('/');
    body.replace("[[base]]", base).replace("[[secret]]", secret)
}

/// When a mail is tried again after so many tries; never when that were enough.
pub(super) fn next_try(attempts: i32, now: Moment) -> Option<Moment> {
    let index = usize::try_from(attempts.saturating_sub(1)).ok()?;
    let minutes = PAUSES.get(index)?;
    Some(now.plus_seconds(minutes * 60))
}

/// `r***@lan.example`: an address for the log.
pub(super) fn masked(address: &str) -> String {
    let (name, domain) = address.split_once('@').unwrap_or((address, ""));
    let first = name.chars().next().unwrap_or('*');
    format!("{first}***@{domain}")
}

/// Text for one header line: no control characters, single spaces.
pub(super) fn one_line(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_go_on_for_four_to_five_days() {
        let mut at = Moment::new("2026-11-20T02:00:00Z".parse().unwrap());
        let first = at;
        let mut tries = 1;
        while let Some(next) = next_try(tries, at) {
            (at, tries) = (next, tries + 1);
        }
        let days = at.seconds_since(first) / (24 * 3600);
        assert_eq!((tries, days), (12, 4));
    }

    #[test]
    fn a_message_is_named_after_the_host_of_the_portal() {
        for (base, expected) in [
            ("https://padan.contoh.example/", "padan.contoh.example"),
            ("http://127.0.0.1:8080/", "127.0.0.1"),
            ("http://[::1]:8080/", "[::1]"),
            ("http://[::1]/", "[::1]"),
        ] {
            assert_eq!(host(base), expected, "{base}");
        }
    }

    #[test]
    fn the_log_does_not_name_the_recipient() {
        assert_eq!(masked("ratna@lan.example"), "r***@lan.example");
        assert_eq!(masked("rusak"), "r***@");
    }

    #[test]
    fn a_header_is_one_line() {
        let text = "Surat\r\nBcc: lain@contoh.example\u{0}";
        assert_eq!(one_line(text), "Surat Bcc: lain@contoh.example");
    }
}
