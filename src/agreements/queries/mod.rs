//! Statements on agreements.

mod writes;

pub(super) use writes::*;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{
    Agreement, AgreementId, Clause, ClauseId, ClauseKind, Correspondent, CorrespondentId, Grant,
    GrantId, PartySide,
};
use crate::accounts::Scope;
use crate::institutions::InstitutionId;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{agreements, clauses, correspondents, grants};

/// An agreement, if there is one of that id within reach.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut DbConn, scope: Scope, id: AgreementId) -> QueryResult<Option<Agreement>> {
    let mut query = agreements::table
        .filter(agreements::id.eq(id))
        .select(Agreement::as_select())
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.first(conn).optional()
}

/// Every agreement within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Agreement>> {
    let mut query = agreements::table
        .select(Agreement::as_select())
        .order((agreements::signed_on, agreements::bkn_number))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// What these agreements say, each agreement's clauses in the order of its
/// articles. The agreements were found within the reader's reach before.
///
/// # Errors
/// The database's.
pub fn clauses_of(conn: &mut DbConn, of: &[AgreementId]) -> QueryResult<Vec<Clause>> {
    let mut found: Vec<Clause> = clauses::table
        .filter(clauses::agreement_id.eq_any(of))
        .select(Clause::as_select())
        .order((
            clauses::agreement_id,
            clauses::article,
            clauses::recorded_at,
            clauses::id,
        ))
        .load(conn)?;
    // Stable, and by number: as texts, "Pasal 10" comes before "Pasal 3".
    found.sort_by_cached_key(|clause| (clause.agreement_id, clause.place()));
    Ok(found)
}

/// What an agreement's Annex grants and granted, by data set and day. The agreement was found
/// within the reader's reach before.
///
/// # Errors
/// The database's.
pub fn grants_of(conn: &mut DbConn, agreement: AgreementId) -> QueryResult<Vec<Grant>> {
    grants::table
        .filter(grants::agreement_id.eq(agreement))
        .select(Grant::as_select())
        .order((grants::direction, grants::dataset, grants::valid_from))
        .load(conn)
}

/// Every version of every grant within reach, of one agreement or of all, the
/// latest agreement first.
pub(super) fn grant_versions(
    conn: &mut DbConn,
    scope: Scope,
    agreement: Option<AgreementId>,
) -> QueryResult<Vec<(Agreement, Grant)>> {
    let mut query = grants::table
        .inner_join(agreements::table)
        .select((Agreement::as_select(), Grant::as_select()))
        .order((
            agreements::signed_on.desc(),
            grants::dataset,
            grants::valid_from,
        ))
        .into_boxed();
    if let Some(agreement) = agreement {
        query = query.filter(agreements::id.eq(agreement));
    }
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// Everyone an agreement ever named on either side, the latest first.
///
/// # Errors
/// The database's.
pub fn correspondents_of(
    conn: &mut DbConn,
    agreement: AgreementId,
) -> QueryResult<Vec<Correspondent>> {
    correspondents::table
        .filter(correspondents::agreement_id.eq(agreement))
        .select(Correspondent::as_select())
        .order((
            correspondents::side,
            correspondents::valid_from.desc(),
            correspondents::office,
        ))
        .load(conn)
}

/// Whom to write to on one side of an agreement on a day.
///
/// # Errors
/// The database's.
pub fn correspondents_in_force(
    conn: &mut DbConn,
    agreement: AgreementId,
    side: PartySide,
    day: NaiveDate,
) -> QueryResult<Vec<Correspondent>> {
    let still = correspondents::valid_until
        .is_null()
        .or(correspondents::valid_until.ge(day));
    correspondents::table
        .filter(correspondents::agreement_id.eq(agreement))
        .filter(correspondents::side.eq(side))
        .filter(correspondents::valid_from.le(day))
        .filter(still)
        .select(Correspondent::as_select())
        .order((correspondents::office, correspondents::email))
        .load(conn)
}

/// Every clause within reach that asks for notice of an agreement's end.
///
/// # Errors
/// The database's.
pub fn end_notices_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Clause>> {
    let mut query = clauses::table
        .inner_join(agreements::table)
        .filter(clauses::kind.eq(ClauseKind::EndNotice))
        .select(Clause::as_select())
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// A clause of an agreement.
pub(super) fn clause(
    conn: &mut DbConn,
    agreement: AgreementId,
    id: ClauseId,
) -> QueryResult<Option<Clause>> {
    clauses::table
        .find(id)
        .filter(clauses::agreement_id.eq(agreement))
        .select(Clause::as_select())
        .first(conn)
        .optional()
}

/// A grant of an agreement.
pub(super) fn grant(
    conn: &mut DbConn,
    agreement: AgreementId,
    id: GrantId,
) -> QueryResult<Option<Grant>> {
    grants::table
        .find(id)
        .filter(grants::agreement_id.eq(agreement))
        .select(Grant::as_select())
        .first(conn)
        .optional()
}

/// A correspondent of an agreement.
pub(super) fn correspondent(
    conn: &mut DbConn,
    agreement: AgreementId,
    id: CorrespondentId,
) -> QueryResult<Option<Correspondent>> {
    correspondents::table
        .find(id)
        .filter(correspondents::agreement_id.eq(agreement))
        .select(Correspondent::as_select())
        .first(conn)
        .optional()
}

/// The agreement with a number of BKN's.
pub(super) fn by_bkn_number(conn: &mut DbConn, number: &str) -> QueryResult<Option<Agreement>> {
    agreements::table
        .filter(agreements::bkn_number.eq(number))
        .select(Agreement::as_select())
        .first(conn)
        .optional()
}

/// Keeps other deeds on an agreement waiting until this one is done. SQLite
/// has one writer at a time as it is.
pub(super) fn lock(conn: &mut DbConn, id: AgreementId) -> QueryResult<Option<Agreement>> {
    if let DbConn::Postgres(conn) = conn {
        let row = agreements::table.find(id).select(agreements::id);
        let _held: Option<AgreementId> = row.for_update().first(conn).optional()?;
    }
    find(conn, Scope::portal(), id)
}

/// The agreements of one institution within reach, the latest first.
///
/// # Errors
/// The database's.
pub fn of_institution(
    conn: &mut DbConn,
    scope: Scope,
    institution: InstitutionId,
) -> QueryResult<Vec<Agreement>> {
    if !scope.reaches(institution) {
        return Ok(Vec::new());
    }
    agreements::table
        .filter(agreements::institution_id.eq(institution))
        .select(Agreement::as_select())
        .order((agreements::signed_on.desc(), agreements::bkn_number))
        .load(conn)
}
