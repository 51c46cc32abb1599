//! CSV as we write it: UTF-8 with its mark, semicolons, RFC 4180 quotes, and
//! nothing that a spreadsheet would run.

use std::borrow::Cow;
use std::io::{self, Write};

use super::values::guard_needed;

/// A CSV writer behind the mark that tells Excel the encoding.
pub(super) fn start<W: Write>(mut writer: W) -> io::Result<csv::Writer<W>> {
    writer.write_all("\u{feff}".as_bytes())?;
    let mut builder = csv::WriterBuilder::new();
    builder
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true);
    Ok(builder.from_writer(writer))
}

/// A text that no spreadsheet takes for a formula (OWASP ASVS 5.0, 1.2.10).
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if guard_needed(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_gets_a_leading_apostrophe() {
        for text in [
            "=1+1", "+62", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x",
        ] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["", "a=b", "'=1", "40", "O'Brien"] {
            assert_eq!(guarded(text), text);
        }
    }
}
