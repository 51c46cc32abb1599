//! A quick look through the tags of a workbook's part, without understanding
//! its content.

use std::collections::HashMap;
use std::io::{self, BufRead, Read};

use super::merges::Range;

/// What the tags of one part tell.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Rows with at least one cell.
    pub rows: u64,
    /// Rows that are hidden or filtered out.
    pub hidden_rows: u64,
    /// Merged cells; not more than [`MERGES`] are kept.
    pub merges: Vec<Range>,
    pub has_doctype: bool,
    /// Something is fetched from outside; links for people to follow are not.
    pub has_external: bool,
    /// Shared strings.
    pub strings: u64,
    /// Of the workbook: its sheets' identifiers in order.
    pub sheet_ids: Vec<String>,
    /// Of the relations: paths by identifier.
    pub targets: HashMap<String, String>,
}

/// Merged cells that are kept at most; one more tells that there were more.
pub(super) const MERGES: usize = 10_000;
/// No tag of a sound part is longer, in bytes.
const LONGEST_TAG: u64 = 64 << 10;

/// Reads a part to its end.
pub(super) fn read(
    mut input: impl BufRead,
    is_workbook: bool,
    is_relations: bool,
) -> io::Result<Part> {
    let mut part = Part::default();
    let mut tag = Vec::new();
    while input.skip_until(b'<')? > 0 {
        if is_of_cell(input.fill_buf()?) {
            continue;
        }
        tag.clear();
        input
            .by_ref()
            .take(LONGEST_TAG)
            .read_until(b'>', &mut tag)?;
        if tag.last() != Some(&b'>') {
            if tag.is_empty() {
                break;
            }
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a tag without end",
            ));
        }
        match local_name(&tag) {
            b"row" => part.see_row(&tag),
            b"si" => part.strings += 1,
            b"mergeCell" => part.see_merge(&tag),
            b"sheet" if is_workbook => part.sheet_ids.extend(attribute(&tag, b"id")),
            b"Relationship" if is_relations => part.see_relation(&tag),
            name if name.eq_ignore_ascii_case(b"!DOCTYPE") => part.has_doctype = true,
            _ => {}
        }
    }
    Ok(part)
}

/// Whether the tag that begins here closes something or belongs to a cell, as
/// nearly all do: of them nothing is told, so they are not read to their ends.
fn is_of_cell(tag: &[u8]) -> bool {
    matches!(
        tag,
        [b'/', ..] | [b'c' | b'v' | b't' | b'f', b' ' | b'>' | b'/', ..] | [b'i', b's', b'>', ..]
    )
}

impl Part {
    fn see_row(&mut self, tag: &[u8]) {
        if !tag.ends_with(b"/>") {
            self.rows += 1;
            let hidden = attribute(tag, b"hidden");
            self.hidden_rows += u64::from(matches!(hidden.as_deref(), Some("1" | "true")));
        }
    }

    fn see_merge(&mut self, tag: &[u8]) {
        if self.merges.len() <= MERGES {
            self.merges
                .extend(attribute(tag, b"ref").and_then(|cells| Range::parse(&cells)));
        }
    }

    fn see_relation(&mut self, tag: &[u8]) {
        let kind = attribute(tag, b"Type").unwrap_or_default();
        let is_outside = attribute(tag, b"TargetMode").is_some_and(|mode| mode == "External");
        self.has_external |= is_outside && !kind.ends_with("/hyperlink");
        if let (Some(id), Some(target)) = (attribute(tag, b"Id"), attribute(tag, b"Target")) {
            self.targets.insert(id, target);
        }
    }
}

/// The tag's name without its prefix; of a closing tag something with a slash.
fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag
        .iter()
        .position(|byte| matches!(byte, b' ' | b'>' | b'\t' | b'\r' | b'\n'))
        .unwrap_or(tag.len());
    let name = tag.get(..end).unwrap_or_default();
    let name = name.strip_suffix(b"/").unwrap_or(name);
    if name.starts_with(b"/") {
        return name;
    }
    name.iter()
        .rposition(|byte| *byte == b':')
        .and_then(|colon| name.get(colon + 1..))
        .unwrap_or(name)
}

/// The value of an attribute, with or without prefix.
fn attribute(tag: &[u8], name: &[u8]) -> Option<String> {
    let mut rest = tag;
    while let Some(equals) = rest.iter().position(|byte| *byte == b'=') {
        let (before, after) = rest.split_at_checked(equals)?;
        let key = before
            .trim_ascii_end()
            .rsplit(|byte| byte.is_ascii_whitespace() || *byte == b':')
            .next()?;
        let value = after.get(1..)?.trim_ascii_start();
        let (quote, value) = value.split_first()?;
        let end = value.iter().position(|byte| byte == quote)?;
        if key == name {
            return String::from_utf8(value.get(..end)?.to_vec()).ok();
        }
        rest = value.get(end + 1..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(xml: &str) -> Part {
        read(xml.as_bytes(), true, true).unwrap()
    }

    #[test]
    fn rows_hidden_rows_and_merged_cells_are_seen() {
        let seen = part(
            r#"<?xml version="1.0"?><x:sheetData><x:row r="1"><x:c/></x:row><row r="2" hidden="1"><c/></row><row r="3"/></x:sheetData><mergeCell ref="B2:B4"/>"#,
        );
        assert_eq!(
            (
                seen.rows,
                seen.hidden_rows,
                seen.merges.len(),
                seen.has_doctype
            ),
            (2, 1, 1, false)
        );
    }

    #[test]
    fn a_document_type_is_seen_in_any_case() {
        assert!(
            part("<?xml version='1.0'?> <!doctype x SYSTEM 'http://x.example'><a/>").has_doctype
        );
    }

    #[test]
    fn sheets_and_relations_are_read_with_either_quote() {
        let seen = part(
            r#"<sheet name="A=B" sheetId='1' r:id='rId7' /><Relationship Target="worksheets/sheet1.xml" Id = "rId7"/>"#,
        );
        assert_eq!(seen.sheet_ids, ["rId7"]);
        assert_eq!(seen.targets["rId7"], "worksheets/sheet1.xml");
    }

    #[test]
    fn only_what_is_fetched_counts_as_external() {
        let link = |kind: &str| {
            format!(
                r#"<Relationship Id="r1" Type="http://x.example/{kind}" Target="http://x.example" TargetMode="External"/>"#
            )
        };
        assert!(part(&link("externalLink")).has_external);
        assert!(!part(&link("hyperlink")).has_external);
    }

    #[test]
    fn a_tag_without_end_is_an_error() {
        assert!(read(&b"<a><b"[..], false, false).is_err());
        assert!(
            read(
                format!("<a {}>", "x='1' ".repeat(20_000)).as_bytes(),
                false,
                false
            )
            .is_err()
        );
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, text in "[<>a-z =\"':/!]{0,80}") {
            let _ = read(&bytes[..], true, true);
            let _ = read(text.as_bytes(), true, true);
        }
    }
}
