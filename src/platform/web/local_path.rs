//! Where a visitor may be sent on to after signing in.

use url::{Position, Url};

/// Longer addresses are not carried along.
const LONGEST: usize = 500;

/// Pages that make no sense after signing in.
const SKIPPED: [&str; 4] = ["/", "/masuk", "/keluar", "/lupa-kata-sandi"];

/// The text as path and query of a page of this portal, or nothing.
///
/// A URL parser judges it as a browser will: `//host`, `/\host`, tabs within
/// the scheme and the like lead elsewhere and are dropped (OWASP ASVS 3.7.2).
pub fn local_path(text: &str) -> Option<String> {
    if text.len() > LONGEST || !text.starts_with('/') || text.contains(char::is_control) {
        return None;
    }
    let own = Url::parse("http://portal.invalid/").ok()?;
    let there = own.join(text).ok()?;
    let is_own = there.origin() == own.origin() && there.username().is_empty();
    let is_page = !SKIPPED.contains(&there.path()) && !there.path().starts_with("//");
    (is_own && is_page).then(|| there[Position::BeforePath..Position::AfterQuery].to_owned())
}

/// A page's address with `tujuan`, the page to open after it, if that is ours.
pub fn leading_on(page: &str, asked: &str) -> String {
    match local_path(asked) {
        Some(path) => {
            let query: String = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("tujuan", &path)
                .finish();
            format!("{page}?{query}")
        }
        None => page.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_portal_are_kept_with_their_query() {
        for path in ["/beranda", "/akun?peran=pic&hal=2", "/pengiriman/1/versi/2"] {
            assert_eq!(local_path(path).as_deref(), Some(path));
        }
    }

    #[test]
    fn addresses_that_lead_elsewhere_are_dropped() {
        for text in [
            "//jahat.example",
            "/\\jahat.example",
            "/\t/jahat.example",
            "\\/jahat.example",
            "https://jahat.example/",
            "javascript:alert(1)",
            "/./\\/jahat.example",
            "/.//jahat.example",
            "/a\r\nSet-Cookie: x=1",
            "beranda",
            "",
        ] {
            assert_eq!(local_path(text), None, "{text:?}");
        }
    }

    #[test]
    fn signing_in_leads_neither_to_itself_nor_out() {
        for text in ["/masuk?tujuan=/masuk", "/keluar", "/"] {
            assert_eq!(local_path(text), None, "{text}");
        }
        assert_eq!(
            leading_on("/masuk", "/akun?hal=2"),
            "/masuk?tujuan=%2Fakun%3Fhal%3D2"
        );
        assert_eq!(leading_on("/masuk", "//jahat.example"), "/masuk");
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_kept_stays_on_this_host(text in "[/\\\\.:@?#\\t a-z0-9]{0,30}") {
            if let Some(path) = local_path(&text) {
                let base = Url::parse("https://portal.example/masuk").unwrap();
                let there = base.join(&path).unwrap();
                proptest::prop_assert_eq!(there.host_str(), Some("portal.example"));
                proptest::prop_assert!(path.starts_with('/'));
            }
        }
    }
}
