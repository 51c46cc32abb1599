//! Reading by which number somebody is asked for.

use std::str::FromStr;

use super::context::PersonKey;
use super::id::AsnIdError;
use crate::platform::nip::NipError;

/// Why a text is neither a NIP nor an ID PNS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonKeyFault {
    /// Nothing stands there.
    #[error("nothing typed")]
    Empty,
    /// Digits, as of a NIP, but no possible one.
    #[error("no NIP: {0}")]
    Nip(NipError),
    /// Meant as an ID, but none.
    #[error("no ID PNS: {0}")]
    Id(AsnIdError),
}

impl FromStr for PersonKey {
    type Err = PersonKeyFault;

    /// Reads a NIP of 18 digits, or an ID PNS of 32 hexadecimal digits, in any
    /// case, also as a UUID. Spaces, and the apostrophe that spreadsheets put
    /// before digits, are left out.
    fn from_str(text: &str) -> Result<Self, PersonKeyFault> {
        let kept = |sign: &char| !sign.is_whitespace() && *sign != '\'';
        let text: String = text.chars().filter(kept).collect();
        if text.is_empty() {
            return Err(PersonKeyFault::Empty);
        }
        // An ID of digits alone has 32 of them, a NIP never comes near.
        let is_nip = text.len() < 30 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_nip || crate::platform::nip::is_scientific(&text) {
            return text.parse().map(Self::Nip).map_err(PersonKeyFault::Nip);
        }
        text.parse().map(Self::Id).map_err(PersonKeyFault::Id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::AsnId;

    #[test]
    fn a_nip_and_an_id_are_told_apart_however_they_are_written() {
        let nip = PersonKey::Nip("198704122010122903".parse().unwrap());
        for text in ["198704122010122903", " '19870412 201012 2 903 "] {
            assert_eq!(text.parse(), Ok(nip), "{text}");
        }
        let id: AsnId = "F48909642BAF2459CAEF38770C7C5094".parse().unwrap();
        for text in [
            "F48909642BAF2459CAEF38770C7C5094",
            "f48909642baf2459caef38770c7c5094",
            "f4890964-2baf-2459-caef-38770c7c5094",
        ] {
            assert_eq!(text.parse(), Ok(PersonKey::Id(id)), "{text}");
        }
    }

    #[test]
    fn what_is_neither_is_refused_with_its_reason() {
        let fault = |text: &str| text.parse::<PersonKey>().unwrap_err();
        assert_eq!(fault("  "), PersonKeyFault::Empty);
        assert_eq!(fault("1987"), PersonKeyFault::Nip(NipError::Length(4)));
        assert_eq!(fault("1,98E+17"), PersonKeyFault::Nip(NipError::Damaged));
        assert_eq!(fault("F489"), PersonKeyFault::Id(AsnIdError::Length(4)));
        assert!(matches!(fault("Siti"), PersonKeyFault::Id(_)));
    }
}
