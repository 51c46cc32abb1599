//! BKN's IDs: 32 hexadecimal digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An ID of SIASN. Files hold it in upper case, in lower case or as a UUID
/// with dashes; written it is always 32 upper-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AsnId(u128);

/// Why a text is not an ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AsnIdError {
    /// Something else than hexadecimal digits is in it.
    #[error("an ID holds hexadecimal digits only")]
    NotHexadecimal,
    /// Not 32 digits; how many there are.
    #[error("an ID has 32 digits, not {0}")]
    Length(usize),
}

impl FromStr for AsnId {
    type Err = AsnIdError;

    fn from_str(text: &str) -> Result<Self, AsnIdError> {
        packed(text).map_or_else(|| by_digit(text), |number| Ok(Self(number)))
    }
}

impl AsnId {
    /// The ID that a record may hold; none where it holds none that is one.
    pub fn of(code: Option<&str>) -> Option<Self> {
        code.and_then(|code| code.parse().ok())
    }
}

/// What each byte is worth as a hexadecimal digit.
const DIGITS: [u8; 256] = digits();
const NO_DIGIT: u8 = 0x80;

const fn digits() -> [u8; 256] {
    let mut digits = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789ABCDEF"[value] as usize] = value as u8;
        digits[b"0123456789abcdef"[value] as usize] = value as u8;
        value += 1;
    }
    digits
}

/// The common case: exactly 32 digits, in a few steps each.
fn packed(text: &str) -> Option<u128> {
    let text: &[u8; 32] = text.as_bytes().try_into().ok()?;
    let mut halves = [0_u64; 2];
    let mut all = 0;
    for (half, text) in halves.iter_mut().zip(text.chunks_exact(16)) {
        for byte in text {
            let digit = DIGITS[usize::from(*byte)];
            all |= digit;
            *half = (*half << 4) | u64::from(digit & 0xf);
        }
    }
    let [high, low] = halves;
    (all & NO_DIGIT == 0).then(|| (u128::from(high) << 64) | u128::from(low))
}

/// The plain way, which also tells what is wrong.
fn by_digit(text: &str) -> Result<AsnId, AsnIdError> {
    let mut number: u128 = 0;
    let mut digits = 0;
    let is_uuid = is_uuid_shaped(text);
    for byte in text.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            b'-' if is_uuid => continue,
            _ => return Err(AsnIdError::NotHexadecimal),
        };
        number = (number << 4) | u128::from(digit);
        digits += 1;
    }
    if digits == 32 {
        Ok(AsnId(number))
    } else {
        Err(AsnIdError::Length(digits))
    }
}

fn is_uuid_shaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && [8, 13, 18, 23]
            .iter()
            .all(|&at| bytes.get(at) == Some(&b'-'))
}

impl TryFrom<String> for AsnId {
    type Error = AsnIdError;

    fn try_from(text: String) -> Result<Self, AsnIdError> {
        text.parse()
    }
}

impl From<AsnId> for String {
    fn from(id: AsnId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for AsnId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032X}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_notations_are_one_id() {
        let upper: AsnId = "F48909642BAF2459CAEF38770C7C5094".parse().unwrap();
        assert_eq!("f48909642baf2459caef38770c7c5094".parse(), Ok(upper));
        assert_eq!("f4890964-2baf-2459-caef-38770c7c5094".parse(), Ok(upper));
        assert_eq!(upper.to_string(), "F48909642BAF2459CAEF38770C7C5094");
    }

    #[test]
    fn what_is_no_id_is_refused_with_its_reason() {
        assert_eq!("F489".parse::<AsnId>(), Err(AsnIdError::Length(4)));
        assert_eq!("".parse::<AsnId>(), Err(AsnIdError::Length(0)));
        assert_eq!(
            "F48909642BAF2459CAEF38770C7C509G".parse::<AsnId>(),
            Err(AsnIdError::NotHexadecimal)
        );
        assert_eq!(
            "F489-0964".parse::<AsnId>(),
            Err(AsnIdError::NotHexadecimal)
        );
        assert_eq!(
            "+0000000000000000000000000000001".parse::<AsnId>(),
            Err(AsnIdError::NotHexadecimal)
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC*") {
            let _ = text.parse::<AsnId>();
        }

        #[test]
        fn the_quick_way_agrees_with_the_plain_one(text in "[0-9A-Fa-f]{30,34}|[0-9A-Ga-g-]{32}") {
            proptest::prop_assert_eq!(text.parse::<AsnId>(), by_digit(&text));
        }

        #[test]
        fn an_id_is_read_back_from_what_it_writes(number: u128) {
            proptest::prop_assert_eq!(AsnId(number).to_string().parse(), Ok(AsnId(number)));
        }
    }
}
