//! E-mail addresses, as strict as the portal needs them.

use lettre::Address;

/// Longest address (RFC 5321).
const LONGEST: usize = 254;

/// The address without the spaces around it, or nothing when mail could not be
/// sent to it: ASCII, a domain name with a dot, no address literal.
pub fn usable(typed: &str) -> Option<String> {
    let text = typed.trim();
    let address: Address = text.parse().ok()?;
    let domain = address.domain();
    let is_name = domain.contains('.')
        && !domain.starts_with('[')
        && domain.split('.').all(|label| !label.is_empty());
    let is_plain = text.is_ascii() && !text.contains(|c: char| c.is_ascii_control() || c == ' ');
    (is_name && is_plain && text.len() <= LONGEST).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_mail_reaches_are_taken() {
        assert_eq!(
            usable(" ratna@contoh.example ").as_deref(),
            Some("ratna@contoh.example")
        );
        for text in [
            "",
            "ratna",
            "ratna@contoh",
            "a@[127.0.0.1]",
            "ratna@contoh..example",
            "ratna@.example",
            "ratna@contoh.example\r\nBcc: lain@contoh.example",
            "rаtna@contoh.example",
            "ra tna@contoh.example",
        ] {
            assert_eq!(usable(text), None, "{text:?}");
        }
        assert_eq!(usable(&format!("{}@contoh.example", "a".repeat(300))), None);
    }
}
