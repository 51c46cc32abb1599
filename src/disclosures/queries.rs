//! Statements on disclosures.

pub(super) mod trace;

use diesel::prelude::*;

use super::model::{Access, DisclosedPerson, Disclosure, DisclosureId};
use crate::agreements::AgreementId;
use crate::insert_many;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{disclosed_people, disclosure_accesses, disclosures};

/// Persons that one statement takes away.
const SOME: i64 = 5_000;

/// Records that data were made available.
///
/// # Errors
/// The database's.
pub fn insert(conn: &mut DbConn, disclosure: &Disclosure) -> QueryResult<()> {
    diesel::insert_into(disclosures::table)
        .values(disclosure)
        .execute(conn)
        .map(drop)
}

/// Records whose data they are: each person once.
///
/// # Errors
/// The database's.
pub fn add_people(conn: &mut DbConn, people: &[DisclosedPerson]) -> QueryResult<()> {
    insert_many!(conn, disclosed_people, people)
}

/// Records that an account fetched them.
///
/// # Errors
/// The database's.
pub fn note_access(conn: &mut DbConn, access: &Access) -> QueryResult<()> {
    diesel::insert_into(disclosure_accesses::table)
        .values(access)
        .execute(conn)
        .map(drop)
}

/// Whether anything of a data set was made available under an agreement from a
/// moment on, before another.
///
/// # Errors
/// The database's.
pub fn is_any_between(
    conn: &mut DbConn,
    (agreement, dataset): (AgreementId, &str),
    (from, until): (Moment, Option<Moment>),
) -> QueryResult<bool> {
    let mut query = disclosures::table
        .filter(disclosures::agreement_id.eq(agreement))
        .filter(disclosures::dataset.eq(dataset))
        .filter(disclosures::made_at.ge(from))
        .select(disclosures::id)
        .limit(1)
        .offset(0)
        .into_boxed();
    if let Some(until) = until {
        query = query.filter(disclosures::made_at.lt(until));
    }
    let first = query.first::<DisclosureId>(conn).optional()?;
    Ok(first.is_some())
}

/// Notes that BKN took back what it had made available.
///
/// # Errors
/// The database's.
pub fn withdraw(conn: &mut DbConn, id: DisclosureId, now: Moment) -> QueryResult<()> {
    diesel::update(disclosures::table.find(id))
        .set(disclosures::withdrawn_at.eq(now))
        .execute(conn)
        .map(drop)
}

/// Takes up to 5,000 persons of a disclosure away whose making broke off, and
/// the disclosure itself once it has none; whether that is done. Nobody can
/// have fetched it.
///
/// # Errors
/// The database's.
pub fn discard_some(conn: &mut DbConn, id: DisclosureId) -> QueryResult<bool> {
    use disclosed_people::dsl;
    let some = dsl::disclosed_people
        .filter(dsl::disclosure_id.eq(id))
        .select(dsl::id_pns)
        .order(dsl::id_pns)
        .limit(SOME)
        .offset(0);
    let some: Vec<String> = some.load(conn)?;
    if let Some(last) = some.last() {
        diesel::delete(dsl::disclosed_people)
            .filter(dsl::disclosure_id.eq(id))
            .filter(dsl::id_pns.le(last))
            .execute(conn)?;
        return Ok(false);
    }
    diesel::delete(disclosures::table.find(id)).execute(conn)?;
    Ok(true)
}
