//! What is given of a person: granted fields and nothing else.

use diesel::QueryResult;
use std::borrow::Cow;

use crate::datasets::{Field, GrantedFields};
use crate::platform::db::DbConn;
use crate::references::code_names;
use crate::register::{self, Profile, Record};

const PROFILES: &str = "profil-pns";
/// Fields that hold the ID of a unit.
const UNIT: &str = "unit_kerja_id";

/// One value of an answer.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The field.
    pub field: &'static Field,
    /// Its value, if there is one.
    pub value: Option<String>,
    /// What the value names, where it is a code.
    pub name: Option<String>,
}

/// Everything on record about a person in a data set: a line for each record.
pub fn lines(
    conn: &mut DbConn,
    fields: &GrantedFields<'static>,
    person: &Profile,
) -> QueryResult<Vec<Vec<Cell>>> {
    let dataset = &fields.dataset().name;
    let mut lines = if dataset == PROFILES {
        let value = |field: &str| person.value(field).map(Cow::into_owned);
        vec![line(fields, value)]
    } else {
        let records = register::records_of(conn, dataset, &person.id_pns)?;
        let of = |record: &Record| line(fields, |field| record.value(field));
        records.iter().map(of).collect()
    };
    name_codes(conn, &mut lines)?;
    Ok(lines)
}

fn line(fields: &GrantedFields<'static>, value: impl Fn(&str) -> Option<String>) -> Vec<Cell> {
    let cell = |field: &'static Field| Cell {
        field,
        value: value(&field.name).filter(|text| !text.is_empty()),
        name: None,
    };
    fields.iter().map(cell).collect()
}

/// Puts names beside the codes, by one statement for the lists and one for
/// units.
fn name_codes(conn: &mut DbConn, lines: &mut [Vec<Cell>]) -> QueryResult<()> {
    let cells = || lines.iter().flatten();
    let coded = |cell: &'_ Cell| {
        let code = cell.value.clone()?;
        Some((cell.field.reference.as_deref()?, code))
    };
    let codes: Vec<(&str, String)> = cells().filter_map(coded).collect();
    let wanted: Vec<(&str, &str)> = codes
        .iter()
        .map(|(list, code)| (*list, code.as_str()))
        .collect();
    let is_unit = |cell: &&Cell| cell.field.name == UNIT;
    let units: Vec<&str> = cells()
        .filter(is_unit)
        .filter_map(|cell| cell.value.as_deref())
        .collect();
    let names = code_names(conn, &wanted)?;
    let units = register::unit_names(conn, &units)?;
    for cell in lines.iter_mut().flatten() {
        let Some(code) = cell.value.as_deref() else {
            continue;
        };
        cell.name = match cell.field.reference.as_deref() {
            Some(list) => names.name(list, code).map(str::to_owned),
            None if cell.field.name == UNIT => units.get(code).cloned(),
            None => None,
        };
    }
    Ok(())
}
