//! A mail and its delivery state.

use crate::platform::ids::id;

id!(
    /// A mail in the outbox.
    MailId
);

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
    /// The subject line; line breaks are refused when it is posted.
    pub subject: String,
    /// The text part.
    pub body_text: String,
    /// The HTML part.
    pub body_html: String,
    /// A secret that replaces `[[secret]]` in both parts when the mail is sent,
    /// and is forgotten then.
    pub secret: Option<String>,
}
