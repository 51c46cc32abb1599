//! Reference codes: the data set `kode-referensi-asn`, list by list.

use diesel::QueryResult;

use super::Rows;
use crate::datasets::{self, Dataset, Values};
use crate::deliveries::queries::{counts, lists};
use crate::platform::db::DbConn;
use crate::register::Reach;

/// The lists, in the order of the file; units of institutions come last.
const LISTS: [&str; 7] = [
    "golongan",
    "instansi",
    "jabatan-fungsional",
    "jabatan-fungsional-umum",
    "jenis-jabatan",
    "lokasi",
    "pendidikan",
];

/// Where the file stands: in a list after a code, or among the units.
#[derive(Debug, Default)]
pub(super) struct Codes {
    list: usize,
    after: String,
}

impl Codes {
    pub(super) fn next(&mut self, conn: &mut DbConn, limit: i64) -> QueryResult<Option<Rows>> {
        let dataset = datasets::find(super::CODES).ok_or(diesel::result::Error::NotFound)?;
        while let Some(list) = LISTS.get(self.list) {
            let codes = lists::codes_after(conn, list, (&self.after, limit))?;
            if let Some(last) = codes.last() {
                last.code.clone_into(&mut self.after);
                let values = codes.iter().map(|code| of_code(dataset, list, code));
                return Ok(Some(rows(values.collect())));
            }
            self.after.clear();
            self.list += 1;
        }
        let units = lists::units_after(conn, &Reach::default(), (&self.after, limit))?;
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

/// How many codes there are.
pub(super) fn count(conn: &mut DbConn) -> QueryResult<i64> {
    let units = counts::units(conn, &Reach::default())?;
    Ok(units + counts::codes(conn, &LISTS)?)
}

fn of_code(dataset: &Dataset, list: &str, code: &lists::CodeLine) -> Values {
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
