//! Statements on disclosures.

pub(super) mod trace;

use diesel::prelude::*;

use super::model::{Access, DisclosedPerson, Disclosure};
use crate::platform::db::DbConn;
use crate::platform::db::schema::{disclosed_people, disclosure_accesses, disclosures};

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
    match conn {
        DbConn::Postgres(c) => diesel::copy_from(disclosed_people::table)
            .from_insertable(people)
            .execute(c)
            .map(drop),
        DbConn::Sqlite(c) => people.iter().try_for_each(|person| {
            diesel::insert_into(disclosed_people::table)
                .values(person)
                .execute(c)
                .map(drop)
        }),
    }
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
