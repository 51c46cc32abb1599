//! A register of invented civil servants.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use super::DemoError;
use super::facts::Facts;
use crate::per_backend;
use crate::platform::db::{DbConn, schema::register_people};
use crate::platform::secret::sha256_hex;

/// Civil servants in the register.
const PEOPLE: u64 = 5_000;

const FIRST: [&str; 24] = [
    "Anggrek",
    "Bintang",
    "Cempaka",
    "Damar",
    "Embun",
    "Fajar",
    "Gayatri",
    "Hujan",
    "Intan",
    "Jati",
    "Kenanga",
    "Langit",
    "Melati",
    "Nusa",
    "Ombak",
    "Pelangi",
    "Rimba",
    "Seroja",
    "Tirta",
    "Utara",
    "Wangi",
    "Yudistira",
    "Zamrud",
    "Samudra",
];
const LAST: [&str; 20] = [
    "Purnama",
    "Lestari",
    "Cendana",
    "Pertiwi",
    "Bahari",
    "Mahoni",
    "Permata",
    "Senja",
    "Angkasa",
    "Kencana",
    "Nirmala",
    "Puspita",
    "Rembulan",
    "Saraswati",
    "Telaga",
    "Wibawa",
    "Cakrawala",
    "Dirgantara",
    "Khatulistiwa",
    "Merapi",
];
/// Codes of III/a to IV/c in the list `golongan`.
const RANKS: [&str; 7] = ["31", "32", "33", "34", "41", "42", "43"];

/// A civil servant of the register.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = register_people)]
pub struct Asn {
    /// 32 hexadecimal digits.
    pub id_pns: String,
    /// 18 digits; the serial number is 930 or more, as no real one is here.
    pub nip: String,
    /// Invented.
    pub name: String,
    birth_date: NaiveDate,
    /// The institution's code in the list `instansi`.
    pub institution_code: String,
    rank_code: String,
    position_code: Option<String>,
}

/// The whole register, the same each time.
pub fn everybody(facts: &Facts) -> Vec<Asn> {
    let codes: Vec<&String> = facts.fictional.instansi_codes.values().collect();
    (0..PEOPLE)
        .filter_map(|number| asn(number, &codes))
        .collect()
}

/// Person `number`: no two have the same birth date, start and serial number.
fn asn(number: u64, codes: &[&String]) -> Option<Asn> {
    let place = usize::try_from(number).ok()?;
    let day_of_life = i32::try_from(number * 2 % 10_950).ok()?;
    let birth = NaiveDate::from_ymd_opt(1968, 1, 1)? + chrono::TimeDelta::days(day_of_life.into());
    let start = birth.year() + 23 + i32::try_from(number % 5).ok()?;
    let month = number % 12 + 1;
    let sex = number % 2 + 1;
    let serial = 930 + number % 70;
    let id = sha256_hex(format!("padan demo {number}").as_bytes()).to_uppercase();
    Some(Asn {
        id_pns: id.get(..32)?.to_owned(),
        nip: format!(
            "{}{start}{month:02}{sex}{serial:03}",
            birth.format("%Y%m%d")
        ),
        name: format!("{} {}", FIRST.get(place % 24)?, LAST.get(place / 24 % 20)?),
        birth_date: birth,
        institution_code: (*codes.get(place % codes.len())?).clone(),
        rank_code: (*RANKS.get(place % 7)?).to_owned(),
        position_code: None,
    })
}

/// Loads the register.
pub(super) fn load(conn: &mut DbConn, facts: &Facts) -> Result<(), DemoError> {
    for batch in everybody(facts).chunks(500) {
        per_backend!(conn, |c| {
            diesel::insert_into(register_people::table)
                .values(batch)
                .execute(c)
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn everybody_has_a_nip_and_an_id_of_their_own() {
        let everybody = everybody(&Facts::read().unwrap());
        let nips: HashSet<_> = everybody.iter().map(|asn| &asn.nip).collect();
        let ids: HashSet<_> = everybody.iter().map(|asn| &asn.id_pns).collect();
        assert_eq!((nips.len(), ids.len()), (5_000, 5_000));
        assert!(
            everybody
                .iter()
                .all(|asn| asn.nip.len() == 18 && asn.id_pns.len() == 32)
        );
    }
}
