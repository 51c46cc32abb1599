//! Letters that people and scanners write for digits.

/// The text with `O` and `l` read as the digits that they look like; none when
/// there is no such letter in it.
pub(in crate::datasets) fn as_digits(text: &str) -> Option<String> {
    let digit = |letter| match letter {
        'O' | 'o' => '0',
        'l' | 'I' | '|' => '1',
        other => other,
    };
    let read: String = text.chars().map(digit).collect();
    (read != text).then_some(read)
}

/// What a number with something behind or inside it can only mean: `40 JP` is
/// 40, `4O` is 40, `1 250` and `1.250` are 1250.
pub(super) fn whole_number(token: &str) -> Option<String> {
    let digits = as_digits(token).unwrap_or_else(|| token.to_owned());
    if is_number(&digits) || is_grouped(&digits) {
        return Some(digits.chars().filter(char::is_ascii_digit).collect());
    }
    let end = token.find(|letter: char| !letter.is_ascii_digit())?;
    let (digits, unit) = token.split_at_checked(end)?;
    let is_unit = unit
        .chars()
        .all(|letter| letter.is_alphabetic() || letter == ' ');
    (is_unit && is_number(digits)).then(|| digits.to_owned())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Groups of three digits behind at most three.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split(['.', ',', ' ']);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    rest.peek().is_some()
        && is_number(first)
        && first.len() <= 3
        && rest.all(|group| group.len() == 3 && is_number(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_where_it_can_mean_one_thing_only() {
        let read = |text| whole_number(text);
        for (text, meant) in [
            ("40 JP", "40"),
            ("4O", "40"),
            ("1.250", "1250"),
            ("1 250", "1250"),
        ] {
            assert_eq!(read(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "JP", "4,5", "12-3", "1.25"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn letters_are_read_as_the_digits_they_look_like() {
        assert_eq!(as_digits("2O26-l0-0I").as_deref(), Some("2026-10-01"));
        assert_eq!(as_digits("2026"), None);
    }
}
