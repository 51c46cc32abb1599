//! The NIP, its parts, and what spreadsheets do to it.
//!
//! 18 digits: birth date, month of appointment, sex, serial number
//! (Perka BKN 22/2007). A PPPK's number has a contract code where a civil
//! servant's has the month, 21 and above.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// An 18-digit NIP or NI PPPK whose parts are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nip(u64);

/// Why a text is not a NIP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NipError {
    /// Something else than digits is in it.
    #[error("a NIP holds digits only")]
    NotDigits,
    /// Not 18 digits; how many there are.
    #[error("a NIP has 18 digits, not {0}")]
    Length(usize),
    /// A spreadsheet kept 15 digits and lost the last three.
    #[error("the last digits were lost in a spreadsheet")]
    Damaged,
    /// The first eight digits are no date of a living officer's birth.
    #[error("the birth date is impossible")]
    BirthDate,
    /// The month of appointment is impossible, or too soon after birth.
    #[error("the month of appointment is impossible")]
    Appointment,
    /// The fifteenth digit is neither 1 nor 2.
    #[error("the sex digit is neither 1 nor 2")]
    Sex,
}

/// Whether 18 digits stand in a row in a text, as a NIP's do.
pub fn stands_in(text: &str) -> bool {
    let mut digits = text.split(|sign: char| !sign.is_ascii_digit());
    digits.any(|digits| digits.len() >= 18)
}

/// Nobody is appointed younger than this, in years.
const YOUNGEST: u32 = 15;
/// Contract codes of PPPK begin here.
const FIRST_CONTRACT_CODE: u32 = 21;
const EARLIEST_BIRTH_YEAR: u32 = 1900;

impl Nip {
    /// The date of birth that the number tells.
    pub fn birth_date(self) -> Option<NaiveDate> {
        let (year, month, day) = (self.part(0, 4), self.part(4, 2), self.part(6, 2));
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }

    /// The year of appointment.
    pub fn appointment_year(self) -> u32 {
        self.part(8, 4)
    }

    /// The month of appointment; none in the number of a PPPK.
    pub fn appointment_month(self) -> Option<u32> {
        Some(self.part(12, 2)).filter(|month| (1..=12).contains(month))
    }

    /// Whether it is the number of a PPPK.
    pub fn is_pppk(self) -> bool {
        self.part(12, 2) >= FIRST_CONTRACT_CODE
    }

    /// 1 male, 2 female.
    pub fn sex(self) -> u32 {
        self.part(14, 1)
    }

    #[inline]
    fn part(self, from: u32, length: u32) -> u32 {
        let shifted = self.0 / 10_u64.pow(18 - from - length);
        u32::try_from(shifted % 10_u64.pow(length)).unwrap_or(0)
    }

    fn check(self) -> Result<Self, NipError> {
        if self.part(15, 3) == 0 {
            return Err(NipError::Damaged);
        }
        let born = self
            .birth_date()
            .filter(|date| date.year() >= EARLIEST_BIRTH_YEAR as i32);
        let born = born.ok_or(NipError::BirthDate)?.year().unsigned_abs();
        let month = self.part(12, 2);
        let is_month = (1..=12).contains(&month) || month >= FIRST_CONTRACT_CODE;
        if !is_month
            || self.appointment_year() < born + YOUNGEST
            || self.appointment_year() > born + 100
        {
            return Err(NipError::Appointment);
        }
        if !(1..=2).contains(&self.sex()) {
            return Err(NipError::Sex);
        }
        Ok(self)
    }
}

impl FromStr for Nip {
    type Err = NipError;

    /// Takes exactly 18 digits; spaces and the like are the caller's to remove.
    fn from_str(text: &str) -> Result<Self, NipError> {
        digits(text)?
            .parse()
            .map_or(Err(NipError::NotDigits), |number| Self(number).check())
    }
}

impl fmt::Display for Nip {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:018}", self.0)
    }
}

/// The 18 digits of a NIP as people type it, with spaces between its parts.
///
/// # Errors
/// What is wrong with it; `Length(0)` when nothing was typed. Whether its parts
/// are possible is not looked at: to sign in, a NIP only has to be on record.
pub fn typed(text: &str) -> Result<String, NipError> {
    let nip: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits(&nip)?;
    Ok(nip)
}

fn digits(text: &str) -> Result<&str, NipError> {
    if text.len() == 18 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text);
    }
    if is_scientific(text) {
        return Err(NipError::Damaged);
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NipError::NotDigits);
    }
    if text.len() != 18 {
        return Err(NipError::Length(text.len()));
    }
    Ok(text)
}

/// What Excel shows for a long number: `1.96907E+17`, `1,96907E+17`.
pub fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let mut marks = 0;
    let is_number = mantissa.bytes().all(|byte| {
        marks += usize::from(byte == b'.' || byte == b',');
        byte.is_ascii_digit() || byte == b'.' || byte == b','
    });
    is_number
        && marks <= 1
        && mantissa.starts_with(|first: char| first.is_ascii_digit())
        && is_short_number(exponent)
}

fn is_short_number(text: &str) -> bool {
    matches!(text.len(), 1..=3) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> NipError {
        text.parse::<Nip>().unwrap_err()
    }

    #[test]
    fn a_well_formed_nip_tells_its_parts() {
        let nip: Nip = "196907261993112901".parse().unwrap();
        assert_eq!(nip.birth_date(), NaiveDate::from_ymd_opt(1969, 7, 26));
        assert_eq!(
            (nip.appointment_year(), nip.sex(), nip.is_pppk()),
            (1993, 2, false)
        );
        assert_eq!(nip.to_string(), "196907261993112901");
    }

    #[test]
    fn a_contract_code_in_place_of_the_month_is_a_pppk() {
        assert!("199003152022211904".parse::<Nip>().unwrap().is_pppk());
        assert_eq!(fault("199003152022131904"), NipError::Appointment);
        assert_eq!(fault("199003152022001904"), NipError::Appointment);
    }

    #[test]
    fn digits_lost_in_a_spreadsheet_are_recognised() {
        for text in [
            "1.96907E+17",
            "1,96907E+17",
            "1.96907e17",
            "2E+17",
            "196907261993112000",
        ] {
            assert_eq!(fault(text), NipError::Damaged, "{text}");
        }
    }

    #[test]
    fn impossible_parts_are_told_apart() {
        assert_eq!(fault("196913261993112901"), NipError::BirthDate);
        assert_eq!(fault("196902301993112901"), NipError::BirthDate);
        assert_eq!(fault("196907261970112901"), NipError::Appointment);
        assert_eq!(fault("196907261993113901"), NipError::Sex);
        assert_eq!(fault("19690726199311290"), NipError::Length(17));
        assert_eq!(fault("19690726199311290O"), NipError::NotDigits);
        assert_eq!(fault("-"), NipError::NotDigits);
        assert_eq!(fault(""), NipError::Length(0));
    }

    #[test]
    fn spaces_between_typed_parts_are_left_out_and_nothing_else() {
        let nip = "198704122010122903";
        assert_eq!(typed(" 19870412 201012 2 903 ").as_deref(), Ok(nip));
        assert_eq!(typed("  "), Err(NipError::Length(0)));
        assert_eq!(typed("19870412 201012 2 90O"), Err(NipError::NotDigits));
        assert_eq!(typed("19870412-201012-2-903"), Err(NipError::NotDigits));
        assert_eq!(typed("19870412 201012 290"), Err(NipError::Length(17)));
        assert_eq!(typed("1,98704E+17"), Err(NipError::Damaged));
        assert!(
            typed("198713122010122903").is_ok(),
            "its parts are not looked at"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC*") {
            let _ = text.parse::<Nip>();
        }

        #[test]
        fn what_is_taken_is_written_back_the_same(text in "19[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9])20[0-1][0-9](0[1-9]|1[0-2])[12][0-9]{3}") {
            if let Ok(nip) = text.parse::<Nip>() {
                proptest::prop_assert_eq!(nip.to_string(), text);
            }
        }
    }
}
