//! Statements on looks into the register.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{Kind, LookUp};
use crate::accounts::{AccountId, Scope};
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{agreements, institutions, lookups};

/// Keeps the other looks of an institution waiting until this one is recorded, so
/// that none passes a limit beside it. SQLite has one writer at a time as it is.
pub fn hold(conn: &mut DbConn, institution: InstitutionId) -> QueryResult<()> {
    if let DbConn::Postgres(conn) = conn {
        let row = institutions::table.find(institution);
        let row = row.select(institutions::id).for_no_key_update();
        let _held: Option<InstitutionId> = row.first(conn).optional()?;
    }
    Ok(())
}

pub fn insert(conn: &mut DbConn, look: &LookUp) -> QueryResult<()> {
    diesel::insert_into(lookups::table)
        .values(look)
        .execute(conn)
        .map(drop)
}

/// When an account looked for this, the latest first.
pub fn looks_of_account(
    conn: &mut DbConn,
    (account, kind): (AccountId, Kind),
    since: Moment,
    most: u32,
) -> QueryResult<Vec<Moment>> {
    lookups::table
        .filter(lookups::account_id.eq(account))
        .filter(lookups::kind.eq(kind))
        .filter(lookups::refused.eq(false))
        .filter(lookups::at.gt(since))
        .order(lookups::at.desc())
        .select(lookups::at)
        .limit(most.into())
        .offset(0)
        .load(conn)
}

/// When an institution's accounts looked for this, the latest first.
pub fn looks_of_institution(
    conn: &mut DbConn,
    (institution, kind): (InstitutionId, Kind),
    since: Moment,
    most: u32,
) -> QueryResult<Vec<Moment>> {
    lookups::table
        .filter(lookups::institution_id.eq(institution))
        .filter(lookups::kind.eq(kind))
        .filter(lookups::refused.eq(false))
        .filter(lookups::at.gt(since))
        .order(lookups::at.desc())
        .select(lookups::at)
        .limit(most.into())
        .offset(0)
        .load(conn)
}

/// How many looks within reach there were since a moment.
pub fn count(conn: &mut DbConn, scope: Scope, since: Moment) -> QueryResult<i64> {
    let since = lookups::at.gt(since);
    let mut query = lookups::table.filter(since).count().into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(lookups::institution_id.eq(institution));
    }
    query.get_result(conn)
}

/// A page of the looks within reach since a moment, each with BKN's number of
/// its agreement, the latest first.
pub fn page(
    conn: &mut DbConn,
    (scope, since): (Scope, Moment),
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<(LookUp, String)>> {
    let mut query = lookups::table
        .inner_join(agreements::table.on(agreements::id.eq(lookups::agreement_id)))
        .filter(lookups::at.gt(since))
        .order((lookups::at.desc(), lookups::id))
        .select((LookUp::as_select(), agreements::bkn_number))
        .limit(limit)
        .offset(offset)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(lookups::institution_id.eq(institution));
    }
    query.load(conn)
}

/// Of whom, for what, with an answer or without, refused or not: so many looks.
pub type Count = (InstitutionId, Kind, bool, bool, i64);

/// How many looks each institution made since a moment.
pub fn counts_since(conn: &mut DbConn, since: Moment) -> QueryResult<Vec<Count>> {
    lookups::table
        .filter(lookups::at.gt(since))
        .group_by((
            lookups::institution_id,
            lookups::kind,
            lookups::found,
            lookups::refused,
        ))
        .select((
            lookups::institution_id,
            lookups::kind,
            lookups::found,
            lookups::refused,
            count_star(),
        ))
        .load(conn)
}
