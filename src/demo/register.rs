//! A register of invented civil servants.

use chrono::{Datelike, NaiveDate};
use std::io::Cursor;

use super::DemoError;
use super::facts::Facts;
use crate::audit::SYSTEM;
use crate::platform::clock::Clock;
use crate::platform::db::DbConn;
use crate::platform::secret::sha256_hex;
use crate::platform::web::OneTimeKey;
use crate::register::{Source, import};

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

/// Functional positions that every third person holds, in the list
/// `jabatan-fungsional`.
const POSITIONS: [&str; 4] = [
    "D82C966533047042E040640A02020A8A",
    "D82C966533057042E040640A02020A8A",
    "A5EB03E24057F6A0E040640A040252AD",
    "A5EB03E24056F6A0E040640A040252AD",
];
const HEAD: [&str; 11] = [
    "id_pns",
    "nip",
    "nama",
    "tanggal_lahir",
    "jenis_kelamin",
    "tmt_pns",
    "instansi_induk_id",
    "instansi_kerja_id",
    "jenis_jabatan_id",
    "jabatan_fungsional_id",
    "golongan_terakhir_id",
];

/// Units that the register holds, of one institution.
const UNITS: usize = 40;
const WITH_UNITS: &str = "lan";
const UNIT_KINDS: [&str; 4] = [
    "Pusat Pembelajaran Contoh",
    "Pusat Kajian Contoh",
    "Bagian Umum Contoh",
    "Balai Pelatihan Contoh",
];
const UNIT_HEAD: [&str; 4] = [
    "instansi_kerja_id",
    "unit_kerja_id",
    "unit_kerja",
    "unor_induk",
];

/// A civil servant of the register.
#[derive(Debug, Clone)]
pub struct Asn {
    /// 32 hexadecimal digits.
    pub id_pns: String,
    /// 18 digits; the serial number is 930 or more, as no real one is here.
    pub nip: String,
    /// Invented.
    pub name: String,
    born: String,
    sex: &'static str,
    appointed: String,
    /// The institution's code in the list `instansi`.
    pub institution_code: String,
    rank_code: &'static str,
    position_code: Option<&'static str>,
}

impl Asn {
    fn cells(&self) -> [&str; 11] {
        let kind = if self.position_code.is_some() {
            "2"
        } else {
            "4"
        };
        [
            &self.id_pns,
            &self.nip,
            &self.name,
            &self.born,
            self.sex,
            &self.appointed,
            &self.institution_code,
            &self.institution_code,
            kind,
            self.position_code.unwrap_or_default(),
            self.rank_code,
        ]
    }
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
        born: birth.to_string(),
        sex: if sex == 1 { "M" } else { "F" },
        appointed: format!("{}-{month:02}-01", start + 1),
        institution_code: (*codes.get(place % codes.len())?).clone(),
        rank_code: RANKS.get(place % 7)?,
        position_code: POSITIONS
            .get(place / 3 % 4)
            .filter(|_| number.is_multiple_of(3))
            .copied(),
    })
}

/// Loads the register, through the same import as BKN's own extracts.
pub(super) fn load(conn: &mut DbConn, facts: &Facts, clock: &Clock) -> Result<(), DemoError> {
    let everybody = everybody(facts);
    let people: Vec<[&str; 11]> = everybody.iter().map(Asn::cells).collect();
    extract(conn, "profil-pns", (&HEAD, &people), clock)?;
    let of = facts.fictional.instansi_codes.get(WITH_UNITS);
    let units: Vec<[String; 4]> = (0..UNITS).map(|number| unit(number, of)).collect();
    extract(conn, "unit-kerja", (&UNIT_HEAD, &units), clock)
}

/// A unit of an institution; people and posts name the same IDs.
fn unit(number: usize, of: Option<&String>) -> [String; 4] {
    let kind = UNIT_KINDS.get(number % UNIT_KINDS.len());
    let name = format!("{} {}", kind.unwrap_or(&""), number + 1);
    let id = format!("{:032X}", 0xF1C8_0000 + number);
    let of = of.cloned().unwrap_or_default();
    [of, id, name, "Sekretariat Utama".to_owned()]
}

/// Brings in an extract of one data set.
fn extract<R: AsRef<[C]>, C: AsRef<str>>(
    conn: &mut DbConn,
    dataset: &str,
    (head, rows): (&[&str], &[R]),
    clock: &Clock,
) -> Result<(), DemoError> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(head).map_err(DemoError::refused)?;
    for row in rows {
        let cells = row.as_ref().iter().map(|cell| cell.as_ref().as_bytes());
        csv.write_record(cells).map_err(DemoError::refused)?;
    }
    let file = Cursor::new(csv.into_inner().map_err(DemoError::refused)?);
    let source = Source {
        dataset,
        file_name: &format!("{dataset}.csv"),
        form_key: &OneTimeKey::generate(),
        actor: SYSTEM,
        as_of: None,
        complete: false,
    };
    import(conn, &source, file, clock, &mut |_| {})
        .map(drop)
        .map_err(DemoError::refused)
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
