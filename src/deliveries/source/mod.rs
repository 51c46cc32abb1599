//! What a file is made of: rows of the register and of the reference lists,
//! page by page, so that memory does not grow with the file.

mod aggregate;
mod codes;
mod people;
mod records;
mod units;

use chrono::NaiveDate;
use diesel::QueryResult;

use super::model::Selection;
use crate::datasets::{self, Values};
use crate::platform::db::DbConn;
use crate::register::{self, PeopleStream, RecordStream};

/// Rows of a page at most.
const PAGE: i64 = 2_000;

/// Counts and codes that stand in no register of persons.
const AGGREGATE: &str = "agregat-apip";
const CODES: &str = "kode-referensi-asn";
const PROFILES: &str = "profil-pns";
const UNITS: &str = "unit-kerja";

/// Some rows, with all values in the order of the declaration, and the persons
/// whom they are about.
#[derive(Debug, Default)]
pub struct Rows {
    /// The rows.
    pub values: Vec<Values>,
    /// ID PNS and NIP, each person once in the whole source.
    pub people: Vec<(String, String)>,
}

/// The rows of a selection.
pub struct Source(Kind);

enum Kind {
    Aggregate(aggregate::Counts),
    Codes(codes::Codes),
    People(PeopleStream),
    Records(records::Records),
    Units(units::Units),
}

impl Source {
    /// Begins before the first row.
    ///
    /// # Errors
    /// The database's; `NotFound` for a data set that is declared no more.
    pub fn open(conn: &mut DbConn, selection: &Selection) -> QueryResult<Self> {
        let reach = selection.reach.clone();
        Ok(Self(match selection.dataset.as_str() {
            AGGREGATE => Kind::Aggregate(aggregate::Counts::new(reach)),
            CODES => Kind::Codes(codes::Codes::new(reach)),
            PROFILES => Kind::People(PeopleStream::new(conn, reach)?),
            UNITS => Kind::Units(units::Units::new(reach)),
            name => {
                let dataset = datasets::find(name).ok_or(diesel::result::Error::NotFound)?;
                let stream = RecordStream::new(conn, name, reach, selection.days.clone())?;
                Kind::Records(records::Records::new(dataset, stream))
            }
        }))
    }

    /// The next rows; `None` when all were given. Some may be empty though more
    /// follow.
    ///
    /// # Errors
    /// The database's.
    pub fn next(&mut self, conn: &mut DbConn) -> QueryResult<Option<Rows>> {
        match &mut self.0 {
            Kind::Aggregate(counts) => counts.next(conn),
            Kind::Codes(codes) => codes.next(conn, PAGE),
            Kind::People(stream) => people::next(stream, conn, PAGE),
            Kind::Records(records) => records.next(conn, PAGE),
            Kind::Units(units) => units.next(conn, PAGE),
        }
    }
}

/// The day whose state the rows of a data set show: that of the register's
/// latest extract. Counts are of persons; reference lists, and what came by no
/// extract, are as they stand today.
///
/// # Errors
/// The database's.
pub fn day(conn: &mut DbConn, dataset: &str, today: NaiveDate) -> QueryResult<NaiveDate> {
    let extract = match dataset {
        CODES => return Ok(today),
        AGGREGATE => PROFILES,
        dataset => dataset,
    };
    Ok(register::day_of(conn, extract)?.unwrap_or(today))
}

/// How much a selection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Rows; for counts, the persons counted.
    pub rows: i64,
    /// Persons; none where the rows are about none.
    pub people: Option<i64>,
}

/// How much a selection holds, without reading it.
///
/// # Errors
/// The database's.
pub fn amount(conn: &mut DbConn, selection: &Selection) -> QueryResult<Amount> {
    let rows_only = |rows| Amount { rows, people: None };
    match selection.dataset.as_str() {
        AGGREGATE => aggregate::count(conn, &selection.reach).map(rows_only),
        CODES => codes::count(conn, &selection.reach).map(rows_only),
        UNITS => register::count_units_within(conn, &selection.reach).map(rows_only),
        PROFILES => {
            let people = register::count_people(conn, &selection.reach)?;
            Ok(Amount {
                rows: people,
                people: Some(people),
            })
        }
        _ => {
            let (dataset, days) = (&selection.dataset, selection.days.as_ref());
            let (rows, people) = register::count_records(conn, dataset, &selection.reach, days)?;
            Ok(Amount {
                rows,
                people: Some(people),
            })
        }
    }
}
