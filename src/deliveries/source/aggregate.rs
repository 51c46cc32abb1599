//! Head counts of government internal auditors (APIP) by inspectorate: the
//! data set `agregat-apip` (PKS Itjen Kemendagri-BKN 2025 Pasal 3 ayat (1)
//! huruf c). Counted from the register's people by unit and position.

use diesel::QueryResult;
use std::collections::{BTreeMap, HashMap};

use super::Rows;
use crate::datasets::{self, Values};
use crate::deliveries::queries::counts::{self, Heads, Seat};
use crate::platform::db::DbConn;
use crate::references::LoadedCodes;
use crate::register::Reach;

const SKILLED: [&str; 4] = ["Pemula", "Terampil", "Mahir", "Penyelia"];
const EXPERT: [(&str, &str); 4] = [
    ("Pertama", "Ahli Pertama"),
    ("Muda", "Ahli Muda"),
    ("Madya", "Ahli Madya"),
    ("Utama", "Ahli Utama"),
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
        let mut totals: BTreeMap<[String; 4], i64> = BTreeMap::new();
        for (key, heads) in counted(conn, &self.reach)? {
            *totals.entry(key).or_default() += heads;
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

/// The head counts within reach, each with the row under which it comes.
fn counted(conn: &mut DbConn, reach: &Reach) -> QueryResult<Vec<([String; 4], i64)>> {
    let codes = super::positions(conn)?;
    let seats = counts::seats(conn)?.into_iter();
    let seats: HashMap<String, Seat> = seats.map(|seat| (seat.id.clone(), seat)).collect();
    let heads = counts::heads(conn)?.into_iter();
    let within = heads.filter(|heads| reach.covers(&heads.place()));
    let row = |heads: Heads| {
        Some((
            row_of(&heads, seats.get(heads.unit.as_ref()?)?, &codes)?,
            heads.heads,
        ))
    };
    Ok(within.filter_map(row).collect())
}

/// The row of those who stand there; none for those who are no APIP.
fn row_of(heads: &Heads, of: &Seat, codes: &LoadedCodes) -> Option<[String; 4]> {
    let (kind, level) = match heads.position.as_deref() {
        None => ("Pelaksana", ""),
        Some(code) => kind_of(codes.name("jabatan-fungsional", code)?)?,
    };
    let [seat, part] = seat(of);
    Some([seat, part, kind.to_owned(), level.to_owned()])
}

/// Category and level of a functional position by its name.
fn kind_of(name: &str) -> Option<(&'static str, &'static str)> {
    let lower = name.to_lowercase();
    let kind = if lower.contains("auditor") {
        "Auditor"
    } else if lower.contains("penyelenggaraan urusan pemerintahan") || lower.contains("ppupd") {
        "PPUPD"
    } else {
        return None;
    };
    let skilled = SKILLED.into_iter().find(|word| name.ends_with(word));
    let expert = EXPERT.into_iter().find(|(word, _)| name.ends_with(word));
    Some((kind, skilled.or(expert.map(|(_, level)| level))?))
}

/// The inspectorate, and the assistant inspectorate where the unit is one.
fn seat(line: &Seat) -> [String; 2] {
    let institution = line.institution.as_deref().unwrap_or_default();
    let of_institution = || format!("Inspektorat {institution}").trim().to_owned();
    let is_bare = line.unit.eq_ignore_ascii_case("inspektorat");
    if line.unit.to_lowercase().contains("pembantu") {
        let parent = line.parent.clone().filter(|name| name.contains(' '));
        return [parent.unwrap_or_else(of_institution), line.unit.clone()];
    }
    let name = if is_bare {
        of_institution()
    } else {
        line.unit.clone()
    };
    [name, String::new()]
}

fn values(([seat, part, kind, level], heads): (&[String; 4], &i64)) -> Values {
    let heads = heads.to_string();
    let fields = datasets::find(super::AGGREGATE).map_or(&[][..], |dataset| &dataset.fields);
    let value = |name: &str| match name {
        "inspektorat_daerah" => Some(seat.as_str()),
        "inspektorat_pembantu" => Some(part.as_str()),
        "kategori" => Some(kind.as_str()),
        "jenjang" => Some(level.as_str()),
        "jumlah" => Some(heads.as_str()),
        _ => None,
    };
    fields.iter().map(|field| value(&field.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(unit: &str, parent: Option<&str>) -> Seat {
        Seat {
            id: String::new(),
            unit: unit.into(),
            parent: parent.map(str::to_owned),
            institution: Some("Kota Sukamaju".into()),
        }
    }

    #[test]
    fn positions_are_sorted_by_kind_and_level() {
        let cases = [
            ("Auditor Ahli Muda", Some(("Auditor", "Ahli Muda"))),
            ("Auditor Penyelia", Some(("Auditor", "Penyelia"))),
            (
                "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah Ahli Madya",
                Some(("PPUPD", "Ahli Madya")),
            ),
            ("Analis Kebijakan Ahli Muda", None),
        ];
        for (name, expected) in cases {
            assert_eq!(kind_of(name), expected, "{name}");
        }
    }

    #[test]
    fn an_assistant_inspectorate_stands_under_its_inspectorate() {
        let of = |unit, parent| seat(&line(unit, parent));
        let seat = "Inspektorat Kota Sukamaju";
        assert_eq!(of("Inspektorat", None), [seat, ""]);
        assert_eq!(
            of("Inspektorat Pembantu I", None),
            [seat, "Inspektorat Pembantu I"]
        );
    }
}
