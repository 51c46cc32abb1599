//! Statements on request letters and reports.

use diesel::dsl::case_when;
use diesel::prelude::*;

use super::model::{
    LetterDates, LetterId, LetterState, Report, ReportDecision, ReportId, RequestLetter,
};
use crate::accounts::{AccountId, Scope};
use crate::agreements::AgreementId;
use crate::institutions::Institution;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{agreements, files, institutions, reports, request_letters};
use crate::platform::db::{DbConn, MultiBackend};
use crate::platform::files::StoredFile;

/// Every request letter within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn letters_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<RequestLetter>> {
    let mut query = request_letters::table
        .inner_join(agreements::table)
        .select(RequestLetter::as_select())
        .order(request_letters::sent_on)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// Every filed report within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn reports_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Report>> {
    let mut query = reports::table
        .inner_join(agreements::table)
        .select(Report::as_select())
        .order(reports::filed_at)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// A letter within reach.
pub(super) fn letter(
    conn: &mut DbConn,
    scope: Scope,
    id: LetterId,
) -> QueryResult<Option<RequestLetter>> {
    let mut query = request_letters::table
        .inner_join(agreements::table)
        .filter(request_letters::id.eq(id))
        .select(RequestLetter::as_select())
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.first(conn).optional()
}

/// The letters under one agreement within reach, the latest first.
pub(super) fn letters_of(
    conn: &mut DbConn,
    scope: Scope,
    agreement: AgreementId,
) -> QueryResult<Vec<RequestLetter>> {
    let mut query = request_letters::table
        .inner_join(agreements::table)
        .filter(request_letters::agreement_id.eq(agreement))
        .select(RequestLetter::as_select())
        .order((request_letters::sent_on.desc(), request_letters::number))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// A report within reach.
pub(super) fn report(conn: &mut DbConn, scope: Scope, id: ReportId) -> QueryResult<Option<Report>> {
    let mut query = reports::table
        .inner_join(agreements::table)
        .filter(reports::id.eq(id))
        .select(Report::as_select())
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.first(conn).optional()
}

/// The reports that answer a letter, with their files, the latest first. The
/// letter was found within the reader's reach before.
pub(super) fn answers(
    conn: &mut DbConn,
    letter: LetterId,
) -> QueryResult<Vec<(Report, StoredFile)>> {
    reports::table
        .inner_join(files::table)
        .filter(reports::letter_id.eq(letter))
        .select((Report::as_select(), StoredFile::as_select()))
        .order((reports::filed_at.desc(), reports::id))
        .load(conn)
}

/// The report to a letter that a posted form led to.
pub(super) fn report_by_key(
    conn: &mut DbConn,
    letter: LetterId,
    key: &str,
) -> QueryResult<Option<Report>> {
    reports::table
        .filter(reports::letter_id.eq(letter))
        .filter(reports::form_key.eq(key))
        .select(Report::as_select())
        .first(conn)
        .optional()
}

/// Keeps other deeds on a letter waiting until this one is done. SQLite has
/// one writer at a time as it is.
pub(super) fn lock_letter(conn: &mut DbConn, id: LetterId) -> QueryResult<()> {
    if let DbConn::Postgres(conn) = conn {
        let row = request_letters::table.find(id).select(request_letters::id);
        let _held: Option<LetterId> = row.for_update().first(conn).optional()?;
    }
    Ok(())
}

pub(super) fn insert_letter(conn: &mut DbConn, letter: &RequestLetter) -> QueryResult<()> {
    diesel::insert_into(request_letters::table)
        .values(letter)
        .execute(conn)
        .map(drop)
}

/// Notes when a letter was delivered and confirmed.
pub(super) fn set_receipt(conn: &mut DbConn, id: LetterId, dates: &LetterDates) -> QueryResult<()> {
    diesel::update(request_letters::table.find(id))
        .set((
            request_letters::delivered_on.eq(dates.delivered_on),
            request_letters::confirmed_on.eq(dates.confirmed_on),
        ))
        .execute(conn)
        .map(drop)
}

pub(super) fn insert_report(conn: &mut DbConn, report: &Report) -> QueryResult<()> {
    diesel::insert_into(reports::table)
        .values(report)
        .execute(conn)
        .map(drop)
}

/// Notes BKN's decision; false when there was one already.
pub(super) fn decide(
    conn: &mut DbConn,
    id: ReportId,
    (decision, reason): (ReportDecision, &str),
    by: AccountId,
    now: Moment,
) -> QueryResult<bool> {
    diesel::update(reports::table.find(id))
        .filter(reports::decided_at.is_null())
        .set((
            reports::decided_at.eq(now),
            reports::decided_by.eq(by),
            reports::decision.eq(decision),
            reports::decision_reason.eq(reason),
        ))
        .execute(conn)
        .map(|count| count == 1)
}

/// The reports under one agreement within reach, oldest first.
pub(super) fn reports_of(
    conn: &mut DbConn,
    scope: Scope,
    agreement: AgreementId,
) -> QueryResult<Vec<Report>> {
    let mut query = reports::table
        .inner_join(agreements::table)
        .filter(reports::agreement_id.eq(agreement))
        .select(Report::as_select())
        .order((reports::filed_at, reports::id))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// The filed reports within reach with their letters and partners, boxed, in
/// one state: written once for both the count and the page.
macro_rules! filed {
    ($scope:expr, $state:expr) => {{
        let mut query = reports::table
            .inner_join(agreements::table.inner_join(institutions::table))
            .inner_join(request_letters::table.on(request_letters::id.eq(reports::letter_id)))
            .into_boxed::<MultiBackend>();
        if let Some(institution) = $scope.institution() {
            query = query.filter(agreements::institution_id.eq(institution));
        }
        match $state {
            None => query,
            Some(LetterState::Open) => query.filter(reports::id.is_null()),
            Some(LetterState::Filed) => query.filter(reports::decision.is_null()),
            Some(LetterState::Returned) => {
                query.filter(reports::decision.eq(ReportDecision::Returned))
            }
            Some(LetterState::Accepted) => {
                query.filter(reports::decision.eq(ReportDecision::Accepted))
            }
        }
    }};
}

/// How many reports within reach are in a state, or in any.
pub(super) fn count_filed(
    conn: &mut DbConn,
    scope: Scope,
    state: Option<LetterState>,
) -> QueryResult<i64> {
    filed!(scope, state).count().get_result(conn)
}

/// A page of them: what waits first and the oldest of it first, then the
/// latest.
pub(super) fn page_filed(
    conn: &mut DbConn,
    scope: Scope,
    state: Option<LetterState>,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<(Report, RequestLetter, Institution)>> {
    let waits_since = case_when(reports::decision.is_null(), reports::filed_at);
    filed!(scope, state)
        .order((
            reports::decision.is_not_null(),
            waits_since,
            reports::filed_at.desc(),
            reports::id,
        ))
        .limit(limit)
        .offset(offset)
        .select((
            Report::as_select(),
            RequestLetter::as_select(),
            Institution::as_select(),
        ))
        .load(conn)
}
