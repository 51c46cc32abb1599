//! Reference codes: the data set `kode-referensi-asn`, list by list.

use diesel::QueryResult;

use super::Rows;
use crate::datasets::{self, Dataset, Values};
use crate::platform::db::DbConn;
use crate::references::{self, CodeLine};
use crate::register::{self, Reach};

const INSTITUTIONS: &str = "instansi";
const POSITIONS: &str = "jabatan-fungsional";

/// The lists, in the order of the file; units of institutions come last.
const LISTS: [&str; 7] = [
    "golongan",
    INSTITUTIONS,
    POSITIONS,
    "jabatan-fungsional-umum",
    "jenis-jabatan",
    "lokasi",
    "pendidikan",
];

/// Where the file stands: in a list after a code, or among the units.
#[derive(Debug)]
pub(super) struct Codes {
    reach: Reach,
    list: usize,
    after: String,
}

impl Codes {
    pub(super) fn new(reach: Reach) -> Self {
        Self {
            reach,
            list: 0,
            after: String::new(),
        }
    }

    pub(super) fn next(&mut self, conn: &mut DbConn, limit: i64) -> QueryResult<Option<Rows>> {
        let dataset = datasets::find(super::CODES).ok_or(diesel::result::Error::NotFound)?;
        while let Some(list) = LISTS.get(self.list) {
            let of = (*list, only(list, &self.reach));
            let codes = references::listed_after(conn, of, (&self.after, limit))?;
            if let Some(last) = codes.last() {
                last.code.clone_into(&mut self.after);
                let values = codes.iter().map(|code| of_code(dataset, list, code));
                return Ok(Some(rows(values.collect())));
            }
            self.after.clear();
            self.list += 1;
        }
        let units = register::units_after(conn, &self.reach, (&self.after, limit))?;
        let Some(last) = units.last() else {
            return Ok(None);
        };
        last.id.clone_into(&mut self.after);
        let values = units.iter().map(|unit| {
            let text = |name: &str| match name {
                "jenis_referensi" => Some("unit-kerja"),
                "kode" => Some(unit.id.as_str()),
                "nama" => Some(unit.name.as_str()),
                "status" => Some("aktif"),
                _ => None,
            };
            of(dataset, text)
        });
        Ok(Some(rows(values.collect())))
    }
}

/// The codes that the Annex reaches, of the lists whose codes it may name.
fn only<'r>(list: &str, reach: &'r Reach) -> Option<&'r [String]> {
    match list {
        INSTITUTIONS => reach.institutions.as_deref(),
        POSITIONS => reach.positions.as_deref(),
        _ => None,
    }
}

/// How many codes are within reach.
pub(super) fn count(conn: &mut DbConn, reach: &Reach) -> QueryResult<i64> {
    let units = register::count_units_within(conn, reach)?;
    let lists = LISTS.into_iter();
    let counts = lists.map(|list| references::count_listed(conn, list, only(list, reach)));
    Ok(units + counts.sum::<QueryResult<i64>>()?)
}

fn of_code(dataset: &Dataset, list: &str, code: &CodeLine) -> Values {
    of(dataset, |name| match name {
        "jenis_referensi" => Some(list),
        "kode" => Some(&code.code),
        "nama" => Some(&code.name),
        "status" if code.is_in_force() => Some("aktif"),
        "status" => Some("tidak aktif"),
        "kode_pengganti" => code.replaced_by.as_deref(),
        _ => None,
    })
}

fn of<'v>(dataset: &Dataset, text: impl Fn(&str) -> Option<&'v str>) -> Values {
    dataset
        .fields
        .iter()
        .map(|field| text(&field.name))
        .collect()
}

fn rows(values: Vec<Values>) -> Rows {
    Rows {
        values,
        people: Vec::new(),
    }
}
