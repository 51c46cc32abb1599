//! Statements on agreements.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Agreement, AgreementId, Clause, Correspondent, Grant, PartySide};
use crate::accounts::Scope;
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

/// What these agreements say, each agreement's clauses by article. The
/// agreements were found within the reader's reach before.
///
/// # Errors
/// The database's.
pub fn clauses_of(conn: &mut DbConn, of: &[AgreementId]) -> QueryResult<Vec<Clause>> {
    clauses::table
        .filter(clauses::agreement_id.eq_any(of))
        .select(Clause::as_select())
        .order((
            clauses::agreement_id,
            clauses::article,
            clauses::recorded_at,
            clauses::id,
        ))
        .load(conn)
}

/// What an agreement's Annex grants, by data set. The agreement was found
/// within the reader's reach before.
///
/// # Errors
/// The database's.
pub fn grants_of(conn: &mut DbConn, agreement: AgreementId) -> QueryResult<Vec<Grant>> {
    grants::table
        .filter(grants::agreement_id.eq(agreement))
        .select(Grant::as_select())
        .order((grants::direction, grants::dataset))
        .load(conn)
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
