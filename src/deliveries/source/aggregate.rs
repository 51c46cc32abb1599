//! Head counts of government internal auditors (APIP) by regional inspectorate:
//! the data set `agregat-apip` (PKS Itjen Kemendagri-BKN 2025 Pasal 3 ayat (1)
//! huruf c). Counted from the register's people by unit and position.

use diesel::QueryResult;
use std::collections::{BTreeMap, HashMap};

use super::Rows;
use crate::datasets::{self, Values};
use crate::platform::db::DbConn;
use crate::references::{self, CodeNames};
use crate::register::{self, Heads, Reach, Unit};

/// How the units of an inspectorate are called.
const INSPECTORATE: &str = "inspektorat";
/// How regional institutions are called in BKN's list, and no others.
const REGIONAL: [&str; 5] = ["Pemerintah ", "Kab. ", "Kabupaten ", "Kota ", "Provinsi "];

const INSTITUTIONS: &str = "instansi";
const POSITIONS: &str = "jabatan-fungsional";

/// Kinds of positions (BKN's list `jenis-jabatan`).
const STRUCTURAL: &str = "1";
const EXECUTIVE: &str = "4";

/// How the functional positions that are APIP are called before their level,
/// the longer ones first; PPUPD under its earlier names too (PKS Itjen
/// Kemendagri-BKN 2025: "Pengawas Pemerintahan").
const KINDS: [(&str, &str); 5] = [
    (
        "Pengawas Penyelenggaraan Urusan Pemerintahan di Daerah",
        "PPUPD",
    ),
    (
        "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah",
        "PPUPD",
    ),
    ("Pengawas Pemerintahan", "PPUPD"),
    ("PPUPD", "PPUPD"),
    ("Auditor", "Auditor"),
];

/// Levels by their names, and by those before PermenPAN-RB 13/2019.
const LEVELS: [(&str, &str); 15] = [
    ("Pemula", "Pemula"),
    ("Pelaksana Pemula", "Pemula"),
    ("Terampil", "Terampil"),
    ("Pelaksana", "Terampil"),
    ("Mahir", "Mahir"),
    ("Pelaksana Lanjutan", "Mahir"),
    ("Penyelia", "Penyelia"),
    ("Pertama", "Ahli Pertama"),
    ("Muda", "Ahli Muda"),
    ("Madya", "Ahli Madya"),
    ("Utama", "Ahli Utama"),
    ("Ahli Pertama", "Ahli Pertama"),
    ("Ahli Muda", "Ahli Muda"),
    ("Ahli Madya", "Ahli Madya"),
    ("Ahli Utama", "Ahli Utama"),
];

pub(super) struct Counts {
    reach: Reach,
    is_done: bool,
}

impl Counts {
    pub(super) fn new(reach: Reach) -> Self {
        Self {
            reach,
            is_done: false,
        }
    }

    /// Everything at once: there are as many rows as inspectorates have posts.
    pub(super) fn next(&mut self, conn: &mut DbConn) -> QueryResult<Option<Rows>> {
        if std::mem::replace(&mut self.is_done, true) {
            return Ok(None);
        }
        let mut totals: BTreeMap<Line, i64> = BTreeMap::new();
        for (line, heads) in counted(conn, &self.reach)? {
            *totals.entry(line).or_default() += heads;
        }
        Ok(Some(Rows {
            values: totals.iter().map(values).collect(),
            people: Vec::new(),
        }))
    }
}

/// How many persons will be counted.
pub(super) fn count(conn: &mut DbConn, reach: &Reach) -> QueryResult<i64> {
    Ok(counted(conn, reach)?.iter().map(|(_, heads)| heads).sum())
}

/// A row of the file: whom it counts. Two institutions never share one, whatever
/// their units are called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    inspectorate: String,
    institution: String,
    part: String,
    kind: &'static str,
    level: &'static str,
}

/// The head counts within reach, each with the row under which it comes.
fn counted(conn: &mut DbConn, reach: &Reach) -> QueryResult<Vec<(Line, i64)>> {
    let units = register::units_named(conn, INSPECTORATE)?.into_iter();
    let units: HashMap<String, Unit> = units.map(|unit| (unit.id.clone(), unit)).collect();
    let mut heads = register::heads_of_units(conn, INSPECTORATE)?;
    heads.retain(|heads| reach.covers(&heads.place));
    let names = names(conn, &units, &heads)?;
    let row = |heads: &Heads| {
        let unit = units.get(heads.unit.as_ref()?)?;
        let (kind, level) = kind_of(heads, &names)?;
        Some((line(unit, &names, (kind, level))?, heads.heads))
    };
    Ok(heads.iter().filter_map(row).collect())
}

fn names(
    conn: &mut DbConn,
    units: &HashMap<String, Unit>,
    heads: &[Heads],
) -> QueryResult<CodeNames> {
    let institutions = units.values().map(|unit| unit.institution_code.as_str());
    let positions = heads
        .iter()
        .filter_map(|heads| heads.place.position_code.as_deref());
    let institutions = institutions.map(|code| (INSTITUTIONS, code));
    let positions = positions.map(|code| (POSITIONS, code));
    let mut wanted: Vec<(&str, &str)> = institutions.chain(positions).collect();
    wanted.sort_unstable();
    wanted.dedup();
    references::code_names(conn, &wanted)
}

/// Category and level; none for those who are no APIP, as the head of an
/// inspectorate is.
fn kind_of(heads: &Heads, names: &CodeNames) -> Option<(&'static str, &'static str)> {
    match heads.position_kind.as_deref() {
        Some(STRUCTURAL) => None,
        Some(EXECUTIVE) => Some(("Pelaksana", "")),
        _ => of_position(names.name(POSITIONS, heads.place.position_code.as_deref()?)?),
    }
}

/// Category and level of a functional position by its name.
fn of_position(name: &str) -> Option<(&'static str, &'static str)> {
    let known = KINDS.iter();
    let (level, kind) = known
        .filter_map(|(prefix, kind)| Some((name.strip_prefix(prefix)?, *kind)))
        .next()?;
    // `Madya / Ahli Madya`: the earlier level stands before the one of today.
    let level = level.rsplit('/').next().unwrap_or(level).trim();
    let known = LEVELS.iter().find(|(word, _)| *word == level);
    known.map(|(_, level)| (kind, *level))
}

/// The inspectorate of the unit's institution, and the assistant inspectorate
/// where the unit is one; none for an institution that is not regional.
fn line(
    unit: &Unit,
    names: &CodeNames,
    (kind, level): (&'static str, &'static str),
) -> Option<Line> {
    let listed = names.name(INSTITUTIONS, &unit.institution_code);
    let institution = listed.or(unit.institution_name.as_deref())?;
    let is_regional = REGIONAL.iter().any(|word| institution.starts_with(word));
    let is_part = unit.name.to_lowercase().contains("pembantu");
    let part = if is_part { unit.name.as_str() } else { "" };
    let region = institution.strip_prefix("Pemerintah ");
    is_regional.then(|| Line {
        inspectorate: format!("Inspektorat {}", region.unwrap_or(institution)),
        institution: unit.institution_code.clone(),
        part: part.to_owned(),
        kind,
        level,
    })
}

fn values((line, heads): (&Line, &i64)) -> Values {
    let heads = heads.to_string();
    let fields = datasets::find(super::AGGREGATE).map_or(&[][..], |dataset| &dataset.fields);
    let value = |name: &str| match name {
        "inspektorat_daerah" => Some(line.inspectorate.as_str()),
        "inspektorat_pembantu" => Some(line.part.as_str()),
        "kategori" => Some(line.kind),
        "jenjang" => Some(line.level),
        "jumlah" => Some(heads.as_str()),
        _ => None,
    };
    fields.iter().map(|field| value(&field.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_sorted_by_kind_and_level() {
        let cases = [
            ("Auditor Ahli Muda", Some(("Auditor", "Ahli Muda"))),
            ("Auditor Penyelia", Some(("Auditor", "Penyelia"))),
            ("Auditor Pelaksana Lanjutan", Some(("Auditor", "Mahir"))),
            (
                "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah Ahli Madya",
                Some(("PPUPD", "Ahli Madya")),
            ),
            (
                "Pengawas Pemerintahan Muda / Ahli Muda",
                Some(("PPUPD", "Ahli Muda")),
            ),
            ("Auditor Kepegawaian Ahli Muda", None),
            ("Auditor Manajemen Aparatur Sipil Negara Ahli Pertama", None),
            ("Auditor Perkeretaapian Ahli Madya", None),
            ("Analis Kebijakan Ahli Muda", None),
        ];
        for (name, expected) in cases {
            assert_eq!(of_position(name), expected, "{name}");
        }
    }
}
