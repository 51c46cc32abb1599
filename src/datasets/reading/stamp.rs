//! The mark by which a workbook tells that it was made from a template of
//! ours. Anybody may write anything there, so it is only ever a reason to say
//! something, never to take or to refuse.

/// The name of the workbook's property that holds the mark.
pub(in crate::datasets) const PROPERTY: &str = "padan-template";
/// The part of the workbook that holds its properties.
pub(super) const PART: &str = "docprops/custom.xml";
/// Of that part no more is looked at, in bytes.
pub(super) const LONGEST: u64 = 64 << 10;
/// The longest name of a data set that is believed.
const LONGEST_NAME: usize = 60;

/// Which template a workbook was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::datasets) struct Stamp {
    /// The data set's name.
    pub dataset: String,
    /// Its version then.
    pub version: u32,
}

/// Finds the mark among a workbook's properties.
pub(super) fn find(properties: &[u8]) -> Option<Stamp> {
    let text = String::from_utf8_lossy(properties);
    let named = [format!("\"{PROPERTY}\""), format!("'{PROPERTY}'")];
    let after = named.iter().find_map(|name| text.split_once(name.as_str()));
    let (_, after) = after?;
    let (property, _) = after.split_once("</property")?;
    let (_, value) = property.split_once("lpwstr>")?;
    let (value, _) = value.split_once('<')?;
    parse(value.trim())
}

fn parse(value: &str) -> Option<Stamp> {
    let (dataset, version) = value.rsplit_once('/')?;
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let is_sound = (1..=LONGEST_NAME).contains(&dataset.len())
        && dataset
            .chars()
            .all(|letter| is_name(letter) || letter == '-');
    let version = version.parse().ok()?;
    let dataset = dataset.to_owned();
    is_sound.then_some(Stamp { dataset, version })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn properties(name: &str, value: &str) -> Vec<u8> {
        format!(
            r#"<?xml version="1.0"?><Properties><property fmtid="{{D5}}" pid="2" name="other"><vt:lpwstr>x/9</vt:lpwstr></property><property pid="3" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property></Properties>"#
        )
        .into_bytes()
    }

    #[test]
    fn the_mark_is_found_among_other_properties() {
        let stamp = find(&properties(PROPERTY, " riwayat-kursus/2 "));
        let expected = Stamp {
            dataset: "riwayat-kursus".into(),
            version: 2,
        };
        assert_eq!(stamp, Some(expected));
        assert_eq!(find(&properties("padan", "riwayat-kursus/2")), None);
    }

    #[test]
    fn what_no_template_of_ours_says_is_no_mark() {
        let long = format!("{}/1", "a".repeat(61));
        for value in [
            "", "/", "/1", "a/", "a/-1", "a/x", "a b/1", "<b/>", "../x/1", &long,
        ] {
            assert_eq!(find(&properties(PROPERTY, value)), None, "{value}");
        }
        assert_eq!(find(b"<property name=\"padan-template\"/>"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, text in "[<>a-z=\"/ ]{0,60}") {
            let _ = find(&bytes);
            let _ = find(format!("\"{PROPERTY}\"{text}").as_bytes());
        }
    }
}
