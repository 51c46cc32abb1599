//! What a password must not be (OWASP ASVS 5.0, 6.2; no composition rules).

use zxcvbn::{Score, zxcvbn};

use super::model::Role;
use super::password::MAX_CHARACTERS;

/// Words of this portal and its trade that an attacker tries first.
pub const PORTAL_WORDS: [&str; 12] = [
    "padan",
    "portal",
    "bkn",
    "siasn",
    "asn",
    "pns",
    "pppk",
    "nip",
    "pic",
    "kepegawaian",
    "instansi",
    "indonesia",
];

/// What is publicly known of the owner.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The 18 digits; they begin with the birth date.
    pub nip: String,
    /// The person's name.
    pub name: String,
    /// Full and short name of the institution.
    pub institution: String,
    /// What the person works as: staff of BKN need longer passwords.
    pub role: Role,
}

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Too short.
    #[error("too short: {typed} characters instead of {least}")]
    TooShort {
        /// Characters that it must have.
        least: usize,
        /// Characters that it has.
        typed: usize,
    },
    /// Too long.
    #[error("too long")]
    TooLong,
    /// It holds the owner's NIP or birth date.
    #[error("holds the NIP or the birth date")]
    OwnNumber,
    /// It holds part of the owner's name.
    #[error("holds the name")]
    OwnName,
    /// It holds a word of the portal.
    #[error("holds a word of the portal")]
    PortalWord,
    /// It can be guessed.
    #[error("guessable")]
    Guessable,
}

/// Whether the owner may have this password. It is judged as typed.
///
/// # Errors
/// The first reason against it.
pub fn check(password: &str, owner: &Owner) -> Result<(), PasswordFault> {
    let (typed, least) = (password.chars().count(), owner.role.least_characters());
    if typed < least {
        return Err(PasswordFault::TooShort { least, typed });
    }
    if typed > MAX_CHARACTERS {
        return Err(PasswordFault::TooLong);
    }
    let lower = password.to_lowercase();
    if owner.numbers().iter().any(|number| lower.contains(number)) {
        return Err(PasswordFault::OwnNumber);
    }
    if holds_word(&lower, &words_of(&owner.name)) {
        return Err(PasswordFault::OwnName);
    }
    if holds_word(&lower, &PORTAL_WORDS.map(str::to_owned)) {
        return Err(PasswordFault::PortalWord);
    }
    guessed(password, owner)
}

fn guessed(password: &str, owner: &Owner) -> Result<(), PasswordFault> {
    let known: Vec<String> = words_of(&owner.institution)
        .into_iter()
        .chain(words_of(&owner.name))
        .chain(owner.numbers())
        .collect();
    let known: Vec<&str> = known
        .iter()
        .map(String::as_str)
        .chain(PORTAL_WORDS)
        .collect();
    if zxcvbn(password, &known).score() < Score::Three {
        return Err(PasswordFault::Guessable);
    }
    Ok(())
}

impl Owner {
    /// The NIP, and the birth date in the orders in which people write it.
    fn numbers(&self) -> Vec<String> {
        let part = |from: usize, to: usize| self.nip.get(from..to).unwrap_or_default().to_owned();
        let (year, month, day) = (part(0, 4), part(4, 6), part(6, 8));
        if day.is_empty() {
            return Vec::new();
        }
        vec![
            self.nip.clone(),
            format!("{year}{month}{day}"),
            format!("{day}{month}{year}"),
            format!("{day}-{month}-{year}"),
            format!("{day}/{month}/{year}"),
            format!("{year}-{month}-{day}"),
        ]
    }
}

fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_owned)
        .collect()
}

/// Words of four letters and more are looked for anywhere; shorter ones only
/// where they stand alone, because they hide in many innocent words.
fn holds_word(lower: &str, words: &[String]) -> bool {
    let alone = words_of(lower);
    let letters: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    words.iter().any(|word| {
        let is_long = word.chars().count() >= 4;
        (is_long && lower.contains(word))
            || alone.contains(word)
            || letters.contains(&word.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> Owner {
        Owner {
            nip: "198704122010122903".into(),
            name: "Ratna Ayu Wulandari, S.Kom.".into(),
            institution: "Badan Sandang Nasional BSN".into(),
            role: Role::Pic,
        }
    }

    #[test]
    fn a_sentence_is_a_good_password() {
        for good in [
            "kuda hijau menari 7 kali",
            "Tujuh gajah minum kopi pahit!",
            "日本語のパスワードは長い文が良い",
        ] {
            assert_eq!(check(good, &owner()), Ok(()), "{good}");
        }
    }

    #[test]
    fn its_length_is_counted_in_characters() {
        let too_short = |least, typed| Err(PasswordFault::TooShort { least, typed });
        assert_eq!(check("pendek", &owner()), too_short(12, 6));
        assert_eq!(check("éééééééé", &owner()), too_short(12, 8));
        let officer = Owner {
            role: Role::Auditor,
            ..owner()
        };
        assert_eq!(check("gajah kopi 99x", &officer), too_short(15, 14));
        assert_eq!(check("gajah kopi 99xy", &officer), Ok(()));
        assert_eq!(check("gajah kopi 99", &owner()), Ok(()));
        assert_eq!(
            check(&"kuda hijau ".repeat(12), &owner()),
            Err(PasswordFault::TooLong)
        );
    }

    #[test]
    fn the_owner_s_number_birth_date_and_name_are_refused() {
        for text in [
            "xk 198704122010122903 qz",
            "anggrek-12041987-zulu",
            "19870412 jeruk nipis",
        ] {
            assert_eq!(
                check(text, &owner()),
                Err(PasswordFault::OwnNumber),
                "{text}"
            );
        }
        for text in ["wulandari minum teh pahit", "si AYU naik sepeda merah"] {
            assert_eq!(check(text, &owner()), Err(PasswordFault::OwnName), "{text}");
        }
        assert_eq!(check("bayur kayuh layur mayur", &owner()), Ok(()));
    }

    #[test]
    fn words_of_the_portal_are_refused() {
        for text in [
            "kepegawaianhebat77qz",
            "masuk ke bkn tiap pagi",
            "siasn-rahasia-9x-lima",
            "asn2026jempolan!!",
        ] {
            assert_eq!(
                check(text, &owner()),
                Err(PasswordFault::PortalWord),
                "{text}"
            );
        }
    }

    #[test]
    fn what_attackers_try_first_is_refused() {
        for text in [
            "password1234",
            "qwertyuiop12",
            "aaaaaaaaaaaa",
            "123456789012",
            "sandangnasional",
        ] {
            assert_eq!(
                check(text, &owner()),
                Err(PasswordFault::Guessable),
                "{text}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_check_panic(text in "\\PC{0,140}") {
            let _ = check(&text, &owner());
        }
    }
}
