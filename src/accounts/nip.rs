//! The NIP as typed: 18 digits, spaces between them allowed.

use chrono::NaiveDate;

/// Why a text is not a NIP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NipFault {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Something else than digits and spaces is in it.
    #[error("not only digits")]
    NotDigits,
    /// Not 18 digits; how many there are.
    #[error("{0} digits")]
    Length(usize),
    /// 18 digits whose parts are impossible: birth date, month, sex.
    #[error("impossible parts")]
    Parts,
}

/// The 18 digits of a typed NIP, without spaces.
///
/// # Errors
/// What is wrong with it; its parts are not looked at.
pub fn digits(typed: &str) -> Result<String, NipFault> {
    let nip: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if nip.is_empty() {
        return Err(NipFault::Empty);
    }
    if !nip.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NipFault::NotDigits);
    }
    if nip.len() != 18 {
        return Err(NipFault::Length(nip.len()));
    }
    Ok(nip)
}

/// The 18 digits of a typed NIP whose parts are possible: birth date, month of
/// appointment (or contract code of a PPPK, 21 and above), sex, serial number.
///
/// # Errors
/// What is wrong with it.
pub fn well_formed(typed: &str) -> Result<String, NipFault> {
    let nip = digits(typed)?;
    let number = |from: usize, to: usize| nip.get(from..to)?.parse::<u32>().ok();
    let born = number(0, 4).zip(number(4, 6)).zip(number(6, 8));
    let born = born.and_then(|((year, month), day)| {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    });
    let appointed = number(8, 12).zip(number(0, 4));
    let is_possible = born.is_some()
        && appointed.is_some_and(|(year, born)| (born + 15..=born + 100).contains(&year))
        && number(12, 14).is_some_and(|month| (1..=12).contains(&month) || month >= 21)
        && number(14, 15).is_some_and(|sex| (1..=2).contains(&sex))
        && number(15, 18).is_some_and(|serial| serial > 0);
    is_possible.then_some(nip).ok_or(NipFault::Parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_left_out_and_nothing_else() {
        assert_eq!(
            digits(" 19870412 201012 2 903 ").as_deref(),
            Ok("198704122010122903")
        );
        assert_eq!(digits("  "), Err(NipFault::Empty));
        assert_eq!(digits("19870412 201012 2 90O"), Err(NipFault::NotDigits));
        assert_eq!(digits("19870412-201012-2-903"), Err(NipFault::NotDigits));
        assert_eq!(digits("19870412 201012 290"), Err(NipFault::Length(17)));
    }

    #[test]
    fn impossible_parts_are_refused() {
        for nip in [
            "198713122010122903",
            "198702302010122903",
            "198704121990122903",
        ] {
            assert_eq!(well_formed(nip), Err(NipFault::Parts), "{nip}");
        }
        for nip in [
            "198704122010132903",
            "198704122010123903",
            "198704122010122000",
        ] {
            assert_eq!(well_formed(nip), Err(NipFault::Parts), "{nip}");
        }
        assert!(
            well_formed("199003152022211904").is_ok(),
            "a PPPK's contract code"
        );
    }
}
