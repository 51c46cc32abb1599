//! Looking up persons, units, records and imports.

use diesel::prelude::*;

use crate::platform::db::schema::{register_people, register_records, register_units};
use crate::platform::db::{DbConn, MultiBackend, containing};
use crate::register::model::{Place, Profile, Record, Unit};
use crate::register::reach::Reach;

/// Whether anybody is on record.
pub fn is_loaded(conn: &mut DbConn) -> QueryResult<bool> {
    let first = register_people::table
        .select(register_people::id_pns)
        .first::<String>(conn);
    Ok(first.optional()?.is_some())
}

/// ID PNS, NIP and place of a person.
pub type Known = (String, String, Place);

/// The persons with one of these IDs. Apart from those by NIP: over a condition
/// on either column SQLite reads every person.
///
/// # Errors
/// The database's.
pub fn people_by_id(conn: &mut DbConn, ids: &[String]) -> QueryResult<Vec<Known>> {
    register_people::table
        .filter(register_people::id_pns.eq_any(ids))
        .select((
            register_people::id_pns,
            register_people::nip,
            Place::as_select(),
        ))
        .load(conn)
}

/// The persons with one of these NIPs.
pub fn people_by_nip(conn: &mut DbConn, nips: &[String]) -> QueryResult<Vec<Known>> {
    register_people::table
        .filter(register_people::nip.eq_any(nips))
        .select((
            register_people::id_pns,
            register_people::nip,
            Place::as_select(),
        ))
        .load(conn)
}

/// The person with this ID PNS.
pub fn by_id(conn: &mut DbConn, id: &str) -> QueryResult<Option<Profile>> {
    register_people::table
        .filter(register_people::id_pns.eq(id))
        .select(Profile::as_select())
        .first(conn)
        .optional()
}

/// The person with this NIP.
pub fn by_nip(conn: &mut DbConn, nip: &str) -> QueryResult<Option<Profile>> {
    register_people::table
        .filter(register_people::nip.eq(nip))
        .select(Profile::as_select())
        .first(conn)
        .optional()
}

/// How many units of an institution have `term` (lower case) in name or ID.
///
/// # Errors
/// The database's.
pub fn count_units(conn: &mut DbConn, institution: &str, term: &str) -> QueryResult<i64> {
    units(institution, term).count().get_result(conn)
}

/// A page of the units of an institution with `term` (lower case) in name or
/// ID, by name.
///
/// # Errors
/// The database's.
pub fn units_of(
    conn: &mut DbConn,
    institution: &str,
    term: &str,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<Unit>> {
    units(institution, term)
        .order((register_units::name, register_units::id))
        .select(Unit::as_select())
        .limit(limit)
        .offset(offset)
        .load(conn)
}

fn units(institution: &str, term: &str) -> register_units::BoxedQuery<'static, MultiBackend> {
    let query = register_units::table
        .filter(register_units::institution_code.eq(institution.to_owned()))
        .into_boxed();
    if term.is_empty() {
        return query;
    }
    query.filter(
        register_units::search_text
            .like(containing(term))
            .escape('\\'),
    )
}

/// Every unit with `term` (lower case) in its name.
///
/// # Errors
/// The database's.
pub fn units_named(conn: &mut DbConn, term: &str) -> QueryResult<Vec<Unit>> {
    let is_named = register_units::search_text.like(containing(term));
    register_units::table
        .filter(is_named.escape('\\'))
        .select(Unit::as_select())
        .load(conn)
}

/// The units after an ID, at most `limit`, of the institutions within reach.
///
/// # Errors
/// The database's.
pub fn units_after(
    conn: &mut DbConn,
    reach: &Reach,
    (id, limit): (&str, i64),
) -> QueryResult<Vec<Unit>> {
    let mut query = register_units::table
        .filter(register_units::id.gt(id))
        .order(register_units::id)
        .select(Unit::as_select())
        .limit(limit)
        .offset(0)
        .into_boxed();
    if let Some(institutions) = &reach.institutions {
        query = query.filter(register_units::institution_code.eq_any(institutions));
    }
    query.load(conn)
}

/// The records of a data set about a person, by date.
///
/// # Errors
/// The database's.
pub fn records_of(conn: &mut DbConn, dataset: &str, id_pns: &str) -> QueryResult<Vec<Record>> {
    register_records::table
        .filter(register_records::dataset.eq(dataset))
        .filter(register_records::id_pns.eq(id_pns))
        .order((register_records::effective_on, register_records::record_key))
        .select(Record::as_select())
        .load(conn)
}
